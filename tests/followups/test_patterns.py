"""What counts as missed several times is the practice's to say; with and without notice are two things."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Practice, User
from attendance.models import Outcome
from clients.models import Case, Client
from followups.models import Counted, FollowUpCause, MissPattern, PatternKind
from followups.patterns import (
    PatternDetails,
    add_pattern,
    change_pattern,
    pattern_now,
    patterns_of_repeated,
    remove_pattern,
)
from followups.protocols import install_shipped
from followups.reconcile import reconcile
from sessions_app.models import Participant, TherapySession
from sessions_app.services import cancel_participant
from tests.followups.conftest import NOON, only_follow_up, participant_of, record

Book = Callable[..., TherapySession]
Missed = Callable[..., Participant]
TODAY = date(2026, 11, 16)


@pytest.fixture
def only(admin_user: User) -> Callable[..., MissPattern]:
    """`only(kind="running", times=3)`: that pattern and no other."""

    def one(**details: object) -> MissPattern:
        install_shipped()
        given = {"counted": Counted.WITHOUT_NOTICE, **details}
        shipped = patterns_of_repeated().get()
        return change_pattern(pattern=shipped, details=PatternDetails(**given), actor=admin_user)  # type: ignore[arg-type]

    return one


@pytest.fixture
def late(book: Book) -> Callable[..., Participant]:
    """`late(case, client, on=…)`: the client called off two hours before."""

    def one(case: Case, client: Client, *, on: date = TODAY, at: str = "10:00") -> Participant:
        session = book(case, on=on, at=at, now=NOON - timedelta(days=60))
        before = session.starts_at - timedelta(hours=2)
        return cancel_participant(
            participant=participant_of(session, client), by="client", actor=None, now=before
        )

    return one


def leads() -> set[str]:
    reconcile(now=NOON + timedelta(seconds=2), full=True)
    return set(FollowUpCause.objects.filter(withdrawn_at=None).values_list("protocol__code", flat=True))


def weeks_ago(weeks: int) -> date:
    return TODAY - timedelta(weeks=weeks)


def test_two_in_thirty_days_ship(missed: Missed, rosa_case: Case, rosa: Client) -> None:
    missed(rosa_case, rosa, on=TODAY - timedelta(days=30))
    missed(rosa_case, rosa)
    assert "repeated_no_shows" not in leads()
    missed(rosa_case, rosa, on=TODAY - timedelta(days=29))
    assert "repeated_no_shows" in leads()


def test_three_one_after_the_other_are_broken_by_one_kept(
    only: Callable[..., MissPattern], missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    only(kind=PatternKind.RUNNING, times=3)
    for weeks in (3, 2, 0):
        missed(rosa_case, rosa, on=weeks_ago(weeks))
    kept = record(book(rosa_case, on=weeks_ago(1)), rosa, Outcome.ATTENDED)
    assert "repeated_no_shows" not in leads()
    record(kept.session, rosa, Outcome.NO_SHOW)
    assert "repeated_no_shows" in leads()


def test_a_share_of_the_last_sessions_needs_its_least_count(
    only: Callable[..., MissPattern], missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    only(kind=PatternKind.SHARE, times=3, percent=30, of_last=10)
    for weeks in range(2, 9):
        record(book(rosa_case, on=weeks_ago(weeks)), rosa, Outcome.ATTENDED)
    missed(rosa_case, rosa, on=weeks_ago(9))
    missed(rosa_case, rosa, on=weeks_ago(1))
    assert "repeated_no_shows" not in leads()
    missed(rosa_case, rosa)
    assert "repeated_no_shows" in leads()


def test_with_notice_counts_only_where_the_practice_says_so(
    only: Callable[..., MissPattern], late: Missed, missed: Missed, rosa_case: Case, rosa: Client
) -> None:
    late(rosa_case, rosa, on=weeks_ago(1))
    missed(rosa_case, rosa)
    assert "repeated_no_shows" not in leads()
    only(kind=PatternKind.IN_DAYS, times=2, days=30, counted=Counted.BOTH)
    assert "repeated_no_shows" in leads()
    only(kind=PatternKind.IN_DAYS, times=2, days=30, counted=Counted.WITH_NOTICE)
    assert "repeated_no_shows" not in leads()
    late(rosa_case, rosa, on=TODAY + timedelta(days=1))
    assert "repeated_no_shows" in leads()
    assert only_follow_up().protocol.code == "repeated_no_shows"


def test_what_was_imported_counts_and_opens_nothing(
    missed: Missed, rosa_case: Case, rosa: Client, practice: Practice
) -> None:
    Practice.objects.update(live_from=TODAY)
    missed(rosa_case, rosa, on=weeks_ago(2))
    assert leads() == set()
    missed(rosa_case, rosa)
    assert leads() == {"single_missed", "repeated_no_shows"}


def test_another_pattern_withdraws_what_no_longer_is_one(
    only: Callable[..., MissPattern], missed: Missed, rosa_case: Case, rosa: Client
) -> None:
    for weeks in (1, 0):
        missed(rosa_case, rosa, on=weeks_ago(weeks))
    assert "repeated_no_shows" in leads()
    only(kind=PatternKind.RUNNING, times=3)
    assert leads() == {"single_missed"}
    assert only_follow_up().protocol.code == "single_missed"


def test_who_came_last_stands_in_no_pattern(
    missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    install_shipped()
    for weeks in (2, 1):
        missed(rosa_case, rosa, on=weeks_ago(weeks))
    found = pattern_now(rosa, rosa_case)
    assert found
    assert found.words == "2 missed without notice within 30 days"
    record(book(rosa_case), rosa, Outcome.ATTENDED)
    assert pattern_now(rosa, rosa_case) is None


def test_only_settings_people_set_patterns_and_one_always_stands(admin_user: User, amara: User) -> None:
    details = PatternDetails(kind="running", counted="without_notice", times=3)
    with pytest.raises(PermissionDenied):
        add_pattern(details=details, actor=amara)
    added = add_pattern(details=details, actor=admin_user)
    with pytest.raises(ValidationError, match="one like this already"):
        add_pattern(details=details, actor=admin_user)
    remove_pattern(pattern=patterns_of_repeated().exclude(pk=added.pk).get(), actor=admin_user)
    with pytest.raises(ValidationError, match="the last one"):
        remove_pattern(pattern=added, actor=admin_user)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "in_days", "times": 2}, "days"),
        ({"kind": "share", "times": 2, "of_last": 10}, "percent"),
        ({"kind": "share", "times": 5, "percent": 30, "of_last": 4}, "of_last"),
        ({"kind": "running", "times": 0}, "times"),
    ],
)
def test_a_pattern_that_makes_no_sense_is_refused(
    admin_user: User, wrong: dict[str, int], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_pattern(details=PatternDetails(counted="both", **wrong), actor=admin_user)  # type: ignore[arg-type]
    assert field in refusal.value.error_dict
