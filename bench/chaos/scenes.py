"""The one moment at which each rule is what protects, brought about on purpose: with the rule, and without it.

Workers freeze at a step and go on when what matters has become true, so that nothing here waits for chance; the
provider's faults are scripted for each number. With its rule kept a scene must pass, and without it must not.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.chaos import judge
from bench.chaos.crowd import Crowd, last_due_at
from bench.chaos.perform import Performance, Told, change, nursery
from bench.chaos.steps import ONE_UNRESOLVED
from reminders.models import Message, State

PATIENCE_SECONDS = 120.0

Faults = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """What those who play a scene can see, and the cues that they can give."""

    performance: Performance
    told: Told
    freezes: str
    prompt: Callable[[str], None]

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        """Raises TimeoutError with these words when it does not become so."""
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            if time.monotonic() > give_up_at:
                raise TimeoutError(f"not seen in the scene: {what}")
            time.sleep(0.05)

    def until_frozen(self) -> None:
        self.wait_until(lambda: self.told.freezes[self.freezes] > 0, f"a worker frozen {self.freezes}")

    def enter(self) -> None:
        """Let the rest of the workers in."""
        self.prompt("enter")

    def thaw(self) -> None:
        """Let the frozen one go on, until it has done all that it was about to do."""
        self.prompt("thaw")
        self.wait_until(lambda: self.told.went_on[self.freezes] > 0, "the thawed worker's end of its pass")

    def is_at_peace(self) -> bool:
        """Whether everything that was due has come to its end."""
        now = self.performance.shift.now()
        return now > last_due_at() and judge.open_rows(now) == 0


@dataclass(frozen=True)
class Scene:
    """Who is there at first, where the first of them freezes, what the provider does wrong, and what happens."""

    opening: str
    play: Callable[[Stage], list[judge.Race]]
    freezes: str = ""
    faults: Callable[[Counter[str]], Faults] = lambda numbers: {}
    # How many times as fast the clock runs.
    speed: float = 40.0


def perform_scene(scene: Scene, performance: Performance, told: Told) -> judge.Verdict:
    """Play it, let everything come to its end, and judge."""
    sandbox = performance.sandbox
    sandbox.misbehave(**scene.faults(performance.crowd.expected))
    around = {"KEPT_CHAOS_OPENING": scene.opening, "KEPT_CHAOS_FREEZE": scene.freezes}
    with nursery({**performance.environment, **around}, 0, told) as prompt:
        stage = Stage(performance, told, scene.freezes, prompt)
        races = scene.play(stage)
        stage.wait_until(stage.is_at_peace, "an end of everything that was due")
        stage.wait_until(
            lambda: judge.left_standing(races, sandbox.messages()) == 0, "the news of each change"
        )
        stage.wait_until(stage.is_at_peace, "an end of the news")
    sandbox.wait_until_settled(60)
    return judge.verdict(performance.crowd, races, sandbox, now=performance.shift.now())


def _late_answer(stage: Stage) -> list[judge.Race]:
    """An asker has heard that nothing was taken; before it writes so, another has, and all went out."""
    stage.until_frozen()
    stage.enter()
    stage.wait_until(stage.is_at_peace, "all texts sent while an asker was frozen")
    stage.thaw()
    return []


def _slow_list(stage: Stage) -> list[judge.Race]:
    """Every first text was taken, the answer lost, and the provider's list does not show it yet."""
    stage.enter()
    return []


def _alike(stage: Stage) -> list[judge.Race]:
    """Nobody asks before every text that may go has gone, and nobody knows what became of it."""
    stage.wait_until(lambda: _all_in_doubt(stage), "every text in doubt, or waiting for its number")
    stage.enter()
    return []


def _claimed_and_changed(stage: Stage) -> list[judge.Race]:
    """Each session moves or is called off between the claim of its text and the commit of the attempt."""
    stage.until_frozen()
    crowd = stage.performance.crowd
    stage.wait_until(lambda: _all_claimed(crowd), "a claim of each changed session's text")
    races = []
    for n, (session, number) in enumerate(crowd.raced):
        moved = n % 2 == 0
        change(session, stage.performance.shift, moved=moved)
        races.append(judge.Race(session.pk, number, moved, stage.performance.shift.now()))
    stage.thaw()
    stage.enter()
    return races


def _all_claimed(crowd: Crowd) -> bool:
    sessions = [session.pk for session, _ in crowd.raced]
    claimed = Message.objects.filter(session__in=sessions, state=State.CLAIMED)
    return claimed.values("session").distinct().count() == len(sessions)


def _all_in_doubt(stage: Stage) -> bool:
    due = Message.objects.filter(due_at__lte=stage.performance.shift.now())
    others = due.exclude(state=State.UNKNOWN).exclude(reason="destination_busy")
    return due.filter(state=State.UNKNOWN).exists() and not others.exists()


def _first_refused(numbers: Counter[str]) -> Faults:
    return {"next": [{"kind": "5xx_before", "to": number} for number in numbers]}


def _first_unanswered(numbers: Counter[str]) -> Faults:
    unanswered = [{"kind": "5xx_after", "to": number} for number in numbers]
    # The quiet period is longer (eight seconds at this scene's speed), what an asker needs far shorter.
    return {"next": unanswered, "listing_lag_seconds": 5}


def _all_unanswered(numbers: Counter[str]) -> Faults:
    return {
        "next": [{"kind": "5xx_after", "to": number, "times": count} for number, count in numbers.items()]
    }


SCENES = {
    "the re-read": Scene(
        "dispatch ask", _late_answer, freezes="before the answer is written", faults=_first_refused
    ),
    "the quiet period": Scene("dispatch ask", _slow_list, faults=_first_unanswered, speed=15.0),
    ONE_UNRESOLVED: Scene("dispatch", _alike, faults=_all_unanswered),
    "the version check": Scene("dispatch", _claimed_and_changed, freezes="after the claim", speed=80.0),
}
