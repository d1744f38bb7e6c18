"""Moving, calling off and taking back; answers that no longer hold; departures."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import User
from clients.models import Case, Client
from sessions_app.models import (
    AnsweredBy,
    CancelledBy,
    Location,
    Modality,
    Occupancy,
    Participant,
    Response,
    Room,
    Service,
    TherapySession,
)
from sessions_app.services import (
    Change,
    NewSetting,
    NewTime,
    SlotTaken,
    absent_day,
    add_walk_in,
    cancel_participant,
    cancel_session,
    change_session,
    close_day,
    leave_practice,
    mark_all_arrived,
    mark_arrived,
    record_death,
    record_response,
    reschedule_session,
    undo_cancellation,
    undo_session_cancellation,
)
from tests.conftest import NOW, TODAY, ZONE

Book = Callable[..., TherapySession]
SOON = NOW + timedelta(minutes=2)
LATER = NOW + timedelta(minutes=4)


def only(session: TherapySession) -> Participant:
    return session.participants.get()


def move(session: TherapySession, at: str, **change: object) -> TherapySession:
    to = NewTime(on=session.on, at=time.fromisoformat(at))
    return reschedule_session(
        session=session,
        to=to,
        actor=None,
        now=NOW,
        change=Change(**change),  # type: ignore[arg-type]
    )


def confirm(participant: Participant, **more: object) -> Participant:
    return record_response(
        participant=participant,
        response=Response.CONFIRMED,
        by=AnsweredBy.SMS,
        actor=None,
        now=NOW,
        **more,  # type: ignore[arg-type]
    )


def test_moving_raises_the_version_and_frees_the_old_hour(
    book: Book, rosa_case: Case, field_case: Case
) -> None:
    session = move(book(rosa_case), "14:00")
    assert session.version == 2
    assert book(field_case).at == time(10)


def test_an_answer_counts_only_for_the_time_it_answered(book: Book, rosa_case: Case) -> None:
    session = book(rosa_case)
    confirm(only(session), version=1)
    assert only(session).current_response == Response.CONFIRMED
    assert only(move(session, "14:00")).current_response == Response.NONE


def test_an_answer_to_an_old_time_is_refused(book: Book, rosa_case: Case) -> None:
    session = move(book(rosa_case), "14:00")
    with pytest.raises(ValidationError, match="just changed"):
        confirm(only(session), version=1)


def test_the_second_of_two_people_at_one_session_hears_that_it_changed(book: Book, rosa_case: Case) -> None:
    session = book(rosa_case)
    move(session, "14:00", seen_version=1)
    with pytest.raises(ValidationError, match="colleague has just changed"):
        move(session, "16:00", seen_version=1)


def test_a_session_cannot_move_onto_another(book: Book, rosa_case: Case, field_case: Case) -> None:
    book(field_case, at="14:00")
    with pytest.raises(SlotTaken):
        move(book(rosa_case), "14:30")


def test_a_session_may_move_within_its_own_hour(book: Book, rosa_case: Case) -> None:
    assert move(book(rosa_case), "10:15").at == time(10, 15)


def test_switching_to_video_frees_the_room(
    book: Book, rosa_case: Case, quinn_case: Case, amara: User
) -> None:
    to = NewSetting(
        modality=Modality.VIDEO,
        location=None,
        room=None,
        video_link="https://video.example/r",
        clinicians=(amara,),
    )
    session = change_session(session=book(rosa_case), to=to, actor=None, now=NOW)
    assert session.version == 2
    assert book(quinn_case).pk


@pytest.mark.parametrize(("hours_before", "is_late"), [(25, False), (23, True)])
def test_a_cancellation_is_late_by_the_policy_at_booking(
    book: Book, rosa_case: Case, hours_before: int, is_late: bool
) -> None:
    session = book(rosa_case, on=date(2026, 11, 20))
    cancelled = cancel_participant(
        participant=only(session),
        by=CancelledBy.CLIENT,
        actor=None,
        now=session.starts_at - timedelta(hours=hours_before),
    )
    assert cancelled.cancelled_late is is_late


def test_a_cancellation_by_the_practice_is_never_late(book: Book, rosa_case: Case) -> None:
    session = cancel_session(session=book(rosa_case), by=CancelledBy.PRACTICE, actor=None, now=NOW)
    assert only(session).cancelled_late is False


def test_one_partner_cancelling_leaves_the_session_to_the_other(
    book: Book, field_case: Case, jonah: Client
) -> None:
    session = book(field_case)
    his = session.participants.get(client=jonah)
    cancel_participant(participant=his, by=CancelledBy.CLIENT, actor=None, now=NOW)
    session.refresh_from_db()
    assert not session.is_cancelled
    assert session.participants.filter(cancelled_at=None).count() == 1


def test_the_last_cancellation_frees_the_slot(book: Book, field_case: Case, rosa_case: Case) -> None:
    session = book(field_case)
    for participant in session.participants.all():
        cancel_participant(participant=participant, by=CancelledBy.CLIENT, actor=None, now=NOW)
    session.refresh_from_db()
    assert session.is_cancelled
    assert book(rosa_case).pk


def test_a_cancellation_can_be_taken_back_while_nobody_is_told(book: Book, rosa_case: Case) -> None:
    session = book(rosa_case)
    cancelled = cancel_participant(participant=only(session), by=CancelledBy.CLIENT, actor=None, now=NOW)
    undo_cancellation(participant=cancelled, actor=None, now=SOON)
    session.refresh_from_db()
    assert not session.is_cancelled
    assert Occupancy.objects.filter(session=session, released_at=None).count() == 2


def test_a_silent_change_stays_silent_after_a_cancellation_taken_back(book: Book, rosa_case: Case) -> None:
    session = move(book(rosa_case), "14:00", tell_clients=False)
    cancelled = cancel_session(session=session, by=CancelledBy.PRACTICE, actor=None, now=SOON)
    assert cancelled.tell_clients
    undo_session_cancellation(session=session, actor=None, now=LATER)
    session.refresh_from_db()
    assert not session.tell_clients
    assert session.changed_at == NOW


def test_a_cancellation_stands_once_others_may_know(book: Book, rosa_case: Case) -> None:
    cancelled = cancel_participant(
        participant=only(book(rosa_case)), by=CancelledBy.CLIENT, actor=None, now=NOW
    )
    with pytest.raises(ValidationError, match="More than 3 minutes"):
        undo_cancellation(participant=cancelled, actor=None, now=LATER)


def test_a_freed_slot_that_was_taken_cannot_be_taken_back(
    book: Book, rosa_case: Case, field_case: Case
) -> None:
    session = cancel_session(session=book(rosa_case), by=CancelledBy.PRACTICE, actor=None, now=NOW)
    book(field_case)
    with pytest.raises(SlotTaken):
        undo_session_cancellation(session=session, actor=None, now=SOON)


def test_undoing_a_session_leaves_an_earlier_cancellation_alone(
    book: Book, field_case: Case, jonah: Client
) -> None:
    session = book(field_case)
    his = session.participants.get(client=jonah)
    cancel_participant(participant=his, by=CancelledBy.CLIENT, actor=None, now=NOW)
    cancel_session(session=session, by=CancelledBy.PRACTICE, actor=None, now=SOON)
    undo_session_cancellation(session=session, actor=None, now=SOON)
    assert session.participants.filter(cancelled_at=None).count() == 1


def test_somebody_who_is_here_is_not_cancelled(book: Book, rosa_case: Case) -> None:
    participant = mark_arrived(participant=only(book(rosa_case)), actor=None, now=NOW)
    with pytest.raises(ValidationError, match="marked as here"):
        cancel_participant(participant=participant, by=CancelledBy.CLIENT, actor=None, now=NOW)


def test_arriving_twice_keeps_the_first_time(book: Book, rosa_case: Case) -> None:
    participant = only(book(rosa_case))
    mark_arrived(participant=participant, actor=None, now=NOW)
    assert mark_arrived(participant=participant, actor=None, now=LATER).arrived_at == NOW


def test_all_of_a_group_arrive_at_once(book: Book, quinn_case: Case) -> None:
    session = book(quinn_case)
    assert mark_all_arrived(session=session, actor=None, now=NOW) == 3


def test_a_walk_in_is_here_from_the_start(book: Book, quinn_case: Case, rosa: Client) -> None:
    walk_in = add_walk_in(session=book(quinn_case), client=rosa, actor=None, now=NOW)
    assert walk_in.is_walk_in
    assert walk_in.arrived_at == NOW


def test_a_closed_day_calls_off_what_is_ahead_there(
    book: Book, rosa_case: Case, quinn_case: Case, place: Location
) -> None:
    book(rosa_case)
    elsewhere = book(quinn_case, location=None, room=None)
    result = close_day(location=place, on=TODAY, reason="Snow", actor=None, now=NOW)
    assert [session.case for session in result.cancelled] == [rosa_case]
    assert result.cancelled[0].tell_clients
    elsewhere.refresh_from_db()
    assert not elsewhere.is_cancelled
    with pytest.raises(ValidationError, match="closed"):
        book(rosa_case, at="16:00")


def test_an_absent_clinician_keeps_the_day_free_and_co_therapy_going(
    book: Book, rosa_case: Case, field_case: Case, amara: User, luis: User
) -> None:
    book(rosa_case)
    shared = book(field_case, at="13:00", clinicians=(amara, luis))
    result = absent_day(clinician=amara, on=TODAY, zone=ZoneInfo(ZONE), reason="Unwell", actor=None, now=NOW)
    assert [session.case for session in result.cancelled] == [rosa_case]
    assert result.left_alone == [shared]
    with pytest.raises(SlotTaken, match="away"):
        book(rosa_case, at="16:00")


def advisory_locks_held() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_day_off_waits_for_no_calendar_while_it_calls_sessions_off(
    service: Service, amara: User, luis: User, rosa_case: Case, quinn_case: Case
) -> None:
    """Two days off with sessions of one another's clinicians and rooms would deadlock otherwise."""
    place = Location.objects.create(name="Hill Street", timezone=ZONE)
    sessions = [
        TherapySession.objects.create(
            case=case, service=service, location=place, on=TODAY, at=time(at), timezone=ZONE, minutes=50,
            starts_at=NOW + timedelta(hours=at), ends_at=NOW + timedelta(hours=at + 1),
            late_cancellation_hours=24,
        )
        for case, at in ((rosa_case, 1), (quinn_case, 2))
    ]  # fmt: skip
    for session, clinician in zip(sessions, (amara, luis), strict=True):
        session.session_clinicians.create(clinician=clinician, starts_at=session.starts_at)
    before = advisory_locks_held()
    closed = close_day(location=place, on=TODAY, reason="", actor=None, now=NOW)
    assert len(closed.cancelled) == 2
    assert advisory_locks_held() == before + 1  # the place


def test_moving_respects_the_room_that_a_colleague_gave_it_meanwhile(
    book: Book, rosa_case: Case, quinn_case: Case, place: Location
) -> None:
    other = Room.objects.create(location=place, name="Room 3")
    book(quinn_case, at="14:00", room=other)
    session = book(rosa_case)
    seen = TherapySession.objects.get(pk=session.pk)
    clinicians = tuple(session.clinicians.all())
    to = NewSetting(modality="in_person", location=place, room=other, video_link="", clinicians=clinicians)
    change_session(session=session, to=to, actor=None, now=NOW)
    assert seen.room != other
    with pytest.raises(SlotTaken):
        move(seen, "14:00")


def test_a_session_that_is_over_is_not_moved_away_from_its_outcome(book: Book, rosa_case: Case) -> None:
    session = book(rosa_case, at="08:00", now=NOW - timedelta(days=1))
    with pytest.raises(ValidationError, match="is over"):
        move(session, "14:00")


def test_a_session_is_not_moved_into_a_place_that_is_shut(book: Book, rosa_case: Case) -> None:
    session = book(rosa_case)
    shut = Location.objects.create(name="Hill Street", timezone=ZONE)
    close_day(location=shut, on=TODAY, reason="", actor=None, now=NOW)
    clinicians = tuple(session.clinicians.all())
    to = NewSetting(modality="in_person", location=shut, room=None, video_link="", clinicians=clinicians)
    with pytest.raises(ValidationError, match="closed that day"):
        change_session(session=session, to=to, actor=None, now=NOW)


def test_leaving_frees_the_future_without_a_late_cancellation(
    book: Book, rosa_case: Case, rosa: Client, desk: User
) -> None:
    session = book(rosa_case)
    leave_practice(client=rosa, on=TODAY, actor=desk, now=NOW)
    session.refresh_from_db()
    assert session.is_cancelled
    assert not session.participants.filter(cancelled_late=True).exists()


def test_a_death_leaves_the_partners_session_standing(
    book: Book, field_case: Case, jonah: Client, amara: User
) -> None:
    session = book(field_case)
    freed = record_death(client=jonah, on=TODAY, actor=amara, now=NOW)
    session.refresh_from_db()
    jonah.refresh_from_db()
    assert [participant.client for participant in freed] == [jonah]
    assert jonah.is_silent
    assert not session.is_cancelled


def test_history_says_who_did_what(book: Book, rosa_case: Case, desk: User, now: datetime) -> None:
    participant = only(book(rosa_case))
    cancel_participant(participant=participant, by=CancelledBy.CLIENT, actor=desk, now=now)
    last = participant.events.order_by("pgh_id").last()  # type: ignore[attr-defined]
    assert last.pgh_context["verb"] == "cancel_participant"
    assert last.pgh_context["actor"] == str(desk.public_id)
