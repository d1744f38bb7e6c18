"""Threads that make the calls, and hand back what came of them in handfuls."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from types import TracebackType
from typing import Generic, Self, TypeVar

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


class Crew(Generic[Task, Outcome]):
    """Does `work` for each task handed over, as many at once as there are threads, at most `size`.

    Lighter than an executor, whose futures cost a tenth of a whole call: nobody is woken for a
    single outcome. Leaving the block waits for what is under way.
    """

    def __init__(self, work: Callable[[Task], Outcome], size: int) -> None:
        self._work = work
        self._size = size
        self._threads: list[threading.Thread] = []
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._done: deque[tuple[Task, Outcome | BaseException]] = deque()
        self._handful = 1
        self._enough = threading.Event()
        self.under_way = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def take(self, tasks: Iterable[Task]) -> None:
        """Begin with these as soon as a thread is free."""
        for task in tasks:
            self.under_way += 1
            self._tasks.put(task)
        while len(self._threads) < min(self._size, self.under_way):
            thread = threading.Thread(target=self._toil, name=f"send-{len(self._threads)}")
            self._threads.append(thread)
            thread.start()

    def collect(self, *, handful: int, seconds: float) -> list[tuple[Task, Outcome]]:
        """What is done: waits for so many, or for all that are under way, but no longer than that.

        Raises what `work` raised.
        """
        self._handful = min(handful, self.under_way)
        self._enough.clear()
        if len(self._done) < self._handful:
            self._enough.wait(seconds)
        return [self._next() for _ in range(len(self._done))]

    def _next(self) -> tuple[Task, Outcome]:
        task, outcome = self._done.popleft()
        self.under_way -= 1
        if isinstance(outcome, BaseException):
            raise outcome
        return task, outcome

    def _toil(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                outcome: Outcome | BaseException = self._work(task)
            except BaseException as error:  # noqa: BLE001 - the pass raises it in its own thread
                outcome = error
            self._done.append((task, outcome))
            if len(self._done) >= self._handful:
                self._enough.set()
