"""The only door from a page or the API to sessions and their participants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import May
from clients.models import Case, Client
from sessions_app.models import Location, Participant, Room, Service, TherapySession
from sessions_app.querysets import ParticipantQuerySet, TherapySessionQuerySet


def sessions_visible_to(user: User) -> TherapySessionQuerySet:
    """The sessions that this person may see."""
    return TherapySession.objects.visible_to(user)


def participants_visible_to(user: User) -> ParticipantQuerySet:
    """The participants of the sessions that this person may see."""
    return Participant.objects.visible_to(user)


def get_session(user: User, public_id: UUID, *, write: bool = False) -> TherapySession:
    """One session; 404 if invisible, 403 if visible and not this person's to change."""
    session = sessions_visible_to(user).filter(public_id=public_id).first()
    if session is None:
        raise Http404
    if write:
        require(user, May.BOOK)
    return session


def get_participant(user: User, public_id: UUID, *, write: bool = False) -> Participant:
    """One participant with session and client; 404 if invisible, 403 if read-only."""
    found = participants_visible_to(user).select_related("session", "client")
    participant = found.filter(public_id=public_id).first()
    if participant is None:
        raise Http404
    if write:
        require(user, May.RECORD_ATTENDANCE)
    return participant


def may_read_session_words(user: User, session: TherapySession) -> bool:
    """Whether this person may read what was said about coming to a session (row 1.7)."""
    return TherapySession.objects.clinical_for(user).filter(pk=session.pk).exists()


def locations() -> QuerySet[Location]:
    """The places in use."""
    return Location.objects.filter(is_active=True)


def rooms() -> QuerySet[Room]:
    """The rooms in use, with their places."""
    return Room.objects.filter(is_active=True, location__is_active=True).select_related("location")


def services() -> QuerySet[Service]:
    """What can be booked."""
    return Service.objects.filter(is_active=True)


@dataclass(frozen=True)
class Workload:
    """What would be left hanging if a colleague were no longer there. Counts only."""

    upcoming_sessions: int
    next_at: datetime | None
    open_cases: int
    supervisees: int

    @property
    def is_empty(self) -> bool:
        return not (self.upcoming_sessions or self.open_cases or self.supervisees)


def workload_of(user: User, colleague: User, now: datetime) -> Workload:
    """The counts for who manages staff and may see no client. Three queries."""
    require(user, May.MANAGE_STAFF)
    ahead = TherapySession.objects.led_by(colleague).upcoming(now)
    figures = ahead.aggregate(count=Count("pk"), soonest=Min("starts_at"))
    return Workload(
        upcoming_sessions=figures["count"],
        next_at=figures["soonest"],
        open_cases=Case.objects.open().filter(clinicians=colleague).count(),
        supervisees=colleague.supervisees.filter(is_active=True).count(),
    )


def get_location(public_id: UUID) -> Location:
    """One place in use; 404 if there is none."""
    location = locations().filter(public_id=public_id).first()
    if location is None:
        raise Http404
    return location


def participants_of(people: Iterable[Client]) -> ParticipantQuerySet:
    """Where these people are expected, with whomever: to warn of an overlap, never to show."""
    return Participant.objects.filter(client__in=people)
