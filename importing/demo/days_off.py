"""The demonstration's days off, a clinician's and a place's, and a time that is being offered to who waits."""

from datetime import datetime, timedelta

from accounts.models import User
from clients.models import Case, Client
from importing.demo.practice import Setting
from reminders.offering import offer_freed_times
from sessions_app.models import CancelledBy, Location, TherapySession
from sessions_app.services import (
    Wish,
    absent_day,
    add_to_waitlist,
    cancel_session,
    close_day,
)

AWAY_IN = timedelta(days=8)
SHUT_IN = timedelta(days=16)
# What is nearer is a clinician's to fill by telephone.
FREED_AFTER = timedelta(days=2)
SOON = timedelta(days=7)


def take_days_off(setting: Setting, *, now: datetime) -> None:
    """Dr. Okafor is away for a day next week, and Lake Street is shut on one the week after."""
    fran = User.objects.get(name="Fran Castillo")
    absent_day(
        clinician=setting.clinicians["amara"],
        on=setting.today + AWAY_IN,
        zone=setting.practice.zone,
        reason="A training day",
        actor=setting.clinicians["amara"],
        now=now - timedelta(hours=20),
    )
    close_day(
        location=Location.objects.get(name="Lake Street"),
        on=setting.today + SHUT_IN,
        reason="The heating is replaced",
        actor=fran,
        now=now - timedelta(hours=19),
    )


def offer_a_freed_time(setting: Setting, *, now: datetime) -> None:
    """Bea Lund would come sooner; what Elena Petrova has called off in time is offered to her."""
    bea = Client.objects.get(given_name="Bea", family_name="Lund")
    theirs = TherapySession.objects.filter(
        session_clinicians__clinician=setting.clinicians["amara"],
        case__kind=Case.Kind.INDIVIDUAL,
        cancelled_at=None,
        starts_at__gt=now + FREED_AFTER,
    ).order_by("starts_at")
    hers = theirs.filter(case__clients=bea, starts_at__gt=now + SOON)[0]
    freed = theirs.filter(case__clients__given_name="Elena")[0]
    wish = Wish(case=hers.case, client=bea, session=hers, wishes="Anything sooner; she is flexible.")
    add_to_waitlist(wish=wish, actor=User.objects.get(name="Fran Castillo"), now=now - timedelta(days=6))
    cancel_session(session=freed, by=CancelledBy.CLIENT, actor=None, now=now - timedelta(hours=1))
    offer_freed_times(now=now)
