"""Protocols: how an absence of each kind is followed up, in immutable versions."""

from dataclasses import dataclass, field, fields
from typing import Any, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import FollowUpOwner, User


class ProtocolCode(models.TextChoices):
    """The protocols that ship with Kept (design, "Follow-ups")."""

    AT_RISK = "at_risk", _("Wellbeing")
    COURT_MANDATED = "court_mandated", _("Court-mandated")
    REPEATED_NO_SHOWS = "repeated_no_shows", _("Missed several times")
    ABSENT_PARTNER = "absent_partner", _("Absent partner")
    RELUCTANT_PARTNER = "reluctant_partner", _("Reluctant partner")
    SINGLE_MISSED = "single_missed", _("Missed once")
    LATE_CANCELLATION = "late_cancellation", _("Cancelled late")


class StepKind(models.TextChoices):
    """What a step asks for; the gates hang on it (`gates.py`)."""

    CALL = "call", _("Call")
    TEXT = "text", _("Text")
    LETTER = "letter", _("Letter")
    JOINT_OFFER = "joint_offer", _("Offer of joint sessions")
    RESOURCE = "resource", _("Help with what got in the way")
    CONVERSATION = "conversation", _("Conversation")
    CONSULTATION = "consultation", _("Consultation")
    REVIEW = "review", _("Review")
    REPORT = "report", _("Report")
    FEE = "fee", _("Fee")


# Steps that speak to the client: done by logging attempts, not by ticking off.
CONTACT_KINDS = (StepKind.CALL, StepKind.TEXT, StepKind.LETTER)


@dataclass(frozen=True, kw_only=True)
class StepPlan:
    """One step of a protocol version, as it is written there."""

    kind: StepKind
    title: str = ""  # this, listen and later: in English, or as a practice wrote them (`staff_words.py`)
    owner: FollowUpOwner | None = None  # None: the practice's setting decides
    due_days: int = 0  # working days after the step opens; 0 is by closing time of that day
    tries: int = 1  # fruitless attempts before the next step opens
    opening: dict[str, str] = field(default_factory=dict)  # by language
    listen: str = ""
    later: str = ""
    spanish: dict[str, str] = field(default_factory=dict)  # the practice's own title, listen and later

    @classmethod
    def read(cls, written: dict[str, Any]) -> Self:
        owner = written.get("owner")
        return cls(
            **{
                **written,
                "kind": StepKind(written["kind"]),
                "owner": FollowUpOwner(owner) if owner else None,
            }
        )

    def written(self) -> dict[str, Any]:
        """As a version holds it: what is as usual is left out."""
        usual = {one.name: one.default for one in fields(self)}
        held = {name: value for name, value in vars(self).items() if value and value != usual[name]}
        return {
            name: str(value) if isinstance(value, models.TextChoices) else value
            for name, value in held.items()
        }


@pghistory.track()
class Protocol(models.Model):
    """A named way of following up, and how it ranks beside the others."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField(
        unique=True, help_text="The highest among its causes leads a follow-up."
    )
    is_sensitive = models.BooleanField(
        default=False, help_text="Clinicians' work: the desk never sees the cause; a named person closes it."
    )
    closes_itself = models.BooleanField(
        default=False, help_text="When the client is back, has a new time, or answers."
    )
    pattern_count = models.PositiveSmallIntegerField(default=1, help_text="How many in the window open it.")
    pattern_days = models.PositiveSmallIntegerField(default=30, help_text="The window, in days.")

    class Meta:
        ordering = ("-rank",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(is_sensitive=True, closes_itself=True),
                name="sensitive_protocol_is_closed_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(pattern_count__gte=1, pattern_days__gte=1), name="protocol_pattern_possible"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ProtocolVersion(models.Model):
    """The steps of a protocol as they stood at one time; never changed, only followed by another."""

    append_only = True

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    shipped_revision = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Which of Kept's own revisions this is; empty if the practice's."
    )
    steps = models.JSONField(help_text="A list of step plans, in order.")
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("protocol", "-number")
        constraints = (
            models.UniqueConstraint(fields=["protocol", "number"], name="protocol_version_number_once"),
            models.UniqueConstraint(
                fields=["protocol", "shipped_revision"], name="protocol_revision_shipped_once"
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="protocol_version_is_immutable", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"protocol {self.protocol_id} version {self.number}"

    @property
    def plan(self) -> list[StepPlan]:
        return [StepPlan.read(step) for step in self.steps]

    def step_at(self, position: int) -> StepPlan | None:
        """The plan of a step, counted from 1; None past the last one."""
        if not 1 <= position <= len(self.steps):
            return None
        return StepPlan.read(self.steps[position - 1])
