"""Fills the demonstration's weeks: series booked, outcomes drawn, today under way."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby

from attendance.models import Outcome, Source
from attendance.services import Seen, record_outcome
from clients.models import Barrier, Case
from importing.demo.practice import HISTORY_WEEKS, WEEKS_AHEAD, Setting
from importing.demo.rates import EVENTS, WEIGHTS
from sessions_app.models import (
    AnsweredBy,
    CancelledBy,
    Modality,
    Participant,
    Response,
    TherapySession,
)
from sessions_app.services import (
    Booking,
    book_series,
    cancel_participant,
    cancel_session,
    mark_arrived,
    record_response,
)

SEED = 20_261_116
# Minutes from the present at which the day's sessions begin, one list a clinician; a couple of
# Dr. Okafor's has just begun.
GRID = (-300, -200, -100, -10, 100, 190, 280)
Progress = Callable[[str], None]
# Told when the last session of each day that is past has ended.
AfterDay = Callable[[datetime], None]


@dataclass
class Weeks:
    """Books and lives through the weeks of one practice."""

    setting: Setting
    now: datetime
    tell: Progress
    after_day: AfterDay

    def __post_init__(self) -> None:
        self.random = random.Random(SEED)  # noqa: S311 - a draw of outcomes, not a secret
        self.barriers = list(Barrier.objects.exclude(group="not_said"))

    def fill(self) -> None:
        """Book everything, then record what is past, then set today in motion."""
        for mail in self.setting.clinicians:
            self._book_clinician(mail)
        self._live_through_the_past()
        self._set_today_in_motion()

    def _book_clinician(self, mail: str) -> None:
        self.tell(f"booking the weeks of {self.setting.clinicians[mail].name}")
        for case, (day, at) in zip(self.setting.cases[mail], self._places(), strict=False):
            self._book(mail, case, day, at)

    def _places(self) -> Iterator[tuple[int, time]]:
        """Weekday and hour for one case after the other: today's first, around the present."""
        local = self.now.astimezone(self.setting.practice.zone).replace(second=0, microsecond=0)
        present = local - timedelta(minutes=local.minute % 5)
        hours = [(present + timedelta(minutes=minutes)).time() for minutes in GRID]
        # The one under way comes first: a couple or a family leads each list.
        order = [hours[place] for place in (3, 2, 4, 1, 5, 0, 6) if 8 <= hours[place].hour < 18]
        for day in range(5):
            for hour in order[: 7 if day == 0 else 4]:
                yield day, hour

    def _book(self, mail: str, case: Case, day: int, at: time) -> None:
        setting = self.setting
        first = setting.today + timedelta(days=day) - timedelta(weeks=HISTORY_WEEKS)
        room = setting.rooms[mail]
        booking = Booking(
            case=case,
            clinicians=(setting.clinicians[mail],),
            service=setting.service[case.kind],
            on=first,
            at=at,
            timezone=setting.practice.timezone,
            minutes=setting.service[case.kind].minutes,
            modality=Modality.IN_PERSON if room else Modality.VIDEO,
            location=room.location if room else None,
            room=room,
            video_link="" if room else f"https://video.example.org/{case.public_id.hex[:10]}",
        )
        book_series(
            booking=booking,
            every_weeks=1,
            count=HISTORY_WEEKS + WEEKS_AHEAD,
            actor=None,
            now=self.now - timedelta(weeks=HISTORY_WEEKS + 1),
        )

    def _live_through_the_past(self) -> None:
        past = TherapySession.objects.filter(on__lt=self.setting.today).order_by("starts_at")
        total = past.count()
        n = 0
        for _day, sessions in groupby(past.prefetch_related("participants__client"), lambda one: one.on):
            for session in sessions:
                if n % 200 == 0:
                    self.tell(f"recording the past: {n} of {total} sessions")
                self._live_through(session)
                n += 1
            self.after_day(session.ends_at)

    def _live_through(self, session: TherapySession) -> None:
        event = self.random.choices(EVENTS, WEIGHTS)[0]
        if event == "practice_cancels":
            before = session.starts_at - timedelta(hours=self.random.randint(20, 90))
            cancel_session(session=session, by=CancelledBy.PRACTICE, actor=None, now=before)
            return
        for participant in session.participants.all():
            self._happen(participant, self.random.choices(EVENTS[:5], WEIGHTS[:5])[0])

    def _happen(self, participant: Participant, event: str) -> None:
        if event == "client_cancels":
            lead = timedelta(hours=self.random.choice((3, 8, 20, 30, 50, 70)))
            cancel_participant(
                participant=participant,
                by=CancelledBy.CLIENT,
                actor=None,
                now=participant.starts_at - lead,
            )
            return
        self._record(participant, event)

    def _record(self, participant: Participant, event: str) -> None:
        outcome = Outcome(event)
        if outcome == Outcome.NO_SHOW and participant.client.is_minor(self.setting.today):
            outcome = Outcome.NOT_BROUGHT
        late = self.random.randint(6, 18) if event in {"attended_late", "too_late"} else None
        seen = Seen(
            outcome=outcome,
            source=Source.BOARD,
            late_minutes=late,
            barriers=self._named(outcome),
        )
        record_outcome(
            participant=participant,
            seen=seen,
            actor=None,
            now=participant.starts_at + timedelta(minutes=30),
        )

    def _named(self, outcome: Outcome) -> tuple[Barrier, ...] | None:
        if outcome in {Outcome.NO_SHOW, Outcome.NOT_BROUGHT} and self.random.random() < 0.6:
            return tuple(self.random.sample(self.barriers, self.random.choice((1, 1, 2))))
        return None

    def _set_today_in_motion(self) -> None:
        """Earlier sessions recorded but one, who is here is here, some of the later confirmed."""
        self.tell("setting today in motion")
        today = TherapySession.objects.filter(on=self.setting.today).order_by("starts_at")
        over = [session for session in today if session.ends_at <= self.now]
        for session in over[:-1]:
            for participant in session.participants.all():
                self._record(participant, self.random.choices(("attended", "no_show"), (9, 1))[0])
        for session in today:
            if session.starts_at <= self.now < session.ends_at:
                self._begin(session)
            elif session.starts_at > self.now:
                self._answer(session)

    def _begin(self, session: TherapySession) -> None:
        """Everybody is here, but one partner of Dr. Okafor's couple is not yet."""
        for participant in session.participants.all():
            if participant.client.given_name != "Jonah":
                mark_arrived(
                    participant=participant,
                    actor=None,
                    now=session.starts_at - timedelta(minutes=self.random.randint(0, 6)),
                )

    def _answer(self, session: TherapySession) -> None:
        for participant in session.participants.all():
            answer = self.random.choices(("confirmed", "none", "asks_to_move"), (6, 4, 1))[0]
            if answer != Response.NONE:
                record_response(
                    participant=participant,
                    response=answer,
                    by=AnsweredBy.SMS,
                    actor=None,
                    now=self.now - timedelta(hours=self.random.randint(2, 40)),
                )


def fill_weeks(setting: Setting, *, now: datetime, tell: Progress, after_day: AfterDay) -> None:
    """Twelve weeks behind and four ahead, at the rates of real therapy services."""
    Weeks(setting, now, tell, after_day).fill()
