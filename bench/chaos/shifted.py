"""A clock that runs many times as fast, so that the quiet periods of a day fit into a run of minutes.

Every process of a run installs the same one. Rules keep their real lengths: 120 s of quiet pass in six.
"""

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from reminders import dispatch

VARIABLE = "KEPT_CHAOS_CLOCK"


@dataclass(frozen=True)
class Shift:
    """At the real instant `real` (Unix seconds) it was `virtual`; since then time runs `speed` times as fast."""

    real: float
    virtual: datetime
    speed: float

    def now(self) -> datetime:
        return self.virtual + timedelta(seconds=(time.time() - self.real) * self.speed)

    def seconds(self, virtual: timedelta) -> float:
        """How long so much virtual time really takes."""
        return virtual.total_seconds() / self.speed

    def environment(self) -> dict[str, str]:
        return {VARIABLE: f"{self.real} {self.virtual.timestamp()} {self.speed}"}


def from_environment() -> Shift:
    """The clock of this run; raises KeyError outside one."""
    real, virtual, speed = map(float, os.environ[VARIABLE].split())
    return Shift(real, datetime.fromtimestamp(virtual, UTC), speed)


def install() -> Shift:
    """Let this process read the run's clock wherever it asks for the time."""
    shift = from_environment()
    timezone.now = shift.now

    class PassClock(dispatch.Clock):
        """A pass that records real seconds would cut the quiet periods short."""

        def read(self) -> datetime:
            return shift.now()

    dispatch.Clock = PassClock  # type: ignore[misc]
    return shift
