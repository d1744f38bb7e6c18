"""Somebody has missed several times: the talk about it, what it costs, who is asked, what is agreed, and the review."""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from followups.models.follow_ups import FollowUp
from sessions_app.models import Modality


@pghistory.track()
class PatternTalk(models.Model):
    """A talk about the pattern itself, in the client's own words by theme (rows 3.8, 3.9); clinicians only."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="pattern_talks")
    personal = models.TextField(blank=True)
    scheduling = models.TextField(blank=True)
    financial = models.TextField(blank=True)
    discomfort = models.TextField(blank=True, help_text="How the sessions themselves feel.")
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-held_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(personal="", scheduling="", financial="", discomfort=""),
                name="pattern_talk_holds_something",
            ),
        )

    def __str__(self) -> str:
        return f"talk about the pattern of follow-up {self.follow_up_id}"


class Worry(models.TextChoices):
    """How much the clinician worries about what the misses do."""

    NONE = "none", _("Not worried")
    SOME = "some", _("Somewhat worried")
    MUCH = "much", _("Very worried")


@pghistory.track()
class CostOfMisses(models.Model):
    """What the misses cost this client, as their clinician sees it (row 3.2); never anybody's hours."""

    follow_up = models.OneToOneField(FollowUp, on_delete=models.CASCADE, related_name="cost")
    unresolved = models.TextField(blank=True, help_text="What stays unresolved meanwhile.")
    support_missed = models.TextField(blank=True)
    concern = models.CharField(max_length=4, choices=Worry, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "costs of misses"

    def __str__(self) -> str:
        return f"cost of misses in follow-up {self.follow_up_id}"


class Feeling(models.TextChoices):
    """How it is for the clinician."""

    FRUSTRATED = "frustrated", _("Frustrated")
    CONFUSED = "confused", _("I don't know how to help")
    HURT = "hurt", _("Hurt, or doubting myself")
    CALM = "calm", _("At ease with it")


class PrivateNote(models.Model):
    """What a clinician says to nobody but themselves (row 3.7): sealed, and without a history that others read."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="private_notes")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    feeling = models.TextField(blank=True, help_text="Sealed.")
    words = models.TextField(blank=True, help_text="Sealed.")
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["follow_up", "author"], name="one_private_note_for_each"),
        )

    def __str__(self) -> str:
        return f"private note {self.pk}"


@pghistory.track()
class Consultation(models.Model):
    """A clinician asks their supervisor, and is answered in words (row 3.7)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="consultations")
    question = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consultations")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="When who asked has read the answer.")

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(question=""), name="consultation_asks_something"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="consultation_answered_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["follow_up", "asked_by"],
                condition=Q(answered_at=None),
                name="one_open_question_for_each",
            ),
        )

    def __str__(self) -> str:
        return f"consultation {self.public_id}"


@pghistory.track()
class AgreedChange(models.Model):
    """What was agreed about coming, and what it made of the sessions ahead (row 3.10)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="agreed_changes")
    agreed_on = models.DateField()
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField()
    every_weeks = models.PositiveSmallIntegerField()
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0.")
    at = models.TimeField(help_text="Local wall time.")
    modality = models.CharField(max_length=10, choices=Modality)
    support = models.TextField(blank=True, help_text="What else was agreed; clinicians only.")
    stayed = models.PositiveSmallIntegerField()
    changed = models.PositiveSmallIntegerField()
    booked = models.PositiveSmallIntegerField()
    called_off = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("-applied_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(weekday__lte=6), name="agreed_weekday"),
            models.CheckConstraint(
                condition=Q(every_weeks__gte=1, every_weeks__lte=12), name="agreed_every_so_many_weeks"
            ),
        )

    def __str__(self) -> str:
        return f"agreed change {self.public_id}"


class ReviewOutcome(models.TextChoices):
    """What a suitability review comes to."""

    CONTINUE = "continue", _("Go on as it is")
    ADJUST = "adjust", _("Go on in another way")
    REFER = "refer", _("Help them to somebody else")
    PAUSE = "pause", _("Pause, and say when we look again")
    END = "end", _("End, with a letter and referrals")


@pghistory.track()
class SuitabilityReview(models.Model):
    """What would serve the client now: asked last, and decided by clinician and supervisor together (rows 3.11, 3.12)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="reviews")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    serves = models.TextField(blank=True, help_text="What would serve the client now.")
    considered = models.TextField(blank=True, help_text="Which other ways were considered.")
    outcome = models.CharField(max_length=8, choices=ReviewOutcome, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    referrals = models.TextField(blank=True)
    letter = models.TextField(blank=True)
    clinician = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    clinician_at = models.DateTimeField(null=True, blank=True)
    supervisor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    supervisor_at = models.DateTimeField(null=True, blank=True)
    consultant = models.CharField(
        max_length=120, blank=True, help_text="From outside, where one person alone treats at this practice."
    )
    consultant_as = models.CharField(max_length=120, blank=True, help_text="What makes them fit to judge.")
    consulted_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    evidence = models.JSONField(null=True, blank=True, help_text="What lay before them when it was decided.")

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["follow_up"], condition=Q(decided_at=None), name="one_open_review_per_follow_up"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None)
                | Q(clinician__isnull=False)
                & (
                    Q(supervisor__isnull=False) & ~Q(clinician=F("supervisor"))
                    | ~Q(consultant="") & ~Q(consultant_as="") & Q(consulted_on__isnull=False)
                )
                & ~Q(outcome="")
                & ~Q(serves="")
                & ~Q(considered=""),
                name="review_is_decided_by_two",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | ~Q(outcome="end") | ~Q(letter="") & ~Q(referrals=""),
                name="ending_has_a_letter_and_referrals",
            ),
        )

    def __str__(self) -> str:
        return f"review {self.public_id}"

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None
