"""The follow-ups begun by protocols, and every attempt to reach somebody."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import FollowUpOwner, User
from clients.models import Barrier, Case, Client
from followups.models.protocols import Protocol, ProtocolVersion, StepKind, StepPlan
from followups.querysets import FollowUpQuerySet
from sessions_app.models import Participant


@pghistory.track()
class FollowUp(models.Model):
    """What the practice does after an absence, for one client in one case."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="follow_ups")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    protocol_version = models.ForeignKey(ProtocolVersion, on_delete=models.PROTECT, related_name="follow_ups")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    last_cause_at = models.DateTimeField(help_text="When the latest of its absences began.")
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="Of the current step; empty once every step was taken."
    )
    owner_role = models.CharField(max_length=12, choices=FollowUpOwner)
    owner = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
        help_text="Empty: anyone in that role.",
    )
    handed_at = models.DateTimeField(
        null=True, blank=True, help_text="When a person last gave its step to somebody."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: it closed itself.",
    )
    closed_because = models.CharField(max_length=200, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["client", "case"],
                condition=Q(state="open"),
                name="one_open_follow_up_per_client_and_case",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_because="")
                | Q(state="closed", closed_at__isnull=False) & ~Q(closed_because=""),
                name="closed_follow_up_says_why",
            ),
        )
        indexes = (
            models.Index(fields=["due_at"], condition=Q(state="open"), name="follow_up_open_by_due"),
            models.Index(
                fields=["owner", "due_at"], condition=Q(state="open"), name="follow_up_open_by_owner"
            ),
            models.Index(fields=["client", "-opened_at"], name="follow_up_by_client"),
        )

    def __str__(self) -> str:
        return f"follow-up {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state == FollowUp.State.OPEN

    @property
    def protocol(self) -> Protocol:
        return self.protocol_version.protocol

    @property
    def current_step(self) -> "FollowUpStep | None":
        """The step that is waited for; None once closed or all taken."""
        return next((step for step in self.steps.all() if step.is_current), None)


@pghistory.track()
class FollowUpCause(models.Model):
    """One reason for a follow-up: a participant's absence read by one protocol, or a person's word."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="causes")
    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_up_causes",
        help_text="Empty where a person opened it.",
    )
    occurred_at = models.DateTimeField(help_text="When the absence began, or was cancelled.")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it is known not to have been so."
    )

    class Meta:
        ordering = ("occurred_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["participant", "protocol"], name="follow_up_cause_once"),
            models.UniqueConstraint(
                fields=["follow_up", "protocol"],
                condition=Q(participant=None),
                name="follow_up_cause_by_hand_once",
            ),
            models.CheckConstraint(
                condition=Q(participant__isnull=False) | Q(added_by__isnull=False),
                name="follow_up_cause_is_a_fact_or_a_person_s",
            ),
        )

    def __str__(self) -> str:
        return f"cause of follow-up {self.follow_up_id}"


@pghistory.track()
class FollowUpStep(models.Model):
    """One step that a follow-up came to."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="steps")
    protocol_version = models.ForeignKey(ProtocolVersion, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(help_text="In that version, from 1.")
    kind = models.CharField(max_length=12, choices=StepKind)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    owner_role = models.CharField(max_length=12, choices=FollowUpOwner)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    skipped_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True, help_text="Why it was skipped, or what came of it.")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["follow_up"],
                condition=Q(done_at=None, skipped_at=None),
                name="one_current_step_per_follow_up",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(skipped_at=None), name="step_done_or_skipped"
            ),
        )

    def __str__(self) -> str:
        return f"step {self.public_id}"

    @property
    def is_current(self) -> bool:
        return self.done_at is None and self.skipped_at is None

    @property
    def plan(self) -> StepPlan:
        plan = self.protocol_version.step_at(self.position)
        assert plan is not None  # noqa: S101  # positions are only ever taken from the version
        return plan


class AttemptChannel(models.TextChoices):
    """How somebody tried to reach a client."""

    CALL = "call", _("Call")
    TEXT = "text", _("Text")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    IN_PERSON = "in_person", _("In person")


class AttemptResult(models.TextChoices):
    """What came of an attempt."""

    REACHED = "reached", _("We talked")
    LEFT_WORD = "left_word", _("Left word")
    NO_ANSWER = "no_answer", _("No answer")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    DECLINED = "declined", _("Rather not talk")


class NextStep(models.TextChoices):
    """What was agreed, once somebody was reached (row 3.10)."""

    NEW_TIME = "new_time", _("Find a new time")
    OTHER_FORM = "other_form", _("Meet another way")
    EXTRA_SUPPORT = "extra_support", _("Help with something")
    CALL_AGAIN = "call_again", _("Call again")
    THEY_CALL = "they_call", _("They will call us")
    NOTHING_MORE = "nothing_more", _("Nothing more for now")


@pghistory.track()
class ContactAttempt(models.Model):
    """One attempt to reach a client, and what they said; the words are for clinicians only."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="attempts")
    step = models.ForeignKey(
        FollowUpStep, null=True, blank=True, on_delete=models.PROTECT, related_name="attempts"
    )
    channel = models.CharField(max_length=10, choices=AttemptChannel)
    result = models.CharField(max_length=12, choices=AttemptResult)
    client_words = models.TextField(
        blank=True, help_text="As the client put it. The desk may write it and cannot read it back."
    )
    barriers = models.ManyToManyField(Barrier, through="AttemptBarrier", related_name="+", blank=True)
    next_step = models.CharField(max_length=13, choices=NextStep, blank=True)
    at = models.DateTimeField()
    due_before = models.DateTimeField(
        null=True, blank=True, help_text="When its step fell due until then: what taking it back restores."
    )
    logged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(next_step="") | Q(result="reached"), name="only_a_talk_agrees_something"
            ),
        )

    def __str__(self) -> str:
        return f"attempt {self.public_id}"


@pghistory.track()
class AttemptBarrier(models.Model):
    """One thing that the client named in an attempt."""

    attempt = models.ForeignKey(ContactAttempt, on_delete=models.CASCADE, related_name="barriers_named")
    barrier = models.ForeignKey(Barrier, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["attempt", "barrier"], name="barrier_once_per_attempt"),
        )

    def __str__(self) -> str:
        return f"barrier of attempt {self.attempt_id}"


@pghistory.track()
class QueuedOutreach(models.Model):
    """A clinician's wish to reach somebody who did not come, kept until the session is over (row 1.4)."""

    participant = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="queued_outreach")
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="When a follow-up opened by it, or it was no longer needed."
    )

    class Meta:
        indexes = (
            models.Index(fields=["queued_at"], condition=Q(settled_at=None), name="queued_outreach_waiting"),
        )

    def __str__(self) -> str:
        return f"outreach queued for participant {self.participant_id}"
