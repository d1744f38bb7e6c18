"""Ending treatment, and taking that back: a person's own, deliberate act; nothing else closes a case (row 3.11)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from clients.access import may_read_case_words
from clients.models import Case, CaseMember, Client, Mandate
from clients.services import end_membership
from followups.gates import account_comes_before_a_report
from followups.lapses import ground_since, lapsed_since
from followups.models import FollowUp, WellbeingConcern
from followups.patterns import pattern_now
from followups.reviews import may_end
from sessions_app.models import TherapySession
from sessions_app.occupancy import case_key, lock_resources


def close_case(*, case: Case, because: str, actor: User, now: datetime) -> Case:
    """Treatment has ended. Only the case's clinicians and their supervisors say so, with a reason.

    Raises PermissionDenied for anybody else, and ValidationError while sessions are booked or not
    recorded, or a follow-up stands open: then somebody is still expected, or still looked for.
    """
    _refuse_others(actor, case)
    if not because.strip():
        raise ValidationError({"because": _("Say in a few words why it ends.")})
    with acting("close_case", actor=actor):
        # As booking does: whichever is second sees what the first has done.
        lock_resources([case_key(case.pk)])
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if locked.closed_on:
            raise ValidationError(_("This case is closed already."))
        standing = what_stands_in_the_way(case=locked, now=now)
        if standing:
            raise ValidationError(standing)
        locked.closed_on = get_practice().today(now)
        locked.closed_because = because.strip()
        locked.save()
    return locked


def leave_case(*, member: CaseMember, actor: User, now: datetime) -> CaseMember:
    """Somebody leaves this case; their other cases stay.

    Raises ValidationError while somebody worries about them here, and for who stopped coming and was not
    heard since: that would be closing by another name (rows 3.11, 4.12). Who may not read the case's words
    hears only whom to ask.
    """
    with acting("leave_case", actor=actor):
        lock_resources([case_key(member.case_id)])
        standing = _why_not_let_go(member)
        if standing and not may_read_case_words(actor, member.case):
            raise ValidationError(_("Their clinician ends this. Please ask them."))
        if standing:
            raise ValidationError(standing)
        end_membership(member=member, on=get_practice().today(now), actor=actor)
    return member


def _why_not_let_go(member: CaseMember) -> str:
    client, case = member.client, member.case
    if client.died_on or member.left_on or case.closed_on:
        return ""
    worries = _worries(case, client=client)
    orders = list(case.mandates.filter(client=client))
    return worries[0] if worries else _left_alone(client, case, orders)


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
        *_worries(case),
        *(_still_open(follow_up) for follow_up in open_ones),
        *_abandoned(case),
    ]


def _booked(count: int) -> list[str]:
    if not count:
        return []
    words = ngettext(
        "%(count)d session is still booked. Hold or cancel it first.",
        "%(count)d sessions are still booked. Hold or cancel them first.",
        count,
    )
    return [words % {"count": count}]


def _unrecorded(count: int) -> list[str]:
    if not count:
        return []
    words = ngettext(
        "%(count)d session is not recorded yet. Say first who came.",
        "%(count)d sessions are not recorded yet. Say first who came.",
        count,
    )
    return [words % {"count": count}]


def _worries(case: Case, client: Client | None = None) -> list[str]:
    """An open concern about anybody in the case, or about one of them, blocks its ending (row 3.11)."""
    standing = WellbeingConcern.objects.filter(case=case, done_at=None, client__died_on=None)
    if client:
        standing = standing.filter(client=client)
    return [
        _("Somebody worries about %(name)s. See to that first, and say what came of it.")
        % {"name": one.client.called}
        for one in standing.select_related("client")
    ]


def _still_open(follow_up: FollowUp) -> str:
    name = follow_up.client.called
    return _("A follow-up for %(name)s stands open: %(protocol)s. Close that first, saying how it ended.") % {
        "name": name,
        "protocol": _(follow_up.protocol.name),
    }


def _abandoned(case: Case) -> list[str]:
    """Who stopped coming and was not heard since: closing would abandon them (rows 3.11, 3.12, 4.12)."""
    people = case.members.filter(left_on=None).select_related("client")
    clients = {one.client_id: one.client for one in people}
    orders: dict[int, list[Mandate]] = defaultdict(list)
    for order in case.mandates.select_related("client"):
        orders[order.client_id].append(order)
        clients[order.client_id] = order.client
    found = (_left_alone(client, case, orders.get(client_id, [])) for client_id, client in clients.items())
    return [sentence for sentence in found if sentence]


def _left_alone(client: Client, case: Case, orders: Iterable[Mandate]) -> str:
    """What has to come before an end, for one who stopped coming; empty where the way is free.

    Who was heard has had a part in it. Whoever could not be reached has not: then two decide, in a review.
    """
    since = lapsed_since(client, case)
    if since is None or client.died_on:
        return ""
    is_ordered = any(order.ended_on is None or order.ended_on >= since.date() for order in orders)
    if not is_ordered and pattern_now(client, case) is None:
        return ""
    ground = ground_since(client, case, since)
    lock = account_comes_before_a_report(ground)
    if lock:
        return _("Closing before %(name)s was heard would be abandoning them. %(lock)s") % {
            "name": client.called,
            "lock": lock,
        }
    if ground.could_not_be_reached and not may_end(client, case):
        return _(
            "%(name)s could not be reached. Ending goes through a review, decided by clinician and"
            " supervisor together, with a letter and referrals."
        ) % {"name": client.called}
    return ""


def _refuse_others(actor: User, case: Case) -> None:
    if not may_read_case_words(actor, case):
        raise PermissionDenied
