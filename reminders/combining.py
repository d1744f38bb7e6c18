"""Several sessions of one person are one reminder, or one word of new times, which names each day and time."""

from collections import defaultdict
from dataclasses import dataclass

from reminders.facts import Facts
from reminders.judging import Go, Judgement
from reminders.models import Purpose

# Beyond this many, what is not due yet keeps its own text.
MOST_TIMES = 6
# What is moved in one step is due in one: a series that goes to another day is told once.
TOGETHER = (Purpose.REMINDER, Purpose.MOVED)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes out as one message: the one that is due, and those whose times it names too."""

    lead: Facts
    go: Go
    others: tuple[Facts, ...] = ()

    @property
    def times(self) -> list[Facts]:
        """All of them, the earliest session first."""
        return sorted((self.lead, *self.others), key=_by_start)


def bundles_of(judged: list[tuple[Facts, Judgement]]) -> list[Bundle]:
    """Those that may go, put together by person, address and wording.

    A companion, which is not due yet, never goes by itself.
    """
    groups: dict[tuple[object, ...], list[tuple[Facts, Go]]] = defaultdict(list)
    for row, judgement in judged:
        if isinstance(judgement, Go):
            groups[_group(row, judgement)].append((row, judgement))
    bundles = [_bundle(group) for group in groups.values()]
    return [bundle for bundle in bundles if bundle is not None]


def _group(row: Facts, go: Go) -> tuple[object, ...]:
    if row.purpose not in TOGETHER:
        return (row.message_id,)
    return row.purpose, row.recipient_id, row.template_key, go.contact.channel, go.contact.address


def _bundle(group: list[tuple[Facts, Go]]) -> Bundle | None:
    due = sorted((pair for pair in group if not pair[0].is_companion), key=lambda pair: _by_start(pair[0]))
    if not due:
        return None
    lead, go = due[0]
    late = [row for row, _ in due[1:]]
    early = sorted((row for row, _ in group if row.is_companion), key=_by_start)
    return Bundle(lead, go, tuple(late + early[: max(0, MOST_TIMES - len(due))]))


def _by_start(row: Facts) -> tuple[object, int]:
    return row.starts_at, row.message_id
