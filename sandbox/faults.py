"""Misbehaviour on demand: what goes wrong with the next request, by script or by chance."""

import random
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

KINDS = (
    "429",
    "5xx_before",
    "5xx_after",
    "drop_before",
    "drop_after",
    "timeout_before",
    "timeout_after",
)
SCRIPT_ONLY = "error"


class BadFaultsError(ValueError):
    """A wish for faults that makes no sense; its words go back to whoever asked."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How often things go wrong (0 to 1) and how long they take, in the units named."""

    latency_ms: float = 0
    jitter_ms: float = 0
    rate_429: float = 0
    rate_5xx_before: float = 0
    rate_5xx_after: float = 0
    rate_drop_before: float = 0
    rate_drop_after: float = 0
    rate_timeout_before: float = 0
    rate_timeout_after: float = 0
    hang_seconds: float = 30
    carrier_seconds: float = 0.25
    listing_lag_seconds: float = 0
    callback_duplicate_rate: float = 0
    callback_drop_rate: float = 0
    callback_reorder_rate: float = 0
    callback_delay_min_seconds: float = 0
    callback_delay_max_seconds: float = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong; `to` and `on` narrow a scripted one to a number and a verb."""

    kind: str
    to: str = ""
    on: str = "create"
    status: int = 500
    code: int = 0
    seconds: float | None = None

    @property
    def is_after(self) -> bool:
        """Whether the request has been accepted by the time this strikes."""
        return self.kind.endswith("_after")

    def meets(self, verb: str, to: str) -> bool:
        """Whether a request of this kind, to this number, is the one meant."""
        return self.on == verb and self.to in ("", to)


class Faults:
    """The present misbehaviour, its dice, and the scripted faults still to come."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Behave well again, with fresh dice."""
        self.rates = Rates()
        self.script: deque[Fault] = deque()
        self.dice = random.Random()  # noqa: S311 - dice, not secrets
        self.seen: Counter[str] = Counter()

    def change(self, wishes: Mapping[str, object]) -> None:
        """Set the named rates; `next` replaces the script, `seed` throws new dice."""
        wanted = dict(wishes)
        script = wanted.pop("next", None)
        seed = wanted.pop("seed", None)
        rates = replace(self.rates, **{name: _number(name, wanted[name]) for name in wanted})
        new_script = None if script is None else _script(script)
        self.rates = rates
        if new_script is not None:
            self.script = new_script
        if seed is not None:
            self.dice = random.Random(str(seed))  # noqa: S311

    def as_json(self) -> dict[str, object]:
        """The rates and the script as they stand."""
        return {**asdict(self.rates), "next": [asdict(fault) for fault in self.script]}

    def draw(self, verb: str, to: str) -> Fault | None:
        """The fault of this request, if any: the script comes first, then chance."""
        fault = self._scripted(verb, to)
        if fault is None and verb == "create":
            fault = self._by_chance()
        if fault is not None:
            self.seen[fault.kind] += 1
        return fault

    def latency_seconds(self) -> float:
        """How long this answer takes on top of the work."""
        rates = self.rates
        if not rates.latency_ms and not rates.jitter_ms:
            return 0.0
        return (rates.latency_ms + self.dice.uniform(0, rates.jitter_ms)) / 1000

    def callback_delay_seconds(self) -> float:
        """How late this status callback is."""
        rates = self.rates
        return self.dice.uniform(rates.callback_delay_min_seconds, rates.callback_delay_max_seconds)

    def happens(self, rate: float) -> bool:
        """Throw the dice once; a rate of zero never costs a throw."""
        return rate > 0 and self.dice.random() < rate

    def _scripted(self, verb: str, to: str) -> Fault | None:
        for fault in self.script:
            if fault.meets(verb, to):
                self.script.remove(fault)
                return fault
        return None

    def _by_chance(self) -> Fault | None:
        rates = self.rates
        throw = -1.0
        for kind in KINDS:
            rate: float = getattr(rates, f"rate_{kind}")
            if not rate:
                continue
            throw = self.dice.random() if throw < 0 else throw
            if throw < rate:
                return Fault(kind)
            throw -= rate
        return None


_RATE_NAMES = {field.name for field in fields(Rates)}
_FAULT_NAMES = {field.name for field in fields(Fault)}


def _number(name: str, value: object) -> float:
    if name not in _RATE_NAMES:
        raise BadFaultsError(f"unknown fault {name!r}; known: {', '.join(sorted(_RATE_NAMES))}")
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise BadFaultsError(f"{name} must be a number, zero or more")
    if "rate" in name and value > 1:
        raise BadFaultsError(f"{name} is a share between 0 and 1")
    return float(value)


def _script(steps: object) -> deque[Fault]:
    if not isinstance(steps, list):
        raise BadFaultsError("next must be a list")
    script: deque[Fault] = deque()
    for step in steps:
        if not isinstance(step, dict):
            raise BadFaultsError("each step of next must be an object")
        wanted = dict(step)
        times = wanted.pop("times", 1)
        script.extend([_fault(wanted)] * int(times))
    return script


def _fault(wanted: dict[str, object]) -> Fault:
    if unknown := set(wanted) - _FAULT_NAMES:
        raise BadFaultsError(f"unknown in a step of next: {', '.join(sorted(unknown))}")
    if wanted.get("kind") not in (*KINDS, SCRIPT_ONLY):
        raise BadFaultsError(f"kind must be one of {', '.join((*KINDS, SCRIPT_ONLY))}")
    if wanted.get("on", "create") not in ("create", "list", "fetch"):
        raise BadFaultsError("on must be create, list or fetch")
    for name in {"status", "code", "seconds"} & set(wanted):
        if not isinstance(wanted[name], int | float):
            raise BadFaultsError(f"{name} in a step of next must be a number")
    return Fault(**wanted)  # type: ignore[arg-type]
