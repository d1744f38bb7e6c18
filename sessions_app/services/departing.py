"""Verbs for those who leave the practice, and for a death."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from clients.models import Client
from sessions_app.models import CancelledBy, Participant
from sessions_app.occupancy import case_key, client_key, lock_resources
from sessions_app.services.cancelling import cancel_participant


def leave_practice(*, client: Client, on: date, actor: User, now: datetime) -> list[Participant]:
    """They have left: what lay ahead of them is freed, after the page asked for confirmation.

    Their cases stay open: closing one is a person's own decision (row 3.11).
    """
    with acting("leave_practice", actor=actor):
        locked = _lock(client)
        if locked.is_silent:
            raise ValidationError(_("%(name)s has already left.") % {"name": locked.display_name})
        locked.left_on = on
        locked.save()
        return _free_future(locked, reason="Left the practice", actor=actor, now=now)


def record_death(*, client: Client, on: date, actor: User, now: datetime) -> list[Participant]:
    """They have died: everything to them falls silent in this very transaction.

    A partner's or a group's session stands; the clinician decides what to tell whom.
    """
    with acting("record_death", actor=actor):
        locked = _lock(client)
        locked.died_on = on
        locked.save()
        return _free_future(locked, reason="Died", actor=actor, now=now)


def return_to_practice(*, client: Client, actor: User) -> Client:
    """They are back, or it was entered by mistake; freed times have to be booked again."""
    with acting("return_to_practice", actor=actor):
        locked = _lock(client)
        locked.left_on = locked.died_on = None
        locked.save()
    return locked


def _lock(client: Client) -> Client:
    """Who books them takes turns with us; who records how a session of theirs went need not wait.

    The weaker lock lets rows be added that name the client: with the stronger one such a verb, which
    has its session already, would wait for us, and we for its session.
    """
    cases = client.memberships.values_list("case_id", flat=True)
    lock_resources([client_key(client.pk), *map(case_key, cases)])
    return Client.objects.select_for_update(no_key=True).get(pk=client.pk)


def _free_future(client: Client, *, reason: str, actor: User, now: datetime) -> list[Participant]:
    # By session, in the lock order; as the practice's, so that none is counted as a late cancellation.
    ahead = Participant.objects.upcoming_for(client, now).order_by("session_id")
    return [
        cancel_participant(
            participant=participant, by=CancelledBy.PRACTICE, reason=reason, actor=actor, now=now
        )
        for participant in ahead
    ]
