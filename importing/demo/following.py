"""How the demonstration followed up on its misses: looked at each day's end, called the same day or the next morning."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from accounts.models import User
from clients.models import Barrier
from followups.models import AttemptChannel, AttemptResult, FollowUp, ProtocolCode, StepKind
from followups.reconcile import reconcile
from followups.services import AttemptDetails, close_follow_up, log_attempt
from importing.demo.practice import Setting

SEED = 20_261_117
LATE = ProtocolCode.LATE_CANCELLATION
# What is still in the queue when the demonstration begins.
LEFT_OPEN = timedelta(days=3)
# After so long a clinician has talked it over with who comes again.
SETTLED_AFTER = timedelta(days=9)
RESULTS = (AttemptResult.REACHED, AttemptResult.NO_ANSWER, AttemptResult.LEFT_WORD, AttemptResult.DECLINED)
WEIGHTS = (44, 30, 22, 4)
# What people say when they are asked: a few things, again and again.
SAID = (
    ("transportation", "The bus did not come."),
    ("transportation", "The car is in the shop."),
    ("scheduling_conflict", "They changed my shift."),
    ("forgot", "I thought it was tomorrow."),
    ("illness", "I was in bed with a fever."),
)
SAID_WEIGHTS = (5, 3, 4, 3, 2)


@dataclass
class Following:
    """Goes along with the weeks, so that each pass sees only what had happened by then."""

    setting: Setting
    now: datetime

    def __post_init__(self) -> None:
        self.random = random.Random(SEED)  # noqa: S311 - a draw of calls, not a secret
        self.desk = User.objects.get(name="Fran Castillo")
        self.barriers = {one.code: one for one in Barrier.objects.all()}

    def after_day(self, last_end: datetime) -> None:
        """Look at what the day brought, and call whom it is time to call."""
        at = last_end + timedelta(minutes=20)
        reconcile(now=at, full=True)
        if at > self.now - LEFT_OPEN:
            return
        for follow_up in FollowUp.objects.open().with_people().order_by("pk"):
            step = follow_up.current_step
            # Who cancelled late has said a word; they come again by themselves.
            if step and step.kind == StepKind.CALL and follow_up.protocol.code != LATE:
                self._call(follow_up, at)
            elif follow_up.opened_at < at - SETTLED_AFTER:
                self._settle(follow_up, at)

    def _call(self, follow_up: FollowUp, at: datetime) -> None:
        # Some days nobody gets to it.
        if self.random.random() < 0.12:
            return
        result = self.random.choices(RESULTS, WEIGHTS)[0]
        code, words = self.random.choices(SAID, SAID_WEIGHTS)[0]
        talked = result == AttemptResult.REACHED
        attempt = AttemptDetails(
            channel=AttemptChannel.CALL,
            result=result,
            client_words=words if talked else "",
            barriers=(self.barriers[code],) if talked else (),
        )
        called_at = self._when(at)
        log_attempt(follow_up=follow_up, attempt=attempt, actor=self._caller(follow_up), now=called_at)

    def _when(self, at: datetime) -> datetime:
        """Before the practice closes, or in the next morning."""
        if self.random.random() < 0.6:
            return at + timedelta(minutes=self.random.randint(5, 90))
        zone = self.setting.practice.zone
        morning = datetime.combine(at.astimezone(zone).date() + timedelta(days=1), time(9), tzinfo=zone)
        return morning + timedelta(minutes=self.random.randint(0, 150))

    def _caller(self, follow_up: FollowUp) -> User:
        return self._clinician(follow_up) if follow_up.protocol.is_sensitive else self.desk

    def _settle(self, follow_up: FollowUp, at: datetime) -> None:
        clinician = self._clinician(follow_up)
        close_follow_up(
            follow_up=follow_up, because="We talked about it; they come.", actor=clinician, now=at
        )

    def _clinician(self, follow_up: FollowUp) -> User:
        return follow_up.case.clinicians.all()[0]
