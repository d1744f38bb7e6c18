"""Ending treatment, and taking that back: a person's own, deliberate act; nothing else closes a case (row 3.11)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from clients.access import may_read_case_words
from clients.models import Case
from followups.gates import account_comes_before_a_report
from followups.lapses import ground_since, lapsed_since
from followups.models import FollowUp
from sessions_app.models import TherapySession
from sessions_app.occupancy import case_key, lock_resources


def close_case(*, case: Case, because: str, actor: User, now: datetime) -> Case:
    """Treatment has ended. Only the case's clinicians and their supervisors say so, with a reason.

    Raises PermissionDenied for anybody else, and ValidationError while sessions are booked or not
    recorded, or a follow-up stands open: then somebody is still expected, or still looked for.
    """
    _refuse_others(actor, case)
    if not because.strip():
        raise ValidationError({"because": "Say in a few words why it ends."})
    with acting("close_case", actor=actor):
        # As booking does: whichever is second sees what the first has done.
        lock_resources([case_key(case.pk)])
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if locked.closed_on:
            raise ValidationError("This case is closed already.")
        standing = what_stands_in_the_way(case=locked, now=now)
        if standing:
            raise ValidationError(standing)
        locked.closed_on = get_practice().today(now)
        locked.closed_because = because.strip()
        locked.save()
    return locked


def reopen_case(*, case: Case, actor: User) -> Case:
    """Treatment goes on. The history keeps that it was closed, and why."""
    _refuse_others(actor, case)
    with acting("reopen_case", actor=actor):
        locked = Case.objects.select_for_update().get(pk=case.pk)
        locked.closed_on, locked.closed_because = None, ""
        locked.save()
    return locked


def what_stands_in_the_way(*, case: Case, now: datetime) -> list[str]:
    """Why this case cannot be closed now, a sentence each; empty where it can."""
    sessions = TherapySession.objects.filter(case=case)
    booked = sessions.filter(ends_at__gt=now, cancelled_at=None).count()
    unrecorded = sessions.needing_outcome(now).count()
    open_ones = list(
        FollowUp.objects.open().filter(case=case).select_related("protocol_version__protocol", "client")
    )
    return [
        *_booked(booked),
        *_unrecorded(unrecorded),
        *(_still_open(follow_up) for follow_up in open_ones),
        *_abandoned(case),
    ]


def _booked(count: int) -> list[str]:
    if not count:
        return []
    many = "1 session is" if count == 1 else f"{count} sessions are"
    return [f"{many} still booked. Hold or cancel them first."]


def _unrecorded(count: int) -> list[str]:
    if not count:
        return []
    many = "1 session is" if count == 1 else f"{count} sessions are"
    return [f"{many} not recorded yet. Say first who came."]


def _still_open(follow_up: FollowUp) -> str:
    name = follow_up.client.called
    return f"A follow-up for {name} stands open: {follow_up.protocol.name}. Close that first, saying how it ended."


def _abandoned(case: Case) -> list[str]:
    """Whom a court sent and nobody has heard since they stopped coming: closing would abandon them (row 4.12)."""
    sentences = []
    for mandate in case.mandates.select_related("client"):
        since = lapsed_since(mandate.client, case)
        if since is None or (mandate.ended_on and mandate.ended_on < since.date()):
            continue
        lock = account_comes_before_a_report(ground_since(mandate.client, case, since))
        if lock:
            name = mandate.client.called
            sentences.append(f"Closing before {name} was heard would be abandoning them. {lock}")
    return sentences


def _refuse_others(actor: User, case: Case) -> None:
    if not may_read_case_words(actor, case):
        raise PermissionDenied
