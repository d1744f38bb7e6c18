"""CPU seconds, of this process and of others with everything that they started."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import psutil

Clock = Callable[[], float]


@dataclass
class Spent:
    """What a piece of work took: CPU seconds by name, and wall seconds."""

    cpu: dict[str, float]
    wall: float = 0.0

    def milliseconds(self, times: int, *names: str) -> float:
        """CPU of these, or of all, for each of so many operations."""
        return sum(self.cpu[name] for name in names or self.cpu) / times * 1000


# Of this process alone, its threads included.
own: Clock = time.process_time


def tree(pid: int) -> Clock:
    """Of a process and of everything that it started, the ended included."""
    return partial(_cpu_of_tree, pid)


def _cpu_of_tree(pid: int) -> float:
    root = psutil.Process(pid)
    return sum(map(_cpu_of, [root, *root.children(recursive=True)]))


def _cpu_of(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    # A parent holds the times of the children that it has buried; the living are counted themselves.
    return float(times.user + times.system + times.children_user + times.children_system)


@contextmanager
def measured(**clocks: Clock) -> Iterator[Spent]:
    """Measure what is spent while the block runs."""
    spent = Spent({name: -clock() for name, clock in clocks.items()})
    began = time.monotonic()
    yield spent
    spent.wall = time.monotonic() - began
    for name, clock in clocks.items():
        spent.cpu[name] += clock()
