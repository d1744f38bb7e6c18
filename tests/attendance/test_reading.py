"""A day is read once for everybody, and is never older than its facts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Practice, User
from accounts.services import get_practice
from attendance.board import session_rows
from attendance.models import Outcome, Source
from attendance.reading import Reading, board_day
from attendance.services import Seen, record_outcome, undo_outcome
from clients.models import Case, Client
from sessions_app.access import sessions_visible_to
from sessions_app.models import CancelledBy, Participant, TherapySession
from sessions_app.services import cancel_session, mark_arrived
from tests.conftest import NOW, TODAY

BookSession = Callable[..., TherapySession]
# The session at ten in Chicago, as the instants of its start and end.
STARTS = datetime(2026, 11, 16, 16, tzinfo=UTC)
ENDS = STARTS + timedelta(minutes=50)


def read(user: User, now: datetime = NOW) -> Reading:
    return board_day(user=user, day=TODAY, now=now)


def fresh(user: User, now: datetime) -> list[object]:
    practice = get_practice()
    return list(
        session_rows(sessions_visible_to(user).on_day(TODAY, practice.zone), now=now, practice=practice)
    )


def test_everybody_who_may_see_the_same_shares_one_reading(
    desk: User, dana: User, amara: User, rosa_case: Case, quinn_case: Case, book: BookSession
) -> None:
    book(rosa_case)
    book(quinn_case, at="11:00")
    assert read(desk) is read(dana)
    assert read(amara) is not read(desk)
    assert [row.public_id for row in read(amara).rows] == [str(rosa_case.sessions.get().public_id)]


def test_whatever_is_told_is_in_the_next_reading(
    desk: User, rosa: Client, rosa_case: Case, quinn_case: Case, book: BookSession
) -> None:
    session = book(rosa_case)
    [expected] = session.participants.all()
    over = ENDS + timedelta(seconds=1)

    def rename_the_person() -> None:
        Client.objects.filter(pk=rosa.pk).update(name_used="Rosie")

    def rename_the_case() -> None:
        Case.objects.filter(pk=rosa_case.pk).update(title="Mondays")

    def answer() -> None:
        Participant.objects.filter(pk=expected.pk).update(response="confirmed", responded_version=1)

    verbs: list[Callable[[], object]] = [
        lambda: book(quinn_case, at="11:00"),
        answer,
        rename_the_person,
        rename_the_case,
        lambda: mark_arrived(participant=expected, actor=desk, now=over),
        lambda: record_outcome(
            participant=expected,
            seen=Seen(outcome=Outcome.LEFT_EARLY, source=Source.BOARD, left_early_minutes=10),
            actor=desk,
            now=over,
        ),
        lambda: undo_outcome(participant=expected, actor=desk, now=over),
        lambda: record_outcome(
            participant=expected,
            seen=Seen(outcome=Outcome.NO_SHOW, source=Source.BOARD),
            actor=desk,
            now=over,
        ),
        lambda: cancel_session(
            session=quinn_case.sessions.get(), by=CancelledBy.PRACTICE, actor=desk, now=over
        ),
        lambda: expected.delete(),
    ]
    before = read(desk, over)
    for verb in verbs:
        verb()
        after = read(desk, over)
        assert after is not before
        assert list(after.rows) == fresh(desk, over)
        before = after


@pytest.mark.parametrize(
    ("before", "after", "stands"),
    [
        (STARTS - timedelta(seconds=1), STARTS, ("confirmed", "late")),
        (ENDS - timedelta(seconds=1), ENDS, ("late", "not_recorded")),
    ],
)
def test_the_clock_alone_turns_how_somebody_stands(
    before: datetime,
    after: datetime,
    stands: tuple[str, str],
    desk: User,
    rosa_case: Case,
    book: BookSession,
) -> None:
    [rosa] = book(rosa_case).participants.all()
    Participant.objects.filter(pk=rosa.pk).update(response="confirmed", responded_version=1)
    shown = [read(desk, now).rows[0].participants[0].status for now in (before, after)]
    assert tuple(shown) == stands


def test_an_undo_ends_at_its_instant(
    desk: User, practice: Practice, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    at = STARTS + timedelta(minutes=20, seconds=30)
    record_outcome(
        participant=rosa, seen=Seen(outcome=Outcome.NO_SHOW, source=Source.BOARD), actor=desk, now=at
    )
    ends = at + timedelta(minutes=practice.undo_minutes)
    shown = [
        read(desk, now).rows[0].participants[0].undo_until_at
        for now in (at, ends, ends + timedelta(microseconds=1), at)
    ]
    assert shown == [ends, ends, None, ends]
