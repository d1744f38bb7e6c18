"""Putting a shift back: every session exactly as it was, or none."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from clients.models import Case
from sessions_app.models import AnsweredBy, Location, Response, Room, Series, TherapySession
from sessions_app.services import (
    Change,
    NewTime,
    Scope,
    Shift,
    SlotTaken,
    close_day,
    put_back_shift,
    record_response,
    reschedule_session,
    shift_sessions,
)
from tests.conftest import NOW

Book = Callable[..., TherapySession]
TUESDAY, WEEK, MINUTE = date(2026, 11, 17), timedelta(weeks=1), timedelta(minutes=1)


@pytest.fixture
def weekly(book_weekly: Callable[..., list[TherapySession]]) -> list[TherapySession]:
    """Rosa with Amara on five Tuesdays at ten, from tomorrow."""
    return book_weekly(TUESDAY, count=5)


def shifted(session: TherapySession, actor: User, scope: str, *, now: datetime = NOW, **to: Any) -> None:
    change = to.pop("change", Change())
    shift = Shift(**{"on": session.on, "at": session.at, "minutes": session.minutes, **to})
    shift_sessions(session=session, shift=shift, scope=scope, actor=actor, now=now, change=change)
    session.refresh_from_db()


def put_back(session: TherapySession, actor: User, *, now: datetime = NOW + MINUTE) -> None:
    put_back_shift(session=session, seen_version=session.version, actor=actor, now=now)


def stands(sessions: list[TherapySession]) -> list[tuple[object, ...]]:
    for one in sessions:
        one.refresh_from_db()
    return [(one.on, one.at, one.minutes, one.room, one.series, [*one.clinicians.all()]) for one in sessions]


def test_each_goes_back_to_its_own_time_room_length_clinician_and_series(
    weekly: list[TherapySession], place: Location, amara: User, luis: User
) -> None:
    own, other = (Room.objects.create(location=place, name=name) for name in ("Room 8", "Room 9"))
    shifted(weekly[3], amara, Scope.THIS, where=(place, own), minutes=80)
    close_day(location=place, on=TUESDAY + 4 * WEEK + timedelta(days=1), reason="", actor=None, now=NOW)
    before = stands(weekly)
    everything: dict[str, Any] = {
        "at": time(14),
        "minutes": 60,
        "instead": (amara, luis),
        "where": (place, other),
    }
    shifted(weekly[1], amara, Scope.LATER, on=weekly[1].on + timedelta(days=1), **everything)
    assert stands(weekly)[2] != before[2]
    put_back(weekly[1], amara)
    assert stands(weekly) == before
    assert [one.ended_on for one in Series.objects.all()] == [None]


def test_what_could_not_go_is_left_alone(
    book_weekly: Callable[..., list[TherapySession]], place: Location, amara: User
) -> None:
    fortnightly = book_weekly(TUESDAY, count=4, every_weeks=2)
    close_day(location=place, on=TUESDAY + 3 * WEEK, reason="", actor=None, now=NOW)
    before = stands(fortnightly)
    shifted(fortnightly[0], amara, Scope.ALL, on=TUESDAY + WEEK)
    put_back(fortnightly[0], amara)
    assert stands(fortnightly) == before
    assert [one.version for one in fortnightly] == [3, 1, 3, 3]


def test_an_answer_to_the_old_time_counts_again(weekly: list[TherapySession], amara: User) -> None:
    person = weekly[0].participants.get()
    record_response(
        participant=person, response=Response.CONFIRMED, by=AnsweredBy.STAFF, actor=amara, now=NOW
    )
    shifted(weekly[0], amara, Scope.THIS, at=time(14))
    person.refresh_from_db()
    assert person.current_response == Response.NONE
    put_back(weekly[0], amara)
    weekly[0].refresh_from_db()
    person = weekly[0].participants.get()
    assert person.current_response == Response.CONFIRMED


def test_a_change_before_it_that_was_not_told_yet_is_told_after_all(
    weekly: list[TherapySession], amara: User
) -> None:
    shifted(weekly[0], amara, Scope.THIS, at=time(11))
    shifted(weekly[1], amara, Scope.THIS, at=time(11))
    shifted(weekly[0], amara, Scope.THIS, at=time(14), now=NOW + MINUTE)
    shifted(weekly[1], amara, Scope.THIS, at=time(14), now=NOW + 9 * MINUTE)
    shifted(weekly[2], amara, Scope.THIS, at=time(14))
    for session, now in ((weekly[0], 2), (weekly[1], 10), (weekly[2], 2)):
        put_back(session, amara, now=NOW + now * MINUTE)
    assert [at[1] for at in stands(weekly[:3])] == [time(11), time(11), time(10)]
    assert [one.tell_clients for one in weekly[:3]] == [True, False, False]


def test_once_others_may_know_it_is_a_move_like_any_other(weekly: list[TherapySession], amara: User) -> None:
    shifted(weekly[0], amara, Scope.ALL, at=time(14))
    with pytest.raises(ValidationError, match="so others may know by now"):
        put_back(weekly[0], amara, now=NOW + 4 * MINUTE)
    assert {at for _on, at, *_more in stands(weekly)} == {time(14)}


def test_nothing_goes_back_where_a_colleague_changed_one_of_them_or_took_an_old_time(
    weekly: list[TherapySession], quinn_case: Case, amara: User, luis: User, book: Book
) -> None:
    shifted(weekly[0], amara, Scope.ALL, at=time(14))
    taken = book(quinn_case, on=TUESDAY + 2 * WEEK, at="10:20", clinicians=(amara,))
    with pytest.raises(SlotTaken):
        put_back(weekly[0], amara)
    # Luis may not see all that Amara moved, so her way back is not his.
    with pytest.raises(ValidationError, match="changed in another way"):
        put_back(weekly[0], luis)
    later = NewTime(on=TUESDAY + 2 * WEEK, at=time(16))
    reschedule_session(session=taken, to=later, actor=None, now=NOW)
    # Another verb's change is not this one's to take back.
    taken.refresh_from_db()
    with pytest.raises(ValidationError, match="changed in another way"):
        put_back(taken, amara)
    reschedule_session(session=weekly[3], to=NewTime(on=weekly[3].on, at=time(15)), actor=None, now=NOW)
    with pytest.raises(ValidationError, match="colleague has just changed"):
        put_back(weekly[0], amara)
    assert [at for _on, at, *_more in stands(weekly)] == [*[time(14)] * 3, time(15), time(14)]
