"""Where a worker dies or freezes, and which rule a mutated one leaves out."""

import itertools
import random
import threading
from collections.abc import Callable
from typing import Any

from reminders import claiming, dispatch, judging, unknown

Blow = Callable[[], None]
Arrange = Callable[[Any, str, int, Blow, random.Random], None]


def _before(module: Any, name: str, occasion: int, strike: Blow, dice: random.Random) -> None:
    _wrap(module, name, occasion, first=strike)


def _after(module: Any, name: str, occasion: int, strike: Blow, dice: random.Random) -> None:
    _wrap(module, name, occasion, then=strike)


def _during(module: Any, name: str, occasion: int, strike: Blow, dice: random.Random) -> None:
    later = threading.Timer(dice.uniform(0.001, 0.03), strike)
    later.daemon = True
    _wrap(module, name, occasion, first=later.start)


# Where each step is in the code; a worker meets those of a batch at its first, those of a call at any.
_PLACES: dict[str, tuple[Arrange, Any, str, bool]] = {
    "after the claim": (_after, dispatch, "claim", False),
    "before the attempt is committed": (_before, claiming, "_put_aside", False),
    "after the attempt is committed": (_after, dispatch, "begin", False),
    "before the call": (_before, dispatch, "send", True),
    "in the call": (_during, dispatch, "send", True),
    "after the call": (_after, dispatch, "send", True),
    "before the result is committed": (_before, dispatch, "record", False),
    "after the result is committed": (_after, dispatch, "record", False),
    "while the provider's list is asked": (_during, unknown, "_ask", True),
    "before the answer is written": (_before, unknown, "_settle", True),
}
OF_ASKING = ("while the provider's list is asked", "before the answer is written")
OF_SENDING = tuple(step for step in _PLACES if step not in OF_ASKING)
STEPS = (*OF_SENDING, *OF_ASKING)
MOST_CALLS = 8
# Left out in the database itself (see `bench.chaos.stage`).
ONE_UNRESOLVED = "one unresolved per destination"
MUTATIONS = ("the re-read", "the quiet period", ONE_UNRESOLVED, "the version check")


def arrange(step: str, strike: Blow, dice: random.Random) -> None:
    """Let this process be struck at this step of its life, some calls or batches from now."""
    way, module, name, of_calls = _PLACES[step]
    way(module, name, dice.randint(1, MOST_CALLS) if of_calls else 1, strike, dice)


def arrange_at_once(step: str, strike: Blow) -> None:
    """Let this process be struck when it first comes to this step."""
    way, module, name, _ = _PLACES[step]
    way(module, name, 1, strike, random.Random(0))


def mutate(rule: str) -> None:
    """Leave one rule out, to see that the harness would notice."""
    match rule:
        case "the re-read":
            unknown._still_asked = lambda message, attempt: True  # noqa: SLF001
        case "the version check":
            checked = judging._void_reason  # noqa: SLF001
            judging._void_reason = lambda facts: checked(facts) if facts.silent else ""  # noqa: SLF001


def _nothing() -> None:
    pass


def _wrap(module: Any, name: str, occasion: int, first: Blow = _nothing, then: Blow = _nothing) -> None:
    """Call `first` and `then` around the module's function, at this occasion only."""
    real: Callable[..., Any] = getattr(module, name)
    turns = itertools.count(1)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        mine = next(turns) == occasion
        if mine:
            first()
        result = real(*args, **kwargs)
        if mine:
            then()
        return result

    setattr(module, name, wrapped)
