"""Who hears of a shift: a series in one text, and nobody whom staff left out."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from accounts.models import User
from clients.models import Case
from reminders.models import Message
from reminders.reconcile import reconcile
from sandbox.launch import Sandbox
from sessions_app.models import TherapySession
from sessions_app.services import Change, Scope, Shift, put_back_shift, shift_sessions
from tests.conftest import NOW
from tests.reminders.conftest import pass_at

Book = Callable[..., TherapySession]
BookWeekly = Callable[..., list[TherapySession]]
TUESDAY, WEDNESDAY = date(2026, 11, 17), date(2026, 11, 18)


@pytest.fixture
def weekly(book_weekly: BookWeekly) -> list[TherapySession]:
    """Rosa with Amara on nine Tuesdays at ten, from tomorrow."""
    return book_weekly(TUESDAY, count=9)


def shifted(
    session: TherapySession, actor: User, scope: str, *, on: date, at: time, **change: object
) -> None:
    shift_sessions(
        session=session,
        shift=Shift(on=on, at=at, minutes=session.minutes),
        scope=scope,
        actor=actor,
        now=NOW,
        change=Change(**change),  # type: ignore[arg-type]
    )


def test_a_series_is_told_in_one_text_that_names_the_first_new_times(
    sandbox: Sandbox, weekly: list[TherapySession], amara: User
) -> None:
    shifted(weekly[4], amara, Scope.LATER, on=WEDNESDAY + timedelta(weeks=4), at=time(14))
    pass_at(NOW + timedelta(minutes=4))
    [text] = sandbox.messages(to="+13125550101", direction="outbound-api")
    assert text["body"].startswith("Lakeside: Your time is now Wed Dec 16, 2:00 PM; Wed Dec 23, 2:00 PM; ")
    assert text["body"].count("2:00 PM") == 5


def test_who_was_left_out_is_not_told_and_is_reminded_of_the_new_time(
    field_case: Case, amara: User, book: Book
) -> None:
    session = book(field_case, on=WEDNESDAY)
    jonah = field_case.clients.get(given_name="Jonah")
    shifted(session, amara, Scope.THIS, on=WEDNESDAY, at=time(14), not_told=(jonah,))
    reconcile(now=NOW + timedelta(minutes=4))
    told = Message.objects.filter(purpose="moved").values_list("recipient__given_name", flat=True)
    assert list(told) == ["Maya"]
    reminded = Message.objects.filter(purpose="reminder", state="planned", subject_version=2)
    assert set(reminded.values_list("recipient__given_name", flat=True)) == {"Maya", "Jonah"}
    # The next change is told to both again.
    session.refresh_from_db()
    shifted(session, amara, Scope.THIS, on=WEDNESDAY, at=time(15))
    reconcile(now=NOW + timedelta(minutes=4))
    assert Message.objects.filter(purpose="moved", subject_version=3).count() == 2


def test_a_long_series_is_told_of_its_first_six_and_reminded_of_the_rest(
    weekly: list[TherapySession], amara: User
) -> None:
    shifted(weekly[0], amara, Scope.ALL, on=TUESDAY, at=time(11))
    for session in weekly:
        session.refresh_from_db()
    assert [session.tell_clients for session in weekly] == [True] * 6 + [False] * 3


def test_a_move_that_was_put_back_is_nobodys_news_and_the_one_before_it_is(
    field_case: Case, weekly: list[TherapySession], amara: User, book: Book
) -> None:
    moved_twice, moved_once = book(field_case, on=WEDNESDAY), weekly[0]
    shifted(moved_twice, amara, Scope.THIS, on=WEDNESDAY, at=time(13))
    for session in (moved_twice, moved_once):
        session.refresh_from_db()
        shifted(session, amara, Scope.THIS, on=session.on, at=time(15))
        session.refresh_from_db()
        soon = NOW + timedelta(minutes=1)
        put_back_shift(session=session, seen_version=session.version, actor=amara, now=soon)
    reconcile(now=NOW + timedelta(minutes=5))
    told = Message.objects.filter(purpose="moved", state="planned")
    assert set(told.values_list("recipient__given_name", "session__at")) == {
        ("Maya", time(13)),
        ("Jonah", time(13)),
    }
