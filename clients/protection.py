"""Court orders that keep two people apart: noted in the record of the one protected, refused in the calendar."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.audit import acting
from accounts.models import User
from clients.models import Case, Client, ProtectiveOrder
from clients.screening import may_screen

# Said at the desk, at the API and in an import: it names neither a reason nor a person.
ASK_THE_CLINICIAN = gettext_noop("This cannot be booked here. Please ask the clinician.")


def stands_between(people: Iterable[int]) -> bool:
    """Whether an order keeps two of these people apart, by their keys. One query, none for one person."""
    ids = set(people)
    return (
        len(ids) > 1 and ProtectiveOrder.objects.filter(client__in=ids, other__in=ids, ended_at=None).exists()
    )


def orders_in_force() -> list[set[int]]:
    """Every two who are kept apart now, by their keys: for whoever books very many at once."""
    standing = ProtectiveOrder.objects.filter(ended_at=None).order_by()
    return [set(pair) for pair in standing.values_list("client_id", "other_id")]


def refuse_together(people: Iterable[int]) -> None:
    """Raise ValidationError (code "apart") where these people are not to be brought together."""
    if stands_between(people):
        raise ValidationError({"clients": ValidationError(_(ASK_THE_CLINICIAN), code="apart")})


def orders_of(client: Client) -> QuerySet[ProtectiveOrder]:
    """Every order in this person's record, those that stand first; the caller treats them."""
    orders = client.protective_orders.select_related("other", "noted_by", "ended_by")
    return orders.order_by("-ended_at", "-noted_at", "-pk")


def others_of(user: User, client: Client) -> QuerySet[Client]:
    """Those whom an order can keep away: who shares a case with them that this person treats."""
    shared = Case.objects.treated_by(user).filter(members__client=client)
    return Client.objects.filter(memberships__case__in=shared).exclude(pk=client.pk).distinct()


def note_order(
    *, client: Client, other: Client, reference: str, actor: User, now: datetime
) -> ProtectiveOrder:
    """An order stands from now on; one that stands already stays as it is.

    Raises PermissionDenied for who does not treat them, ValidationError for somebody who is in no
    case with them.
    """
    if not may_screen(actor, client):
        raise PermissionDenied
    if not others_of(actor, client).filter(pk=other.pk).exists():
        raise ValidationError({"other": _("Choose somebody who is in a case with them.")})
    with acting("note_protective_order", actor=actor):
        try:
            with transaction.atomic():
                return ProtectiveOrder.objects.create(
                    client=client, other=other, reference=reference.strip(), noted_at=now, noted_by=actor
                )
        except IntegrityError:
            return ProtectiveOrder.objects.get(client=client, other=other, ended_at=None)


def end_order(*, order: ProtectiveOrder, actor: User, now: datetime) -> ProtectiveOrder:
    """It stands no longer; ending twice keeps the first time. Raises PermissionDenied as above."""
    if not may_screen(actor, order.client):
        raise PermissionDenied
    with acting("end_protective_order", actor=actor):
        locked = ProtectiveOrder.objects.select_for_update().get(pk=order.pk)
        if locked.ended_at is None:
            locked.ended_at, locked.ended_by = now, actor
            locked.save()
    return locked
