"""Asking each of a couple or family, alone, whether it is safe; not yet asked counts as not safe (row 5.2)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, QuerySet, Subquery

from accounts.audit import acting
from accounts.models import User
from clients.models import Case, Client, CoercionScreen

# Nobody says anything true beside the one they fear.
NOT_ALONE = "Ask when nobody else is there, nor on the line. Until then it counts as not safe."


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
    """Whether every member, asked alone, last said that it is safe; false for a case of one. One query."""
    latest = CoercionScreen.objects.filter(client=OuterRef("client")).order_by("-taken_at", "-pk")
    members = case.members.filter(left_on=None)
    results = list(
        members.annotate(result=Subquery(latest.values("result")[:1])).values_list("result", flat=True)
    )
    return len(results) > 1 and all(result == CoercionScreen.Result.SAFE for result in results)
