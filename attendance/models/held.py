"""Sessions held with one of several, and what each said: without the others, or together."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Case
from sessions_app.models import Participant, TherapySession

# Cases in which one can come and another be missed; of a group the absent one alone is followed.
HELD_KINDS = (Case.Kind.COUPLE, Case.Kind.FAMILY)


@pghistory.track()
class HeldSession(models.Model):
    """A joint session that was held although somebody did not come (rows 1.3, 1.6)."""

    session = models.OneToOneField(TherapySession, on_delete=models.CASCADE, related_name="held")
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reassured_at = models.DateTimeField(null=True, blank=True)
    reassured_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reassurance = models.TextField(blank=True, help_text="What was read out, as it stood that day.")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(reassured_at=None, reassured_by=None, reassurance="")
                | Q(reassured_at__isnull=False, reassured_by__isnull=False) & ~Q(reassurance=""),
                name="reassurance_says_who_and_what",
            ),
        )

    def __str__(self) -> str:
        return f"session {self.session_id} held in part"


class Felt(models.TextChoices):
    """One answer of the closing check."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NOT_YET = "not_yet", _("Not yet")


class AnswerOf(models.TextChoices):
    """Whose word the closing check is."""

    CLIENT = "client", _("Their own answer")
    CLINICIAN = "clinician", _("My impression")


@pghistory.track()
class HeldPart(models.Model):
    """What belongs to one who was there while another was not; walled off from the other (row 1.7)."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="held_part")
    needs = models.TextField(blank=True, help_text="What they need now.")
    strengths = models.TextField(blank=True, help_text="Strengths and moments of connection.")
    bring_in = models.TextField(blank=True, help_text="How the topic comes into the next session.")
    used_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    heard = models.CharField(max_length=7, choices=Felt, blank=True)
    validated = models.CharField(max_length=7, choices=Felt, blank=True)
    prepared = models.CharField(max_length=7, choices=Felt, blank=True)
    answer_of = models.CharField(max_length=9, choices=AnswerOf, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(heard="", validated="", prepared="") | ~Q(answer_of=""),
                name="closing_check_says_whose_answer",
            ),
            models.CheckConstraint(
                condition=Q(used_minutes=None) | Q(used_minutes__lte=720), name="used_minutes_possible"
            ),
        )

    def __str__(self) -> str:
        return f"part of participant {self.participant_id}"


@pghistory.track()
class Concern(models.Model):
    """Something pressing that one person said; it belongs to them, and to no one else in the case."""

    class Kind(models.TextChoices):
        RELATIONSHIP = "relationship", _("The relationship")
        ADDICTION = "addiction", _("Addiction")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        RAISED = "raised", _("Raised")
        ADDRESSED = "addressed", _("Addressed")
        CARRIED = "carried", _("Carried forward")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="concerns")
    kind = models.CharField(max_length=12, choices=Kind)
    words = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.RAISED)
    raised_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True, help_text="When it was last marked.")

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=["participant"], condition=Q(state="carried"), name="concern_carried"),
        )

    def __str__(self) -> str:
        return f"concern {self.public_id}"


class JointPartName(models.TextChoices):
    """What one of several said in a session together; each is shown to the others only by their say."""

    FEELINGS = "feelings", _("Feelings")
    CONCERNS = "concerns", _("Concerns")
    WISHES = "wishes", _("Wishes")
    NEEDS = "needs", _("Needs")
    SUPPORT = "support", _("How the others can support")


HIGHEST = 10


@pghistory.track()
class JointPart(models.Model):
    """What belongs to one of those who came to a session together (rows 5.6, 5.8); walled off but by their say."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="joint_part")
    feelings = models.TextField(blank=True)
    concerns = models.TextField(blank=True)
    wishes = models.TextField(blank=True)
    needs = models.TextField(blank=True)
    support = models.TextField(blank=True)
    shareable = ArrayField(
        models.CharField(max_length=8, choices=JointPartName),
        default=list,
        blank=True,
        help_text="The parts that they said may be shown to the others.",
    )
    understanding = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How well understood they felt, 0 to 10."
    )
    progress = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How far along with their own concerns, 0 to 10."
    )
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(understanding=None) | Q(understanding__lte=HIGHEST))
                & (Q(progress=None) | Q(progress__lte=HIGHEST)),
                name="joint_scales_from_0_to_10",
            ),
        )

    def __str__(self) -> str:
        return f"joint part of participant {self.participant_id}"
