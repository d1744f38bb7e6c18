"""Sends what is due: claim, commit the attempt, call outside any transaction, record."""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import connection

from reminders.claiming import BATCH, begin, claim, end_overdue
from reminders.crew import Crew
from reminders.health import is_paused, log_pass
from reminders.models import PassKind
from reminders.owners import Owner, owning
from reminders.rendering import Wordings
from reminders.results import record
from reminders.transports import Parcel, Result, prepare, send
from reminders.transports.parcel import NEVER

log = structlog.get_logger(__name__)

IN_FLIGHT = 50
# An attempt begun later than this after its commit might speak of a time that no longer holds.
BEGIN_WITHIN_SECONDS = 5.0
# Well within a task's soft limit, with a provider's timeout to spare.
PASS_SECONDS = 30.0
# Results are written in handfuls: so long does the first of a handful wait for the others. While one
# half of the crew calls, what the other half brought is written and its next batch committed.
HANDFUL = BATCH
HANDFUL_SECONDS = 0.15


@dataclass(slots=True)
class Clock:
    """The pass's instant, which moves on as real time does."""

    started: datetime
    began: float = field(default_factory=time.monotonic)

    @property
    def elapsed_seconds(self) -> float:
        return time.monotonic() - self.began

    def read(self) -> datetime:
        return self.started + timedelta(seconds=self.elapsed_seconds)


def dispatch(*, now: datetime, seconds: float = PASS_SECONDS) -> int:
    """Send everything that is due at `now`, for at most so many seconds; returns the calls made.

    Any number of dispatchers may run at once, on any number of machines.
    """
    clock = Clock(now)
    count = 0
    if not is_paused() and _has_due(now):
        prepare()
        end_overdue(now)
        with owning() as owner, Crew(_carry, IN_FLIGHT) as crew:
            count = _Pass(owner, crew, clock, seconds).run()
    log_pass(kind=PassKind.DISPATCH, now=clock.read(), rows_count=count)
    return count


@dataclass(frozen=True, slots=True)
class Errand:
    """A parcel to carry, and when its attempt was about to be committed (monotonic seconds)."""

    parcel: Parcel
    committed: float


class _Pass:
    """One dispatcher's pass over what is due."""

    def __init__(self, owner: Owner, crew: Crew[Errand, Result], clock: Clock, seconds: float) -> None:
        self._owner = owner
        self._crew = crew
        self._clock = clock
        self._seconds = seconds
        self._wordings = Wordings.load()
        self._more = True
        self._rests_until = clock.started

    def run(self) -> int:
        count = 0
        while self._crew.under_way or self._wants_more():
            while self._may_claim():
                count += self._launch()
            self._land()
        return count

    def _wants_more(self) -> bool:
        return self._more and self._clock.elapsed_seconds < self._seconds

    def _may_claim(self) -> bool:
        has_room = self._crew.under_way + BATCH <= IN_FLIGHT
        return self._wants_more() and has_room and self._clock.read() >= self._rests_until

    def _launch(self) -> int:
        """Commit a batch of attempts and hand them to the pool; returns how many."""
        self._owner.check()
        claims = claim(owner_key=self._owner.key, now=self._clock.read())
        if not claims:
            self._more = False
            return 0
        before_commit = time.monotonic()
        batch = begin(claims, owner_key=self._owner.key, now=self._clock.read(), wordings=self._wordings)
        self._rests_until = batch.rests_until or self._rests_until
        self._crew.take(Errand(parcel, before_commit) for parcel in batch.parcels)
        return len(batch.parcels)

    def _land(self) -> None:
        """Write down whatever has come back."""
        if not self._crew.under_way:
            if self._wants_more():
                time.sleep(HANDFUL_SECONDS)
            return
        done = self._crew.collect(handful=HANDFUL, seconds=HANDFUL_SECONDS)
        if done:
            record([(errand.parcel, result) for errand, result in done], now=self._clock.read())


def _carry(errand: Errand) -> Result:
    if time.monotonic() - errand.committed > BEGIN_WITHIN_SECONDS:
        return Result(NEVER)
    return send(errand.parcel)


def _has_due(now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM reminders_message WHERE state = 'planned' AND not_before <= %s)",
            [now],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
