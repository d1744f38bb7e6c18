"""Questions about sessions and the people expected at them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from accounts.roles import May
from clients.querysets import caseload_of

if TYPE_CHECKING:
    from accounts.models import User
    from clients.models import Client
    from sessions_app.models import Location, Participant, TherapySession, Vacancy, WaitlistEntry


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a local day begins and ends; 23 or 25 hours apart twice a year."""
    begins = datetime.combine(day, time.min, tzinfo=zone)
    ends = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
    return begins, ends


def _theirs(user: User, rows: models.Manager[Any], *, prefix: str = "") -> Q:
    """Rows of sessions that one leads, or whose case is one's own; or one's team's."""
    leader = f"{prefix}session_clinicians__clinician"
    leads = Q(pk__in=[])
    if user.may(May.SEE_OWN_CASELOAD):
        leads |= Q(**{leader: user})
    if user.may(May.SEE_SUPERVISED):
        leads |= Q(**{f"{leader}__supervisor": user})
    caseload = caseload_of(user, prefix=f"{prefix}case__")
    # Asked of each row, so that co-therapy does not double it, and a day costs the same at any age.
    this = rows.filter(pk=OuterRef("pk"))
    return Q(Exists(this.filter(leads))) | Q(Exists(this.filter(caseload)))


class TherapySessionQuerySet(models.QuerySet["TherapySession"]):
    """Sessions by day, by person, by what they still need."""

    def visible_to(self, user: User) -> Self:
        """All for the desk; those one leads or whose case is one's own for clinicians."""
        if user.may(May.SEE_ALL_SESSIONS):
            return self
        return self.filter(_theirs(user, self.model._default_manager))

    def clinical_for(self, user: User) -> Self:
        """Those whose clinical words this person may read."""
        return self.filter(_theirs(user, self.model._default_manager))

    def on_day(self, day: date, zone: ZoneInfo, location: Location | None = None) -> Self:
        """Sessions that start on a local day, at one place or at all."""
        begins, ends = day_bounds(day, zone)
        sessions = self.filter(starts_at__gte=begins, starts_at__lt=ends)
        return sessions.filter(location=location) if location else sessions

    def led_by(self, clinician: User) -> Self:
        """Sessions of one clinician, alone or in co-therapy."""
        return self.filter(session_clinicians__clinician=clinician)

    def counted_as_led(self, user: User) -> Self:
        """Those that this person led, alone or with somebody; for a supervisor also their team's."""
        led = Q(pk__in=[])
        if user.may(May.SEE_OWN_CASELOAD):
            led |= Q(clinician=user)
        if user.may(May.SEE_SUPERVISED):
            led |= Q(clinician__supervisor=user)
        leading = self.model._meta.get_field("session_clinicians").related_model._default_manager
        return self.filter(pk__in=leading.filter(led).order_by().values("session"))

    def between(self, first: date, last: date, zone: ZoneInfo) -> Self:
        """Those that start from one local day to another, both included."""
        return self.filter(starts_at__gte=day_bounds(first, zone)[0], starts_at__lt=day_bounds(last, zone)[1])

    def over(self, now: datetime) -> Self:
        return self.filter(ends_at__lte=now)

    def upcoming(self, now: datetime) -> Self:
        return self.filter(starts_at__gt=now, cancelled_at=None)

    def needing_outcome(self, now: datetime) -> Self:
        """Over, and somebody's outcome is not yet recorded (row 6.6)."""
        return self.filter(ends_at__lte=now, settled_at=None, cancelled_at=None, is_history=False)

    def freed(self, *, told_by: datetime, since: datetime, after: datetime, noted: VacancyQuerySet) -> Self:
        """Called off for good by then, still ahead, and its time not yet noted for the waitlist."""
        return self.filter(
            ~Exists(noted.filter(session=OuterRef("pk"), version=OuterRef("version"))),
            cancelled_at__lte=told_by,
            cancelled_at__gt=since,
            starts_at__gt=after,
            is_history=False,
        )

    def with_people(self) -> Self:
        """Everything that a row on a page shows, in a constant number of queries."""
        return self.select_related("case", "service", "location", "room").prefetch_related(
            "participants__client", "session_clinicians__clinician"
        )


# The same as `needing_outcome`, as an array: so the few open sessions lead the way. PostgreSQL
# would guess them to be many, and read every participant that there ever was.
_OVER = """
SELECT unnest(ARRAY(
    SELECT id FROM sessions_app_therapysession
    WHERE ends_at <= %s AND settled_at IS NULL AND cancelled_at IS NULL AND NOT is_history
))
"""


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """The people expected at sessions."""

    def visible_to(self, user: User) -> Self:
        """Those of the sessions that this person may see."""
        if user.may(May.SEE_ALL_SESSIONS):
            return self
        return self.filter(_theirs(user, self.model._default_manager, prefix="session__"))

    def expected(self) -> Self:
        """Not cancelled, by themselves or with the whole session."""
        return self.filter(cancelled_at=None, session__cancelled_at=None)

    def needing_outcome(self, now: datetime) -> Self:
        """Expected at a session that is over, and not yet recorded (row 6.6)."""
        return self.filter(session__in=RawSQL(_OVER, [now]), cancelled_at=None, recorded_at=None)  # noqa: S611 - fixed text

    def upcoming_for(self, client: Client, now: datetime) -> Self:
        """What lies before one client, soonest first."""
        return (
            self.expected()
            .filter(client=client, starts_at__gt=now)
            .select_related("session", "client")
            .order_by("starts_at")
        )

    def next_of(self, clients: Iterable[Client], now: datetime) -> Self:
        """The soonest one ahead of each of these people."""
        ahead = self.expected().filter(client__in=clients, starts_at__gt=now).select_related("session")
        return ahead.order_by("client_id", "starts_at").distinct("client_id")

    def at_the_time(self, clients: Iterable[Client], times: Iterable[tuple[datetime, datetime]]) -> Self:
        """Where these people are already expected at one of these times."""
        overlap = Q(pk__in=[])
        for starts_at, ends_at in times:
            overlap |= Q(session__starts_at__lt=ends_at, session__ends_at__gt=starts_at)
        return self.expected().filter(overlap, client__in=clients).select_related("client", "session")


class WaitlistQuerySet(models.QuerySet["WaitlistEntry"]):
    """Who waits for another time."""

    def visible_to(self, user: User) -> Self:
        """All for the desk; those of their caseload for clinicians."""
        if user.may(May.SEE_ALL_SESSIONS):
            return self
        mine = self.model._default_manager.filter(caseload_of(user, prefix="case__"))
        return self.filter(pk__in=mine.values("pk"))

    def waiting(self) -> Self:
        """Still waiting, the longest first."""
        return self.filter(ended_at=None)

    def with_people(self) -> Self:
        """What a row shows and what is matched, in a constant number of queries."""
        return self.select_related("client", "case", "session", "service").prefetch_related(
            "clinicians", "case__case_clinicians__clinician", "case__members__client"
        )


def _led_by(user: User) -> Q:
    """Freed times that were one's own, or one's team's."""
    leader = "clinicians"
    theirs = Q(pk__in=[])
    if user.may(May.SEE_OWN_CASELOAD):
        theirs |= Q(**{leader: user})
    if user.may(May.SEE_SUPERVISED):
        theirs |= Q(**{f"{leader}__supervisor": user})
    return theirs


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    """Freed times that were offered."""

    def visible_to(self, user: User) -> Self:
        """All for the desk; for clinicians those that were their own, or their team's."""
        if user.may(May.SEE_ALL_SESSIONS):
            return self
        return self.counted_as_led(user)

    def counted_as_led(self, user: User) -> Self:
        """Those that were this person's own, alone or with somebody; for a supervisor also their team's."""
        rows = self.model._default_manager
        return self.filter(Exists(rows.filter(pk=OuterRef("pk")).filter(_led_by(user))))

    def freed(self, *, told_by: datetime, since: datetime, after: datetime) -> Self:
        """Freed for good by then, still ahead, and not yet offered."""
        return self.filter(
            opened_at=None,
            closed_at=None,
            freed_at__lte=told_by,
            freed_at__gt=since,
            starts_at__gt=after,
        )

    def open(self) -> Self:
        """Being offered."""
        return self.filter(opened_at__isnull=False, closed_at=None)

    def with_people(self) -> Self:
        """What a row shows, in a constant number of queries."""
        return self.select_related("session", "location", "room").prefetch_related(
            "clinicians",
            "offers__entry__client",
            "offers__recipient",
        )
