"""Whose time is taken, in Kept and by the rows accepted so far."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from importing.refusals import RowRefused
from sessions_app.models import Occupancy
from sessions_app.occupancy import Conflict, in_the_way


@dataclass
class Taken:
    """The stretches by resource, in order; none of one resource overlap (the calendar's own law)."""

    _stretches: dict[str, list[tuple[datetime, datetime, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @classmethod
    def load(cls, *, now: datetime) -> Self:
        taken = cls()
        coming = Occupancy.objects.filter(released_at=None, during__endswith__gt=now).order_by("during")
        for resource, during, time_off in coming.values_list("resource", "during", "time_off_id").iterator():
            taken._stretches[resource].append((during.lower, during.upper, time_off is not None))
        return taken

    def refuse_conflicts(self, keys: Iterable[str], starts_at: datetime, ends_at: datetime) -> None:
        """Raise RowRefused, in the words of booking, where one of them is taken."""
        for key in keys:
            stretches = self._stretches[key]
            place = bisect_left(stretches, (starts_at, starts_at, False))
            for begins, ends, is_time_off in stretches[max(place - 1, 0) : place + 1]:
                if begins < ends_at and starts_at < ends:
                    raise RowRefused(in_the_way(Conflict(key, begins, ends, is_time_off)))

    def take(self, keys: Iterable[str], starts_at: datetime, ends_at: datetime) -> None:
        for key in keys:
            insort(self._stretches[key], (starts_at, ends_at, False))
