"""Reads from the provider's own record, and from the outbox, whether the promise was kept."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bench.chaos.crowd import Crowd
from reminders.models import Attempt, Message, State
from sandbox.launch import Sandbox

OPEN = (State.PLANNED, State.CLAIMED, State.SENDING, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Race:
    """A session that was changed just as its text was due."""

    session_id: int
    number: str
    moved: bool  # or called off
    acknowledged_at: datetime  # on the run's clock


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run came to; everything but the first two must be zero."""

    messages: int
    texts: int
    lost: int
    doubled: int
    unsettled: int
    held: int
    begun_after_a_change: int
    left_standing: int

    @property
    def is_kept(self) -> bool:
        return not any(value for name, value in asdict(self).items() if name not in ("messages", "texts"))


def open_rows(now: datetime) -> int:
    """Rows that are due and not yet at an end, those included that wait for another try."""
    return Message.objects.filter(state__in=OPEN, due_at__lte=now).count()


def verdict(crowd: Crowd, races: list[Race], sandbox: Sandbox, *, now: datetime) -> Verdict:
    """Compare what each number should have got with what the provider took for it."""
    texts = sandbox.messages(direction="outbound-api")
    heard = Counter(text["to"] for text in texts)
    wrong = {number: heard[number] - count for number, count in crowd.expected.items()}
    return Verdict(
        messages=crowd.expected.total(),
        texts=len(texts),
        lost=-sum(count for count in wrong.values() if count < 0),
        doubled=sum(count for count in wrong.values() if count > 0),
        unsettled=open_rows(now),
        held=Message.objects.filter(state=State.HELD).count(),
        begun_after_a_change=sum(_begun_after(race) for race in races),
        left_standing=left_standing(races, texts),
    )


def _begun_after(race: Race) -> int:
    """Attempts about the old time that were committed after the change was acknowledged."""
    late = Attempt.objects.filter(
        message__session=race.session_id,
        message__purpose="reminder",
        message__subject_version=1,
        committed_at__gt=race.acknowledged_at,
    )
    return late.count()


def left_standing(races: list[Race], texts: list[dict[str, Any]]) -> int:
    """People whose last text is not the news: an old time that nobody corrected, or news never told."""
    last: dict[str, str] = {}
    for text in texts:
        last[text["to"]] = text["body"]
    return sum(not _is_news(last.get(race.number, ""), race) for race in races)


def _is_news(body: str, race: Race) -> bool:
    return ("is now" if race.moved else "cannot keep") in body
