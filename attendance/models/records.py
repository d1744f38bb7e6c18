"""What was seen: who came, for each person in the room."""

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Barrier
from sessions_app.models import Participant


class Outcome(models.TextChoices):
    """How it went for one participant (design, "Facts")."""

    ATTENDED = "attended", _("Attended")
    ATTENDED_LATE = "attended_late", _("Came late")
    LEFT_EARLY = "left_early", _("Left early")
    TOO_LATE = "too_late", _("Came too late to be seen")
    COULD_NOT_BE_SEEN = "could_not_be_seen", _("Came, could not be seen")
    COULD_NOT_CONNECT = "could_not_connect", _("Could not connect")
    NO_SHOW = "no_show", _("Missed")
    NOT_BROUGHT = "not_brought", _("Was not brought")
    EXCUSED = "excused", _("Excused")


# Seen by the clinician, however briefly.
ATTENDED_OUTCOMES = (Outcome.ATTENDED, Outcome.ATTENDED_LATE, Outcome.LEFT_EARLY)
# What a follow-up answers. A failed video link is never a miss; nor is an excused absence.
MISSED_OUTCOMES = (Outcome.NO_SHOW, Outcome.NOT_BROUGHT)


class Source(models.TextChoices):
    """Which way an outcome came in (row 6.7); all lead to the same verbs."""

    BOARD = "board", _("Day board")
    TODAY = "today", _("Today")
    API = "api", _("API")
    IMPORT = "import", _("Import")
    ADMIN = "admin", _("Admin site")
    SETTLED = "settled", _("Arrived, and the session ended")


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
