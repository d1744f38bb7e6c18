"""Whatever is recorded, corrected, called off and closed, and however passes end: the right follow-ups stand."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from pytest_django import Settings

from accounts.models import User
from attendance.models import AttendanceRecord
from attendance.services import undo_outcome
from clients.models import Case, Client
from followups.models import ContactAttempt, FollowUp, FollowUpCause, FollowUpStep, News, ReconcilePass
from followups.reconcile import TURN_LOCK, Mended, reconcile, take_turn
from followups.services import AttemptDetails, close_follow_up, log_attempt, reopen_follow_up
from sessions_app.models import Participant, TherapySession
from sessions_app.services import cancel_participant, undo_cancellation
from tests.conftest import case_of
from tests.followups.conftest import NOON, participant_of, record
from tests.followups.expected import Expected, Followed, Place, Whose
from tests.followups.passes import Passes, passes
from tests.plugins.processes import environment_of_children

Book = Callable[..., TherapySession]

BOOKED_AT = NOON - timedelta(days=60)
OUTCOMES = ["no_show", "attended", "excused", "could_not_connect"]
# Rosa is in a treatment of her own and in a group, with Maya and Jonah, who are a couple.
MEMBERS = {"own": ["rosa"], "couple": ["maya", "jonah"], "group": ["rosa", "maya", "jonah"]}
PAST = {
    "own 1": (date(2026, 10, 12), "10:00"),
    "own 2": (date(2026, 11, 9), "10:00"),
    "own 3": (date(2026, 11, 16), "10:00"),
    "couple 1": (date(2026, 11, 9), "11:00"),
    "couple 2": (date(2026, 11, 16), "11:00"),
    "group 1": (date(2026, 11, 12), "10:00"),
    "group 2": (date(2026, 11, 16), "09:00"),
}
AHEAD = {
    "own 4": (date(2026, 11, 17), "10:00"),
    "own 5": (date(2026, 11, 23), "10:00"),
    "group 3": (date(2026, 11, 17), "12:00"),
}
NEW_TIME = (date(2026, 11, 19), "10:00")
TRIED = AttemptDetails(channel="call", result="left_word")


def _people_of(session: str) -> list[str]:
    return MEMBERS[session.split(maxsplit=1)[0]]


SEEN = st.sampled_from([(session, client) for session in PAST for client in _people_of(session)])
STILL_AHEAD = st.sampled_from([(session, client) for session in AHEAD for client in _people_of(session)])
ANYBODY = st.sampled_from([(client, case) for case, people in MEMBERS.items() for client in people])


@dataclass(frozen=True, kw_only=True)
class World:
    """The people and sessions, and another process that makes passes."""

    clients: dict[str, Client]
    cases: dict[str, Case]
    clinicians: dict[str, User]
    sessions: dict[str, TherapySession]
    elsewhere: Passes
    book: Book

    def forget(self) -> None:
        """What an example did; the sessions stay, as they were booked."""
        models = (
            News,
            FollowUpCause,
            ContactAttempt,
            FollowUpStep,
            FollowUp,
            AttendanceRecord,
            ReconcilePass,
        )
        for model in models:
            model.objects.all().delete()
        known = [session.pk for session in self.sessions.values()]
        TherapySession.objects.exclude(pk__in=known).delete()
        nobody: dict[str, Any] = {"cancelled_at": None, "cancelled_by": ""}
        TherapySession.objects.update(**nobody, settled_at=None)
        Participant.objects.update(**nobody, cancelled_late=False, recorded_at=None)

    def follow_ups(self) -> dict[Whose, list[FollowUp]]:
        """By client and case, in the order in which they were opened."""
        clients = {client.pk: name for name, client in self.clients.items()}
        cases = {case.pk: name for name, case in self.cases.items()}
        found: dict[Whose, list[FollowUp]] = defaultdict(list)
        for one in FollowUp.objects.with_people().order_by("pk"):
            found[clients[one.client_id], cases[one.case_id]].append(one)
        return found


class Practice(RuleBasedStateMachine):
    """What people and passes may do, in any order; each pass is compared with what should stand."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.world.forget()
        self.now = NOON
        self.places = {
            (session, client): _place(session, client, *at)
            for session, at in (PAST | AHEAD).items()
            for client in _people_of(session)
        }
        self.expected = Expected(list(self.places.values()))

    # What is seen and said.

    @rule(key=SEEN, outcome=st.sampled_from(OUTCOMES))
    def records_or_corrects(self, key: tuple[str, str], outcome: str) -> None:
        self._go_on()
        place = self.places[key]
        record(self._session(key), self.world.clients[key[1]], outcome, now=self.now)
        if place.outcome:
            place.earlier = (*place.earlier, place.outcome)
        place.outcome = outcome

    @rule(key=SEEN)
    def takes_an_outcome_back(self, key: tuple[str, str]) -> None:
        self._go_on()
        place = self.places[key]
        undo_outcome(participant=self._participant(key), actor=None, now=self.now)
        *earlier, place.outcome = ("", *place.earlier)
        place.earlier = tuple(earlier[1:])

    @rule(key=STILL_AHEAD, by=st.sampled_from(["client", "practice"]))
    def calls_off(self, key: tuple[str, str], by: str) -> None:
        self._go_on()
        place = self.places[key]
        if not place.cancelled_by:
            cancel_participant(participant=self._participant(key), by=by, actor=None, now=self.now)
            place.cancelled_by, place.cancelled_at = by, self.now

    @rule(key=STILL_AHEAD)
    def comes_after_all(self, key: tuple[str, str]) -> None:
        self._go_on()
        place = self.places[key]
        undo_cancellation(participant=self._participant(key), actor=None, now=self.now)
        place.cancelled_by, place.cancelled_at = "", None

    @precondition(lambda self: ("new time", "rosa") not in self.places)
    @rule()
    def books_a_new_time(self) -> None:
        self._go_on()
        on, at = NEW_TIME
        self.world.book(self.world.cases["own"], on=on, at=at, now=self.now)
        place = _place("own new", "rosa", on, at, booked_at=self.now)
        self.places["new time", "rosa"] = place
        self.expected.places.append(place)

    # What people do with a follow-up.

    @rule(whose=ANYBODY)
    def tries_to_reach(self, whose: Whose) -> None:
        self._go_on()
        one = self.expected.open_of(whose)
        if one:
            log_attempt(
                follow_up=self._open(whose), attempt=TRIED, actor=self._clinician(whose), now=self.now
            )
            one.was_tried = True

    @rule(whose=ANYBODY)
    def closes(self, whose: Whose) -> None:
        self._go_on()
        one = self.expected.open_of(whose)
        if one:
            actor = self._clinician(whose)
            close_follow_up(follow_up=self._open(whose), because="They rang.", actor=actor, now=self.now)
            one.is_open = False

    @rule(whose=ANYBODY)
    def opens_again(self, whose: Whose) -> None:
        self._go_on()
        if not self.expected.followed[whose]:
            return
        one, again = self.expected.followed[whose][-1], self.world.follow_ups()[whose][-1]
        refused = not one.is_open and self.expected.would_close(one, whose)
        try:
            reopen_follow_up(follow_up=again, actor=self._clinician(whose), now=self.now)
        except ValidationError:
            assert refused
        else:
            assert not refused
            one.was_reopened |= not one.is_open
            one.is_open, one.was_answered = True, False

    # Passes, and how they end.

    @rule(full=st.booleans())
    def passes_once(self, full: bool) -> None:
        self._go_on()
        reconcile(now=self.now, full=full)
        self._was_looked_at()

    @rule(full=st.booleans())
    def two_processes_pass_at_once(self, full: bool) -> None:
        self._go_on()
        with transaction.atomic():
            take_turn()
            for _ in range(2):
                self.world.elsewhere.start(now=self.now, full=full)
            _until_both_wait()
        assert self.world.elsewhere.ended() == [0, 0]
        self._was_looked_at()

    @rule(dies_at=st.integers(1, 25), full=st.booleans())
    def process_is_killed_in_its_pass(self, dies_at: int, full: bool) -> None:
        self._go_on()
        self.world.elsewhere.start(now=self.now, full=full, dies_at=dies_at)
        if self.world.elsewhere.ended() == [0]:
            self._was_looked_at()
        else:
            self._stands()

    @rule(breaks_at=st.integers(2, 25))
    def pass_breaks_off(self, breaks_at: int) -> None:
        self._go_on()
        try:
            with connection.execute_wrapper(_breaking(breaks_at)):
                reconcile(now=self.now)
        except _BreaksOff:
            self._stands()
        else:
            self._was_looked_at()

    def teardown(self) -> None:
        """However it went: one more pass, and everything is right."""
        self.passes_once(full=False)

    def _was_looked_at(self) -> None:
        self.expected.look()
        self._stands()
        assert reconcile(now=self.now) == Mended()
        assert reconcile(now=self.now, full=True) == Mended()

    def _stands(self) -> None:
        found = self.world.follow_ups()
        for case, people in MEMBERS.items():
            for client in people:
                self._stands_for((client, case), found[client, case])

    def _stands_for(self, whose: Whose, found: list[FollowUp]) -> None:
        wanted = self.expected.followed[whose]
        assert [_told(one) for one in found] == [self._wanted(one) for one in wanted]
        assert sum(one.is_open for one in found) <= 1
        for one, expected in zip(found, wanted, strict=True):
            waiting = [step for step in one.steps.all() if step.is_current]
            # Whoever tried may have come to the end of the steps.
            assert len(waiting) == one.is_open or (expected.was_tried and not waiting)
        for expected in wanted:
            # Only what a person began or took up again stands without an absence.
            assert expected.causes or not expected.is_open or expected.was_tried or expected.was_reopened

    def _wanted(self, one: Followed) -> tuple[bool, str, set[tuple[datetime, str]]]:
        return one.is_open, one.lead, {(place.starts_at, code) for place, code in one.causes}

    def _go_on(self) -> None:
        self.now += timedelta(seconds=5)

    def _open(self, whose: Whose) -> FollowUp:
        return next(one for one in self.world.follow_ups()[whose] if one.is_open)

    def _clinician(self, whose: Whose) -> User:
        return self.world.clinicians[whose[1]]

    def _session(self, key: tuple[str, str]) -> TherapySession:
        return self.world.sessions[key[0]]

    def _participant(self, key: tuple[str, str]) -> Participant:
        return participant_of(self._session(key), self.world.clients[key[1]])


class _BreaksOff(Exception):
    """In the middle of a pass."""


def _breaking(at: int) -> Callable[..., Any]:
    asked = 0

    def breaks(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == at:
            raise _BreaksOff
        return execute(*statement)

    return breaks


def _place(session: str, client: str, on: date, at: str, booked_at: datetime = BOOKED_AT) -> Place:
    hour = int(at.split(":", maxsplit=1)[0])
    # Chicago is six hours behind since the first of November, and five before.
    offset = 6 if on >= date(2026, 11, 1) else 5
    starts_at = datetime(on.year, on.month, on.day, hour + offset, tzinfo=UTC)
    case = session.split(maxsplit=1)[0]
    return Place(client=client, case=case, session=session, starts_at=starts_at, booked_at=booked_at)


def _told(one: FollowUp) -> tuple[bool, str, set[tuple[datetime, str]]]:
    in_force = {
        (cause.participant.starts_at, cause.protocol.code)
        for cause in one.causes.all()
        if cause.participant and cause.withdrawn_at is None
    }
    return one.is_open, one.protocol.code, in_force


def _until_both_wait() -> None:
    """Both wait for their turn, so that they are at it in the same moment."""
    give_up_at = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < give_up_at:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                [TURN_LOCK],
            )
            if cursor.fetchone() == (2,):
                return
            time.sleep(0.005)
    pytest.fail("The two passes did not begin.")


@pytest.fixture
def elsewhere(transactional_db: None, settings: Settings) -> Iterator[Passes]:
    with passes(environment_of_children(settings)) as made:
        yield made


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_whatever_happens_the_right_follow_ups_stand(
    elsewhere: Passes, book: Book, rosa_case: Case, field_case: Case, luis: User, amara: User,
    rosa: Client, maya: Client, jonah: Client,
) -> None:  # fmt: skip
    cases = {
        "own": rosa_case,
        "couple": field_case,
        "group": case_of(luis, Case.Kind.GROUP, rosa, maya, jonah, title="Thursday circle"),
    }
    sessions = {
        name: book(cases[name.split()[0]], on=on, at=at, now=BOOKED_AT)
        for name, (on, at) in (PAST | AHEAD).items()
    }
    Practice.world = World(
        clients={"rosa": rosa, "maya": maya, "jonah": jonah},
        cases=cases,
        clinicians={"own": amara, "couple": amara, "group": luis},
        sessions=sessions,
        elsewhere=elsewhere,
        book=book,
    )
    # The same walks in every run: what fails once, fails again. `Phase.shrink` makes a failing one short, in minutes.
    walks = settings(
        max_examples=12,
        stateful_step_count=14,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Practice, settings=walks)
