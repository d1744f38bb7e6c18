"""Recording, correcting and taking back what was seen; and what is never assumed."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from attendance.history import barrier_history
from attendance.models import AttendanceRecord, Outcome, Source
from attendance.reconcile import settle_ended
from attendance.services import Seen, also_name_barriers, name_barriers, record_outcome, undo_outcome
from clients.models import Barrier, Case, Client
from sessions_app.models import CancelledBy, Participant, TherapySession
from sessions_app.services import add_walk_in, cancel_participant, mark_arrived, undo_cancellation
from tests.conftest import NOW

Book = Callable[..., TherapySession]
# The sessions of these tests are at ten; this is noon.
NOON = NOW + timedelta(hours=3)


def record(participant: Participant, outcome: str, **seen: object) -> AttendanceRecord:
    what = Seen(outcome=outcome, source=Source.BOARD, **seen)  # type: ignore[arg-type]
    return record_outcome(participant=participant, seen=what, actor=None, now=NOON)


def test_attendance_belongs_to_the_participant(
    book: Book, field_case: Case, maya: Client, jonah: Client
) -> None:
    session = book(field_case)
    record(session.participants.get(client=maya), Outcome.ATTENDED)
    record(session.participants.get(client=jonah), Outcome.NO_SHOW)
    outcomes = AttendanceRecord.objects.values_list("client__given_name", "outcome")
    assert dict(outcomes) == {"Maya": "attended", "Jonah": "no_show"}


def test_a_session_is_settled_by_its_last_outcome(book: Book, field_case: Case) -> None:
    session = book(field_case)
    first, second = session.participants.all()
    record(first, Outcome.ATTENDED)
    assert TherapySession.objects.needing_outcome(NOON).count() == 1
    record(second, Outcome.NO_SHOW)
    assert TherapySession.objects.needing_outcome(NOON).count() == 0


def test_who_comes_after_the_last_outcome_is_asked_about_too(
    book: Book, rosa_case: Case, maya: Client
) -> None:
    session = book(rosa_case)
    record(session.participants.get(), Outcome.ATTENDED)
    add_walk_in(session=session, client=maya, actor=None, now=NOON)
    assert list(TherapySession.objects.needing_outcome(NOON)) == [session]
    assert settle_ended(now=NOON) == 1
    assert not TherapySession.objects.needing_outcome(NOON).exists()


def test_who_is_expected_again_is_asked_about_again(book: Book, field_case: Case) -> None:
    session = book(field_case)
    first, second = session.participants.all()
    cancel_participant(participant=second, by=CancelledBy.CLIENT, actor=None, now=NOON)
    record(first, Outcome.ATTENDED)
    assert not TherapySession.objects.needing_outcome(NOON).exists()
    undo_cancellation(participant=second, actor=None, now=NOON)
    assert list(TherapySession.objects.needing_outcome(NOON)) == [session]


def test_a_past_session_without_a_record_is_not_a_no_show(book: Book, rosa_case: Case) -> None:
    session = book(rosa_case)
    settle_ended(now=NOON)
    assert not AttendanceRecord.objects.exists()
    assert list(TherapySession.objects.needing_outcome(NOON)) == [session]


def test_who_arrived_has_attended_when_the_session_ends(book: Book, field_case: Case) -> None:
    session = book(field_case)
    here = session.participants.first()
    assert here
    mark_arrived(participant=here, actor=None, now=session.starts_at)
    assert settle_ended(now=session.starts_at) == 0
    assert settle_ended(now=NOON) == 1
    assert settle_ended(now=NOON) == 0
    assert AttendanceRecord.objects.get().participant == here
    # The other one is still not yet recorded.
    assert TherapySession.objects.needing_outcome(NOON).count() == 1


def test_what_was_settled_and_taken_back_is_not_settled_again(book: Book, rosa_case: Case) -> None:
    session = book(rosa_case)
    participant = session.participants.get()
    mark_arrived(participant=participant, actor=None, now=session.starts_at)
    settle_ended(now=NOON)
    undo_outcome(participant=participant, actor=None, now=NOON)
    assert settle_ended(now=NOON) == 0
    assert list(TherapySession.objects.needing_outcome(NOON)) == [session]


def test_who_left_before_the_end_stays_as_recorded(book: Book, rosa_case: Case) -> None:
    session = book(rosa_case)
    participant = session.participants.get()
    mark_arrived(participant=participant, actor=None, now=session.starts_at)
    record(participant, Outcome.LEFT_EARLY, left_early_minutes=20)
    settle_ended(now=NOON)
    assert AttendanceRecord.objects.get().outcome == Outcome.LEFT_EARLY


def test_several_barriers_are_named_and_none_is_required(book: Book, rosa_case: Case) -> None:
    participant = book(rosa_case).participants.get()
    record(participant, Outcome.NO_SHOW)
    bus, nerves = Barrier.objects.filter(code__in=["transportation", "anxiety"])
    record(participant, Outcome.NO_SHOW, barriers=(bus, nerves))
    assert set(participant.barriers_named.values_list("barrier__code", flat=True)) == {
        "transportation",
        "anxiety",
    }


def test_a_correction_keeps_what_stood_before_in_the_history(book: Book, rosa_case: Case) -> None:
    participant = book(rosa_case).participants.get()
    record(participant, Outcome.NO_SHOW)
    corrected = record(participant, Outcome.ATTENDED_LATE, late_minutes=12)
    history = corrected.events.order_by("pgh_id")  # type: ignore[attr-defined]
    assert list(history.values_list("outcome", flat=True)) == ["no_show", "attended_late"]


def test_an_outcome_can_be_undone_while_nobody_is_told(book: Book, rosa_case: Case) -> None:
    session = book(rosa_case)
    participant = session.participants.get()
    record(participant, Outcome.NO_SHOW)
    undo_outcome(participant=participant, actor=None, now=NOON + timedelta(minutes=2))
    assert not AttendanceRecord.objects.exists()
    assert list(TherapySession.objects.needing_outcome(NOON)) == [session]


def test_undoing_a_correction_brings_the_outcome_before_it_back(book: Book, rosa_case: Case) -> None:
    participant = book(rosa_case).participants.get()
    record(participant, Outcome.ATTENDED_LATE, late_minutes=5)
    record(participant, Outcome.NO_SHOW)
    undo_outcome(participant=participant, actor=None, now=NOON)
    restored = AttendanceRecord.objects.get()
    assert (restored.outcome, restored.late_minutes) == (Outcome.ATTENDED_LATE, 5)


def test_undoing_twice_goes_back_twice(book: Book, rosa_case: Case) -> None:
    participant = book(rosa_case).participants.get()
    for minute, outcome in enumerate((Outcome.ATTENDED, Outcome.EXCUSED, Outcome.NO_SHOW)):
        seen = Seen(outcome=outcome, source=Source.BOARD)
        record_outcome(participant=participant, seen=seen, actor=None, now=NOON + timedelta(minutes=minute))
    undo_outcome(participant=participant, actor=None, now=NOON + timedelta(minutes=3))
    assert AttendanceRecord.objects.get().outcome == Outcome.EXCUSED
    undo_outcome(participant=participant, actor=None, now=NOON + timedelta(minutes=3))
    assert AttendanceRecord.objects.get().outcome == Outcome.ATTENDED


def test_undo_ends_with_its_grace_time(book: Book, rosa_case: Case) -> None:
    participant = book(rosa_case).participants.get()
    record(participant, Outcome.NO_SHOW)
    with pytest.raises(ValidationError, match="time to undo"):
        undo_outcome(participant=participant, actor=None, now=NOON + timedelta(minutes=4))


def test_nobody_is_missed_before_the_session_begins(book: Book, rosa_case: Case) -> None:
    participant = book(rosa_case, on=date(2026, 11, 20)).participants.get()
    with pytest.raises(ValidationError, match="not begun"):
        record(participant, Outcome.NO_SHOW)


def test_who_cancelled_has_no_outcome(book: Book, rosa_case: Case) -> None:
    participant = book(rosa_case).participants.get()
    cancel_participant(participant=participant, by=CancelledBy.CLIENT, actor=None, now=NOW)
    with pytest.raises(ValidationError, match="called off"):
        record(participant, Outcome.NO_SHOW)


def test_only_a_child_was_not_brought(book: Book, quinn_case: Case) -> None:
    session = book(quinn_case)
    ella = session.participants.get(client__given_name="Ella")
    nora = session.participants.get(client__given_name="Nora")
    assert record(ella, Outcome.NOT_BROUGHT).is_missed
    with pytest.raises(ValidationError, match="for children"):
        record(nora, Outcome.NOT_BROUGHT)


def test_a_failed_video_link_is_never_a_miss(book: Book, rosa_case: Case) -> None:
    participant = book(rosa_case, modality="video").participants.get()
    assert not record(participant, Outcome.COULD_NOT_CONNECT).is_missed


def test_sessions_that_nobody_records_do_not_hold_up_the_others(
    book: Book, rosa_case: Case, field_case: Case
) -> None:
    book(rosa_case, at="08:00")
    here = book(field_case).participants.first()
    assert here
    mark_arrived(participant=here, actor=None, now=here.starts_at)
    assert settle_ended(now=NOON, limit=1) == 1


def test_what_got_in_the_way_can_be_changed_later_and_its_history_is_kept(
    book: Book, rosa_case: Case, amara: User, desk: User
) -> None:
    participant = book(rosa_case).participants.get()
    bus, nerves, ill = (Barrier.objects.get(code=code) for code in ("transportation", "anxiety", "illness"))
    record(participant, Outcome.NO_SHOW, barriers=(bus, nerves))
    name_barriers(participant=participant, barriers=[nerves], actor=amara, now=NOON)
    # A later talk adds, and so does the desk, which cannot read what is there.
    also_name_barriers(participant=participant, barriers=[bus, nerves], actor=amara, now=NOON)
    name_barriers(participant=participant, barriers=[ill], actor=desk, now=NOON)
    assert participant.barriers_named.count() == 3
    told = [(one.words, one.by) for one in barrier_history(participant)]
    assert told == [
        ("Named: Illness", desk.name),
        ("Named: Transport", amara.name),
        ("Taken back: Transport", amara.name),
        ("Named: Transport, Nervous about it", ""),
    ]
