"""The practice's own list of what gets in the way, and its map to what can help (row 2.9)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils.text import slugify
from django.utils.translation import gettext as _

from clients.models import Barrier, BarrierGroup, Resource, Strategy

Listed = TypeVar("Listed", Resource, Strategy)
# The four groups of row 2.1; with the two answers that name none, nothing helps.
NAMED_GROUPS = [(group.value, group.label) for group in BarrierGroup if group != BarrierGroup.NOT_SAID]


@dataclass(frozen=True, kw_only=True)
class ResourceDetails:
    """Help that can be pointed to, and what it helps with."""

    name: str
    details: str = ""
    phone: str = ""
    url: str = ""
    barriers: tuple[Barrier, ...] = ()
    is_active: bool = True


@dataclass(frozen=True, kw_only=True)
class StrategyDetails:
    """Something to agree on with clients, and what it helps with."""

    name: str
    details: str = ""
    barriers: tuple[Barrier, ...] = ()
    is_active: bool = True


@dataclass(frozen=True, kw_only=True)
class BarrierDetails:
    """A barrier of the practice's own."""

    label: str
    group: str
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What can help with one barrier."""

    barrier: Barrier
    strategies: tuple[Strategy, ...]
    resources: tuple[Resource, ...]


def write_resource(*, resource: Resource | None, details: ResourceDetails) -> Resource:
    """Add to the directory, or change what it says (None adds). Referrals keep pointing to it."""
    written = resource or Resource()
    written.name, written.details = details.name.strip(), details.details.strip()
    written.phone, written.url = details.phone.strip(), details.url
    return _written(written, details.barriers, is_active=details.is_active)


def write_strategy(*, strategy: Strategy | None, details: StrategyDetails) -> Strategy:
    """Add a strategy, or change its words and what it helps with (None adds)."""
    written = strategy or Strategy()
    written.name, written.details = details.name.strip(), details.details.strip()
    return _written(written, details.barriers, is_active=details.is_active)


def write_barrier(*, barrier: Barrier | None, details: BarrierDetails) -> Barrier:
    """Add a barrier of the practice's own, or change it (None adds).

    Raises ValidationError for those that Kept came with, and for a name that is taken.
    """
    if barrier is not None and not barrier.is_own:
        raise ValidationError(_("This one stays as it is."))
    if details.group not in dict(NAMED_GROUPS):
        raise ValidationError({"group": _("Choose to what it belongs.")})
    alike = Barrier.objects.filter(label__iexact=details.label.strip()).first()
    if alike not in (None, barrier):
        raise ValidationError({"label": _("There is one of this name.")})
    written = barrier or Barrier(code=_free_code(details.label), is_own=True, position=_last_place())
    written.label, written.group, written.is_active = details.label.strip(), details.group, details.is_active
    # Whether name and code are free is PostgreSQL's to say: a colleague may add one at the same moment.
    written.full_clean(exclude={"code"}, validate_constraints=False)
    try:
        with transaction.atomic():
            written.save()
    except IntegrityError as taken:
        raise ValidationError({"label": _("There is one of this name.")}) from taken
    return written


def what_helps(barriers: Iterable[Barrier]) -> list[Suggestion]:
    """What is known to help with these, each thing once, with the first barrier that it helps with.

    Barriers with which nothing is known to help are left out. Three queries.
    """
    active = (
        Prefetch("strategies", Strategy.objects.filter(is_active=True)),
        Prefetch("resources", Resource.objects.filter(is_active=True)),
    )
    wanted = Barrier.objects.filter(pk__in=[barrier.pk for barrier in barriers])
    seen: set[object] = set()
    found = []
    for barrier in wanted.prefetch_related(*active):
        fresh = Suggestion(
            barrier,
            tuple(one for one in barrier.strategies.all() if one not in seen),
            tuple(one for one in barrier.resources.all() if one not in seen),
        )
        seen.update(fresh.strategies, fresh.resources)
        if fresh.strategies or fresh.resources:
            found.append(fresh)
    return found


def barriers_with_help() -> list[Barrier]:
    """Every barrier, group by group, with everything mapped to it. Three queries."""
    groups = BarrierGroup.values
    found = Barrier.objects.prefetch_related("strategies", "resources")
    return sorted(found, key=lambda barrier: groups.index(barrier.group))


def _written(written: Listed, barriers: Collection[Barrier], *, is_active: bool) -> Listed:
    if any(barrier.group == BarrierGroup.NOT_SAID for barrier in barriers):
        raise ValidationError({"barriers": _("Nothing helps with what nobody has named.")})
    written.is_active = is_active
    written.full_clean()
    with transaction.atomic():
        written.save()
        written.barriers.set(barriers)
    return written


def _free_code(label: str) -> str:
    """A code of its own for a name; numbered where another barrier has it."""
    code = slugify(label).replace("-", "_")[:40] or "own"
    taken = set(Barrier.objects.filter(code__startswith=code).values_list("code", flat=True))
    return next(one for n in range(len(taken) + 1) if (one := f"{code}_{n + 1}" if n else code) not in taken)


def _last_place() -> int:
    """After the others, and before the two answers that name none, which come last in every group."""
    last = Barrier.objects.exclude(group=BarrierGroup.NOT_SAID).order_by("-position").first()
    return last.position if last else 0
