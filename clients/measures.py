"""What was offered against what gets in the way, and what missing costs clients, in numbers."""

from dataclasses import dataclass

from django.db.models import Count, Q

from clients.models import OPEN_STATES, Consequence, ReferralState
from clients.querysets import ConsequenceQuerySet, ReferralQuerySet


@dataclass(frozen=True, kw_only=True)
class Offered:
    """Offers of help from one barrier; each offer counts once."""

    barrier: str  # empty where none was noted
    offered: int
    wanted: int
    helped: int
    not_helped: int
    still_open: int
    clients: int


@dataclass(frozen=True, kw_only=True)
class Noted:
    """One consequence, and how often it was noted."""

    kind: str
    times: int
    clients: int


_COUNTS = ("offered", "wanted", "helped", "not_helped", "still_open", "clients")
# They wanted it at some time, whatever came of it.
_WANTED = (ReferralState.ACCEPTED, ReferralState.IN_CONTACT, ReferralState.HELPED, ReferralState.NOT_HELPED)


def help_offered(referrals: ReferralQuerySet) -> list[Offered]:
    """Offers by the barrier from which they help, in the order of the list. One query."""
    counted = (
        referrals.order_by()
        .values("barrier__label")
        .annotate(
            offered=Count("pk"),
            wanted=Count("pk", filter=Q(state__in=_WANTED)),
            helped=Count("pk", filter=Q(state=ReferralState.HELPED)),
            not_helped=Count("pk", filter=Q(state=ReferralState.NOT_HELPED)),
            still_open=Count("pk", filter=Q(state__in=OPEN_STATES)),
            clients=Count("client", distinct=True),
        )
        .order_by("barrier__position", "barrier__pk")
        .values_list("barrier__label", *_COUNTS)
    )
    return [
        Offered(barrier=label or "", **dict(zip(_COUNTS, counts, strict=True))) for label, *counts in counted
    ]


def consequences_noted(consequences: ConsequenceQuerySet) -> list[Noted]:
    """How often each consequence was noted, in the order of the list. One query."""
    counted = (
        consequences.order_by()
        .values("kind")
        .annotate(times=Count("pk"), clients=Count("client", distinct=True))
    )
    found = {one["kind"]: Noted(**one) for one in counted}
    return [found[kind] for kind in Consequence.Kind if kind in found]
