"""Attendance before and since a strategy, with counts over two stretches of one length (row 2.14)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import Practice, User
from attendance.before_since import Stretch, before_and_since
from attendance.services import Seen, record_outcome
from clients.agreeing import Agreement, agree_on_strategy
from clients.models import AgreedStrategy, Case, Client
from sessions_app.models import TherapySession
from sessions_app.services import cancel_participant, cancel_session
from tests.conftest import NOW, TODAY

Book = Callable[..., TherapySession]
Lived = Callable[[int, str], None]


@pytest.fixture
def lived(rosa_case: Case, book: Book) -> Lived:
    """A session so many days ago, and what became of it."""

    def live(days_ago: int, outcome: str) -> None:
        session = book(rosa_case, on=TODAY - timedelta(days=days_ago))
        [participant] = session.participants.all()
        before = session.starts_at - timedelta(days=1)
        if outcome == "practice":
            cancel_session(session=session, by="practice", actor=None, now=before)
        elif outcome == "client":
            cancel_participant(participant=participant, by="client", actor=None, now=before)
        elif outcome:
            record_outcome(
                participant=participant,
                seen=Seen(outcome=outcome, source="board"),
                actor=None,
                now=session.ends_at,
            )

    return live


@pytest.fixture
def agreed(rosa: Client, rosa_case: Case, amara: User) -> Callable[..., AgreedStrategy]:
    def agree(days_ago: int, case: Case = rosa_case, client: Client = rosa) -> AgreedStrategy:
        agreement = Agreement(
            timing="after", agreed_on=TODAY - timedelta(days=days_ago), what="Thursdays at ten"
        )
        return agree_on_strategy(
            case=case, client=client, agreement=agreement, actor=None, now=NOW, today=TODAY
        )

    return agree


def test_both_stretches_are_as_long_and_have_counts(
    lived: Lived, agreed: Callable[..., AgreedStrategy], practice: Practice
) -> None:
    # Ten days since, and ten up to the day of the agreement: what was missed on it led to it.
    for days_ago, outcome in ((20, "attended"), (19, "attended"), (15, "no_show"), (10, "client")):
        lived(days_ago, outcome)
    for days_ago, outcome in ((9, "attended_late"), (5, "attended"), (2, "too_late")):
        lived(days_ago, outcome)
    one = agreed(10)
    measured = before_and_since([one], now=NOW, zone=practice.zone)[one.pk]
    assert measured.days == 10
    assert measured.before == Stretch(came=1, expected=3)  # what was twenty days ago is outside
    assert measured.since == Stretch(came=2, expected=3)


def test_excused_called_off_by_the_practice_and_not_recorded_count_nowhere(
    lived: Lived, agreed: Callable[..., AgreedStrategy], practice: Practice
) -> None:
    for days_ago, outcome in (
        (8, "excused"),
        (6, "practice"),
        (4, "could_not_connect"),
        (3, ""),
        (1, "no_show"),
    ):
        lived(days_ago, outcome)
    one = agreed(9)
    assert before_and_since([one], now=NOW, zone=practice.zone)[one.pk].since == Stretch(came=0, expected=1)


def test_a_strategy_that_ended_is_measured_until_then(
    lived: Lived, agreed: Callable[..., AgreedStrategy], practice: Practice
) -> None:
    lived(6, "attended")
    lived(2, "no_show")
    one = agreed(9)
    one.ended_on = TODAY - timedelta(days=5)
    measured = before_and_since([one], now=NOW, zone=practice.zone)[one.pk]
    assert (measured.days, measured.since) == (4, Stretch(came=1, expected=1))


def test_a_partners_attendance_is_the_partners(
    agreed: Callable[..., AgreedStrategy], field_case: Case, maya: Client, book: Book, practice: Practice
) -> None:
    session = book(field_case, on=TODAY - timedelta(days=1))
    for participant in session.participants.all():
        outcome = "attended" if participant.client == maya else "no_show"
        record_outcome(
            participant=participant,
            seen=Seen(outcome=outcome, source="board"),
            actor=None,
            now=session.ends_at,
        )
    one = agreed(9, field_case, maya)
    assert before_and_since([one], now=NOW, zone=practice.zone)[one.pk].since == Stretch(came=1, expected=1)


def test_any_number_of_strategies_is_one_question(
    lived: Lived,
    agreed: Callable[..., AgreedStrategy],
    practice: Practice,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lived(3, "attended")
    several = [agreed(days) for days in (2, 9, 30, 200)]
    with django_assert_num_queries(1):
        measured = before_and_since(several, now=NOW, zone=practice.zone)
    assert [measured[one.pk].days for one in several] == [2, 9, 30, 84]
