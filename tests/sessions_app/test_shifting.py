"""Moving and lengthening one session, the later ones of its series, or all."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from clients.models import Case
from sessions_app.models import Location, Occupancy, Room, TherapySession
from sessions_app.occupancy import conflicts_with
from sessions_app.services import (
    Change,
    NewTime,
    Scope,
    Shift,
    Shifted,
    SlotTaken,
    close_day,
    mark_all_arrived,
    plan_shift,
    reschedule_session,
    shift_sessions,
)
from tests.conftest import NOW

Book = Callable[..., TherapySession]
BookWeekly = Callable[..., list[TherapySession]]
TUESDAY, WEDNESDAY = date(2026, 11, 17), date(2026, 11, 18)
WEEK = timedelta(weeks=1)


@pytest.fixture
def weekly(book_weekly: BookWeekly) -> list[TherapySession]:
    """Rosa with Amara on five Tuesdays at ten, from tomorrow."""
    return book_weekly(TUESDAY, count=5)


def shifted(session: TherapySession, actor: User, scope: str, **to: object) -> Shifted:
    change = to.pop("change", Change())
    shift = Shift(**{"on": session.on, "at": session.at, "minutes": session.minutes, **to})  # type: ignore[arg-type]
    return shift_sessions(
        session=session,
        shift=shift,
        scope=scope,
        actor=actor,
        now=NOW,
        change=change,  # type: ignore[arg-type]
    )


def times(*sessions: TherapySession) -> list[tuple[date, time | None]]:
    for session in sessions:
        session.refresh_from_db()
    return [(session.on, session.at) for session in sessions]


def test_only_this_one_moves(weekly: list[TherapySession], amara: User) -> None:
    shifted(weekly[1], amara, Scope.THIS, on=WEDNESDAY + WEEK, at=time(14))
    assert times(*weekly[:3]) == [
        (TUESDAY, time(10)),
        (WEDNESDAY + WEEK, time(14)),
        (TUESDAY + 2 * WEEK, time(10)),
    ]
    assert weekly[1].series_id == weekly[0].series_id


def test_this_and_the_later_ones_move_to_the_new_weekday_of_their_own_weeks(
    weekly: list[TherapySession], amara: User
) -> None:
    shifted(weekly[2], amara, Scope.LATER, on=WEDNESDAY + 2 * WEEK, at=time(14))
    assert times(*weekly) == [
        (TUESDAY, time(10)),
        (TUESDAY + WEEK, time(10)),
        *((WEDNESDAY + n * WEEK, time(14)) for n in (2, 3, 4)),
    ]
    assert weekly[3].series != weekly[0].series, "from now on they are changed as one"
    assert weekly[3].series == weekly[2].series
    held = Occupancy.objects.filter(released_at=None, session__in=weekly, resource=f"clinician:{amara.pk}")
    assert held.count() == 5


def test_all_that_lie_ahead_move_by_a_week_and_none_is_in_the_way_of_another(
    weekly: list[TherapySession], amara: User
) -> None:
    done = shifted(weekly[0], amara, Scope.ALL, on=TUESDAY + WEEK)
    assert times(*weekly) == [(TUESDAY + n * WEEK, time(10)) for n in (1, 2, 3, 4, 5)]
    assert not done.refused
    shifted(weekly[4], amara, Scope.ALL, on=TUESDAY + 4 * WEEK)
    assert times(*weekly) == [(TUESDAY + n * WEEK, time(10)) for n in range(5)]


def test_one_that_was_moved_on_its_own_stays_where_it_was_put(
    weekly: list[TherapySession], amara: User
) -> None:
    shifted(weekly[2], amara, Scope.THIS, at=time(16))
    done = shifted(weekly[1], amara, Scope.LATER, at=time(11))
    assert times(*weekly[1:4]) == [
        (TUESDAY + WEEK, time(11)),
        (TUESDAY + 2 * WEEK, time(16)),
        (TUESDAY + 3 * WEEK, time(11)),
    ]
    assert [one.session for one in done.others if one.is_its_own] == [weekly[2]]


def test_lengthening_all_leaves_the_series_as_it_is(weekly: list[TherapySession], amara: User) -> None:
    series = weekly[0].series
    shifted(weekly[0], amara, Scope.ALL, minutes=80)
    for session in weekly:
        session.refresh_from_db()
        assert (session.minutes, session.series) == (80, series)
    assert conflicts_with([f"clinician:{amara.pk}"], [(weekly[3].starts_at, weekly[3].ends_at)])


def test_an_overlap_of_this_one_refuses_the_whole_and_one_of_the_others_is_said(
    weekly: list[TherapySession], quinn_case: Case, place: Location, amara: User, book: Book
) -> None:
    elsewhere = Room.objects.create(location=place, name="Room 9")
    book(quinn_case, on=TUESDAY + 3 * WEEK, at="14:20", clinicians=(amara,), room=elsewhere)
    with pytest.raises(SlotTaken):
        shifted(weekly[3], amara, Scope.ALL, at=time(14))
    assert times(*weekly) == [(TUESDAY + n * WEEK, time(10)) for n in range(5)]
    done = shifted(weekly[0], amara, Scope.ALL, at=time(14))
    assert [(one.session, one.because) for one in done.refused] == [
        (weekly[3], "The clinician already has a session then. Choose another time.")
    ]
    assert [at for _on, at in times(*weekly)] == [time(14), time(14), time(14), time(10), time(14)]


def test_one_that_was_lengthened_on_its_own_keeps_its_length(
    weekly: list[TherapySession], amara: User
) -> None:
    shifted(weekly[2], amara, Scope.THIS, minutes=80)
    shifted(weekly[0], amara, Scope.ALL, at=time(11), minutes=60)
    assert [at for _on, at in times(*weekly)] == [time(11)] * 5
    assert [session.minutes for session in weekly] == [60, 60, 80, 60, 60]


def test_what_stays_as_it_is_is_not_changed_at_all(weekly: list[TherapySession], amara: User) -> None:
    shifted(weekly[1], amara, Scope.THIS, at=time(15))
    # The others go to where this one is already.
    weekly[1].refresh_from_db()
    done = shifted(weekly[1], amara, Scope.ALL)
    assert [at for _on, at in times(*weekly)] == [time(15)] * 5
    assert [session.version for session in weekly] == [2] * 5
    assert len(done.moving) == 4
    assert {session.series for session in weekly} == {weekly[0].series}
    with pytest.raises(ValidationError, match="colleague has just changed"):
        shifted(weekly[1], amara, Scope.THIS, change=Change(seen_version=1))


def test_one_that_cannot_go_is_in_the_way_of_those_that_would_take_its_time(
    weekly: list[TherapySession], place: Location, amara: User
) -> None:
    close_day(location=place, on=TUESDAY + 5 * WEEK, reason="", actor=None, now=NOW)
    shift = Shift(on=TUESDAY + 3 * WEEK, at=time(10), minutes=50)
    planned = plan_shift(session=weekly[2], shift=shift, scope=Scope.LATER, actor=amara, now=NOW)
    assert [one.because for one in planned.refused] == [
        "The clinician already has a session then. Choose another time.",
        f"{place.name} is closed that day.",
    ]
    [conflict, _room] = planned.this.conflicts
    assert conflict.starts_at == weekly[3].starts_at
    with pytest.raises(SlotTaken):
        shifted(weekly[2], amara, Scope.LATER, on=TUESDAY + 3 * WEEK)


def test_one_to_which_somebody_has_come_is_said_to_stay(weekly: list[TherapySession], amara: User) -> None:
    mark_all_arrived(session=weekly[1], actor=amara, now=NOW)
    shift = Shift(on=TUESDAY, at=time(14), minutes=50)
    planned = plan_shift(session=weekly[0], shift=shift, scope=Scope.ALL, actor=amara, now=NOW)
    assert [(one.session, one.because) for one in planned.refused] == [
        (weekly[1], "Somebody has already come to this session. Undo that first.")
    ]
    with pytest.raises(ValidationError, match="Somebody has already come"):
        shifted(weekly[1], amara, Scope.THIS)


def test_who_stands_in_for_one_does_not_move_a_colleagues_others(
    weekly: list[TherapySession], amara: User, luis: User
) -> None:
    shifted(weekly[1], amara, Scope.THIS, instead=(amara, luis))
    weekly[1].refresh_from_db()
    shifted(weekly[1], luis, Scope.ALL, at=time(15))
    assert [at for _on, at in times(*weekly)] == [time(10), time(15), *[time(10)] * 3]


def test_a_closed_day_is_said_before_anything_moves(
    weekly: list[TherapySession], place: Location, amara: User
) -> None:
    close_day(location=place, on=WEDNESDAY + WEEK, reason="", actor=None, now=NOW)
    shift = Shift(on=WEDNESDAY, at=time(10), minutes=50)
    planned = plan_shift(session=weekly[0], shift=shift, scope=Scope.ALL, actor=amara, now=NOW)
    assert [one.because for one in planned.refused] == [f"{place.name} is closed that day."]
    assert times(weekly[1]) == [(TUESDAY + WEEK, time(10))]


def test_a_colleague_takes_over_the_later_ones_in_another_room(
    weekly: list[TherapySession], place: Location, amara: User, luis: User
) -> None:
    other = Room.objects.create(location=place, name="Room 9")
    shifted(weekly[3], amara, Scope.LATER, instead=(amara, luis), where=(place, other))
    leaders = [[*session.clinicians.all()] for session in weekly]
    assert leaders == [[amara], [amara], [amara], [luis], [luis]]
    assert [session.room for session in TherapySession.objects.filter(room=other)] == [other, other]


def test_a_change_made_meanwhile_is_refused(weekly: list[TherapySession], amara: User) -> None:
    reschedule_session(session=weekly[0], to=NewTime(on=TUESDAY, at=time(9)), actor=None, now=NOW)
    with pytest.raises(ValidationError, match="colleague has just changed"):
        shifted(weekly[0], amara, Scope.ALL, at=time(15), change=Change(seen_version=1))
    assert times(weekly[1]) == [(TUESDAY + WEEK, time(10))]
