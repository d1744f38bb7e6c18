"""The only door from a page or the API to sessions and their participants."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import May
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
