"""Asking each of a couple or family, alone, whether it is safe; not yet asked counts as not safe (row 5.2)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy

from accounts.audit import acting
from accounts.models import User
from clients.models import Case, CaseMember, Client, CoercionScreen, ProtectiveOrder

# Nobody says anything true beside the one they fear.
NOT_ALONE = gettext_lazy("Ask when nobody else is there, nor on the line. Until then it counts as not safe.")


def may_screen(user: User, client: Client) -> bool:
    """Whether this person treats them; a supervisor as such does not."""
    return Case.objects.treated_by(user).filter(members__client=client, members__left_on=None).exists()


def last_asked(user: User, client: Client) -> list[datetime | None]:
    """When they were last asked: one entry, None for never; empty for who does not treat them. One query."""
    mine = Case.objects.treated_by(user).filter(members__client=client, members__left_on=None)
    latest = CoercionScreen.objects.filter(client=client).order_by("-taken_at")
    return list(mine.values_list(Subquery(latest.values("taken_at")[:1]), flat=True)[:1])


def screens_of(client: Client) -> QuerySet[CoercionScreen]:
    """Everything they answered, the latest first; the caller treats them."""
    return client.coercion_screens.select_related("taken_by")


def take_screen(
    *, client: Client, result: str, words: str, was_alone: bool, actor: User, now: datetime
) -> CoercionScreen:
    """Note what somebody answered, asked alone; earlier answers stay.

    Raises ValidationError where they were not alone, PermissionDenied for who does not treat them.
    """
    if not may_screen(actor, client):
        raise PermissionDenied
    if not was_alone:
        raise ValidationError({"was_alone": NOT_ALONE})
    with acting("take_coercion_screen", actor=actor):
        taken = CoercionScreen(
            client=client, result=result, words=words.strip(), taken_at=now, taken_by=actor
        )
        taken.clean_fields(exclude=["client", "taken_by"])
        taken.save()
    return taken


def is_safe_for_each(case: Case) -> bool:
    """Whether every member, asked alone, last said that it is safe, and no court order keeps two apart.

    False for a case of one. One query.
    """
    return case.pk in safe_among([case.pk])


def safe_among(cases: Collection[int]) -> frozenset[int]:
    """Of these cases, by their keys, those in which it is safe for each. One query."""
    members = CaseMember.objects.filter(case__in=cases, left_on=None)
    latest = CoercionScreen.objects.filter(client=OuterRef("client")).order_by("-taken_at", "-pk")
    kept_away = ProtectiveOrder.objects.filter(
        client=OuterRef("client"),
        other__memberships__case=OuterRef("case"),
        other__memberships__left_on=None,
        ended_at=None,
    )
    asked = members.annotate(
        result=Subquery(latest.values("result")[:1]), is_kept_apart=Exists(kept_away)
    ).values_list("case_id", "result", "is_kept_apart")
    safe: dict[int, list[bool]] = defaultdict(list)
    for case_id, result, apart in asked:
        safe[case_id].append(result == CoercionScreen.Result.SAFE and not apart)
    return frozenset(case_id for case_id, each in safe.items() if len(each) > 1 and all(each))


def not_to_be_invited(cases: Iterable[int]) -> frozenset[int]:
    """Of these cases, by their keys, those that nothing by itself invites to come together.

    A court order keeps two of them apart, or one of them, asked alone, last said that it is not
    safe. Whoever was not asked yet goes on as they began. One query, none for no case.
    """
    ids = set(cases)
    if not ids:
        return frozenset()
    members = CaseMember.objects.filter(case__in=ids, left_on=None)
    latest = CoercionScreen.objects.filter(client=OuterRef("client")).order_by("-taken_at", "-pk")
    kept_away = ProtectiveOrder.objects.filter(
        client=OuterRef("client"), other__memberships__case=OuterRef("case"), ended_at=None
    )
    unsafe = members.annotate(result=Subquery(latest.values("result")[:1])).filter(
        Q(Exists(kept_away)) | Q(result__in=[CoercionScreen.Result.UNSURE, CoercionScreen.Result.UNSAFE])
    )
    return frozenset(unsafe.order_by().values_list("case_id", flat=True))


def last_asked_of(case: Case) -> dict[int, datetime | None]:
    """When each member was last asked alone, by their keys; the caller treats the case. One query."""
    latest = CoercionScreen.objects.filter(client=OuterRef("client")).order_by("-taken_at", "-pk")
    members = case.members.filter(left_on=None)
    return dict(members.values_list("client_id", Subquery(latest.values("taken_at")[:1])))
