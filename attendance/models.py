"""What was seen: who came, for each person in the room."""

import uuid

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from clients.models import Barrier, Case
from sessions_app.models import Participant, TherapySession


class Outcome(models.TextChoices):
    """How it went for one participant (design, "Facts")."""

    ATTENDED = "attended", "Attended"
    ATTENDED_LATE = "attended_late", "Came late"
    LEFT_EARLY = "left_early", "Left early"
    TOO_LATE = "too_late", "Came too late to be seen"
    COULD_NOT_BE_SEEN = "could_not_be_seen", "Came, could not be seen"
    COULD_NOT_CONNECT = "could_not_connect", "Could not connect"
    NO_SHOW = "no_show", "Missed"
    NOT_BROUGHT = "not_brought", "Was not brought"
    EXCUSED = "excused", "Excused"


# Seen by the clinician, however briefly.
ATTENDED_OUTCOMES = (Outcome.ATTENDED, Outcome.ATTENDED_LATE, Outcome.LEFT_EARLY)
# What a follow-up answers. A failed video link is never a miss; nor is an excused absence.
MISSED_OUTCOMES = (Outcome.NO_SHOW, Outcome.NOT_BROUGHT)

# Cases in which one can come and another be missed; of a group the absent one alone is followed.
HELD_KINDS = (Case.Kind.COUPLE, Case.Kind.FAMILY)


class Source(models.TextChoices):
    """Which way an outcome came in (row 6.7); all lead to the same verbs."""

    BOARD = "board", "Day board"
    TODAY = "today", "Today"
    API = "api", "API"
    IMPORT = "import", "Import"
    ADMIN = "admin", "Admin site"
    SETTLED = "settled", "Arrived, and the session ended"


@pghistory.track()
class AttendanceRecord(models.Model):
    """The outcome of one participant at one session."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="attendance")
    outcome = models.CharField(max_length=20, choices=Outcome)
    late_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    left_early_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    corrected_at = models.DateTimeField(null=True, blank=True)
    # Copied from the participant: patterns are read per client, in order, without joining sessions.
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="attendance_records")
    starts_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(late_minutes=None) | Q(outcome__in=["attended_late", "too_late"]),
                name="late_minutes_of_a_late_outcome",
            ),
            models.CheckConstraint(
                condition=Q(left_early_minutes=None) | Q(outcome="left_early"),
                name="left_early_minutes_of_leaving_early",
            ),
        )
        indexes = (
            models.Index(fields=["client", "-starts_at"], name="attendance_by_client"),
            models.Index(
                fields=["recorded_at"],
                condition=Q(outcome__in=["no_show", "not_brought"]),
                name="attendance_missed",
            ),
            # With the one above: what is new for the follow-ups since they last looked.
            models.Index(
                fields=["corrected_at"],
                condition=Q(outcome__in=["no_show", "not_brought"], corrected_at__isnull=False),
                name="attendance_corrected_to_missed",
            ),
        )

    def __str__(self) -> str:
        return f"attendance of participant {self.participant_id}"

    @property
    def is_missed(self) -> bool:
        return self.outcome in MISSED_OUTCOMES


@pghistory.track()
class BarrierNamed(models.Model):
    """One thing that got in the way of one absence; several may be named, never one demanded."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="barriers_named")
    barrier = models.ForeignKey(Barrier, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(db_default=Now())
    named_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["participant", "barrier"], name="barrier_once_per_absence"),
        )

    def __str__(self) -> str:
        return f"barrier of participant {self.participant_id}"


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

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NOT_YET = "not_yet", "Not yet"


class AnswerOf(models.TextChoices):
    """Whose word the closing check is."""

    CLIENT = "client", "Their own answer"
    CLINICIAN = "clinician", "My impression"


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
        RELATIONSHIP = "relationship", "The relationship"
        ADDICTION = "addiction", "Addiction"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        RAISED = "raised", "Raised"
        ADDRESSED = "addressed", "Addressed"
        CARRIED = "carried", "Carried forward"

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

    FEELINGS = "feelings", "Feelings"
    CONCERNS = "concerns", "Concerns"
    WISHES = "wishes", "Wishes"
    NEEDS = "needs", "Needs"
    SUPPORT = "support", "How the others can support"


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


class FallbackStep(models.TextChoices):
    """What was agreed for the day when somebody cannot come, as one step (row 2.11)."""

    VIDEO = "video", "By video"
    PHONE = "phone", "By telephone"
    OTHER_TIME = "other_time", "Another time"


@pghistory.track()
class FallbackUse(models.Model):
    """One step of a contingency plan that was taken when somebody was missing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="fallback_uses")
    step = models.CharField(max_length=10, choices=FallbackStep)
    used_at = models.DateTimeField()
    used_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    session_version = models.PositiveIntegerField(help_text="What the session became by it.")
    was_on = models.DateField(help_text="Its day before.")
    was_at = models.TimeField(help_text="Its time before.")
    booked = models.ForeignKey(
        TherapySession,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Booked in its place, where it was missed already or somebody else had come.",
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-used_at", "-pk")

    def __str__(self) -> str:
        return f"fallback {self.public_id}"

    @property
    def is_another_time(self) -> bool:
        return self.step == FallbackStep.OTHER_TIME


class FeeTerms(models.Model):
    """What a missed session costs in this practice, as clients are told; only followed by other terms (row 3.5)."""

    append_only = True

    missed_amount = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Empty: a missed session costs nothing.",
    )
    late_amount = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Empty: cancelling late costs nothing.",
    )
    currency = models.CharField(max_length=3, default="USD")
    free_absences = models.PositiveSmallIntegerField(
        default=1, help_text="So many in twelve months cost nothing."
    )
    words = models.CharField(
        max_length=400, blank=True, help_text="What clients read beforehand, in English."
    )
    words_es = models.CharField(max_length=400, blank=True)
    in_force_from = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-in_force_from", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(missed_amount=None, late_amount=None) | ~Q(words=""),
                name="fee_terms_say_what_it_costs",
            ),
            models.CheckConstraint(
                condition=(Q(missed_amount=None) | Q(missed_amount__gt=0))
                & (Q(late_amount=None) | Q(late_amount__gt=0)),
                name="fee_terms_amounts_possible",
            ),
        )
        triggers = (
            pgtrigger.Protect(name="fee_terms_are_immutable", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"fee terms from {self.in_force_from}"

    def words_in(self, language: str) -> str:
        """What a client reads; without Spanish words they read the English."""
        return self.words_es if language == "es" and self.words_es else self.words


@pghistory.track()
class TermsTold(models.Model):
    """Somebody told a client what a missed session costs; nobody pays what they were not told before."""

    class How(models.TextChoices):
        SIGNED = "signed", "They signed it"
        SAID = "said", "We talked about it"
        SENT = "sent", "They have it in writing"

    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="fee_terms_told")
    terms = models.ForeignKey(FeeTerms, on_delete=models.PROTECT, related_name="told")
    how = models.CharField(max_length=6, choices=How)
    told_on = models.DateField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-told_on", "-pk")
        constraints = (models.UniqueConstraint(fields=["client", "terms"], name="terms_told_once_each"),)

    def __str__(self) -> str:
        return f"terms told {self.pk}"


@pghistory.track()
class FeeExemption(models.Model):
    """A client who is never charged, because whoever pays for them forbids it, or for another reason."""

    class Because(models.TextChoices):
        PAYER = "payer", "Whoever pays for them forbids it"
        AGREED = "agreed", "We agreed so with them"

    client = models.OneToOneField("clients.Client", on_delete=models.PROTECT, related_name="fee_exemption")
    because = models.CharField(max_length=6, choices=Because)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"fee exemption {self.pk}"


@pghistory.track()
class Fee(models.Model):
    """What a person decided on one absence: charged, or waived and why. Kept decides nothing."""

    class Decision(models.TextChoices):
        CHARGED = "charged", "Charged"
        WAIVED = "waived", "Waived"

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="fee")
    decision = models.CharField(max_length=7, choices=Decision)
    terms = models.ForeignKey(FeeTerms, null=True, blank=True, on_delete=models.PROTECT, related_name="fees")
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    because = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decision="charged", amount__gt=0, terms__isnull=False)
                | Q(decision="waived", amount=None, terms=None) & ~Q(because=""),
                name="fee_is_charged_by_terms_or_waived_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"fee of participant {self.participant_id}"
