"""Planning: the messages that sessions should have, no more and no less."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clients.models import Case, Client, ContactPoint, Guardianship
from reminders.models import Attempt, Message, ReminderRule
from reminders.reconcile import reconcile
from sessions_app.models import TherapySession
from sessions_app.services import (
    Change,
    NewTime,
    cancel_participant,
    cancel_session,
    reschedule_session,
    undo_session_cancellation,
)
from tests.conftest import NOW, ZONE, case_of, person
from tests.reminders.conftest import FRIDAY

Book = Callable[..., TherapySession]
MONDAY_AT_ELEVEN = NewTime(on=date(2026, 11, 23), at=time(11))
QUIETLY = Change(tell_clients=False)


def _local(at: datetime) -> str:
    return at.astimezone(ZoneInfo(ZONE)).strftime("%a %H:%M")


def _planned(**narrowed: object) -> list[Message]:
    rows = Message.objects.filter(state="planned", **narrowed).select_related("rule", "participant__client")
    return list(rows.order_by("due_at", "pk"))


def _leads() -> list[int]:
    return [message.rule.lead_days for message in _planned() if message.rule]


def _told(message: Message, at: datetime) -> None:
    """What the dispatcher leaves behind when a message was accepted at `at`."""
    Message.objects.filter(pk=message.pk).update(state="sent", tries=1)
    Attempt.objects.create(
        message=message,
        channel="sms",
        address="+13125550101",
        body="…",
        state="accepted",
        owner=1,
        committed_at=at - timedelta(seconds=1),
        resolved_at=at,
    )


def test_a_session_is_reminded_three_days_and_one_day_before_at_its_own_hour(friday: TherapySession) -> None:
    reconcile(now=NOW)
    assert [_local(message.due_at) for message in _planned()] == ["Tue 15:00", "Thu 15:00"]


def test_a_second_pass_changes_nothing(friday: TherapySession) -> None:
    assert reconcile(now=NOW).total == 2
    assert reconcile(now=NOW + timedelta(minutes=1)).total == 0


def test_each_participant_of_a_couple_gets_their_own(
    field_case: Case, book: Book, maya: Client, jonah: Client
) -> None:
    book(field_case, on=FRIDAY)
    reconcile(now=NOW)
    assert {message.recipient_id for message in _planned(rule__lead_days=1)} == {maya.pk, jonah.pk}


def test_a_minors_messages_go_to_the_guardian_who_may_receive(quinn_case: Case, book: Book) -> None:
    nora, pete, ella = (Client.objects.get(given_name=name) for name in ("Nora", "Pete", "Ella"))
    aunt = person("Zoe", "Quinn", 131)
    Guardianship.objects.create(guardian=aunt, minor=ella, may_receive=True)
    Guardianship.objects.create(guardian=pete, minor=ella, may_receive=False)
    book(quinn_case, on=FRIDAY)
    reconcile(now=NOW)
    told = {(m.participant_id, m.recipient_id) for m in _planned(rule__lead_days=1)}
    seats = {p.client_id: p.pk for p in TherapySession.objects.get().participants.all()}
    assert told == {(seats[nora.pk], nora.pk), (seats[pete.pk], pete.pk), (seats[ella.pk], aunt.pk)}


def test_two_guardians_both_hear(quinn_case: Case, book: Book) -> None:
    ella = Client.objects.get(given_name="Ella")
    adults = list(Client.objects.exclude(pk=ella.pk))
    for adult in adults:
        Guardianship.objects.create(guardian=adult, minor=ella, may_receive=True)
    book(case_of(quinn_case.clinicians.get(), Case.Kind.INDIVIDUAL, ella), on=FRIDAY)
    reconcile(now=NOW)
    assert {m.recipient_id for m in _planned(rule__lead_days=1)} == {adult.pk for adult in adults}


def test_a_parent_who_also_comes_is_told_once(quinn_case: Case, book: Book) -> None:
    nora = Client.objects.get(given_name="Nora")
    ella = Client.objects.get(given_name="Ella")
    Guardianship.objects.create(guardian=nora, minor=ella, may_receive=True)
    book(quinn_case, on=FRIDAY)
    reconcile(now=NOW)
    [message] = _planned(rule__lead_days=1, recipient=nora)
    assert message.participant is not None
    assert message.participant.client == nora


def test_a_session_booked_after_the_hour_of_a_reminder_gets_only_the_later_one(
    rosa_case: Case, book: Book
) -> None:
    book(rosa_case, on=date(2026, 11, 18), at="15:00")
    reconcile(now=NOW)
    assert [_local(message.due_at) for message in _planned()] == ["Tue 15:00"]


def test_a_session_booked_for_tomorrow_morning_is_not_reminded(rosa_case: Case, book: Book) -> None:
    book(rosa_case, on=date(2026, 11, 17), at="08:00")
    reconcile(now=NOW)
    assert _planned() == []


def test_missed_reminders_collapse_into_the_last(friday: TherapySession) -> None:
    reconcile(now=NOW)
    reconcile(now=datetime(2026, 11, 20, 1, 0, tzinfo=UTC))
    three_days = Message.objects.get(rule__lead_days=3)
    assert (three_days.state, three_days.reason) == ("expired", "overtaken")
    assert _leads() == [1]


def test_nothing_goes_out_within_the_least_lead(friday: TherapySession) -> None:
    reconcile(now=NOW)
    reconcile(now=friday.starts_at - timedelta(hours=1, minutes=59))
    assert _planned() == []


def test_cancelled_session_is_not_reminded_and_its_undo_brings_the_reminders_back(
    friday: TherapySession,
) -> None:
    reconcile(now=NOW)
    cancelled_at = NOW + timedelta(minutes=1)
    cancel_session(session=friday, by="client", actor=None, now=cancelled_at)
    reconcile(now=cancelled_at)
    assert {m.reason for m in Message.objects.all()} == {"session_cancelled"}
    undo_session_cancellation(session=friday, actor=None, now=cancelled_at + timedelta(minutes=1))
    reconcile(now=cancelled_at + timedelta(minutes=1))
    assert _leads() == [3, 1]


def test_a_row_with_an_attempt_never_comes_back(friday: TherapySession) -> None:
    reconcile(now=NOW)
    Message.objects.filter(rule__lead_days=3).update(tries=1)
    cancel_session(session=friday, by="client", actor=None, now=NOW)
    reconcile(now=NOW)
    undo_session_cancellation(session=friday, actor=None, now=NOW + timedelta(minutes=1))
    reconcile(now=NOW + timedelta(minutes=1))
    assert _leads() == [1]


def test_moving_cancels_the_old_reminders_and_plans_the_new_ones(friday: TherapySession) -> None:
    reconcile(now=NOW)
    reschedule_session(session=friday, to=MONDAY_AT_ELEVEN, actor=None, now=NOW)
    reconcile(now=NOW)
    planned = _planned(purpose="reminder")
    assert [_local(message.due_at) for message in planned] == ["Fri 11:00", "Sun 11:00"]
    assert {message.subject_version for message in planned} == {2}


def test_a_move_is_told_once_the_undo_time_is_over(friday: TherapySession) -> None:
    reschedule_session(session=friday, to=MONDAY_AT_ELEVEN, actor=None, now=NOW)
    reconcile(now=NOW)
    [notice] = _planned(purpose="moved")
    assert (notice.not_before, notice.priority) == (NOW + timedelta(minutes=3), 0)


def test_a_move_that_clients_know_of_is_not_told(friday: TherapySession) -> None:
    reschedule_session(session=friday, to=MONDAY_AT_ELEVEN, actor=None, now=NOW, change=QUIETLY)
    reconcile(now=NOW)
    assert _planned(purpose="moved") == []


def test_the_practices_cancellation_is_told_and_the_clients_own_is_not(
    friday: TherapySession, field_case: Case, book: Book
) -> None:
    couple = book(field_case, on=FRIDAY, at="11:00")
    cancel_session(session=friday, by="practice", actor=None, now=NOW)
    cancel_participant(participant=couple.participants.all()[0], by="client", actor=None, now=NOW)
    reconcile(now=NOW)
    assert [message.session_id for message in _planned(purpose="cancelled")] == [friday.pk]


def test_a_cancellation_taken_back_in_time_is_told_to_nobody(friday: TherapySession) -> None:
    cancel_session(session=friday, by="practice", actor=None, now=NOW)
    reconcile(now=NOW)
    undo_session_cancellation(session=friday, actor=None, now=NOW + timedelta(minutes=2))
    reconcile(now=NOW + timedelta(minutes=2))
    assert _planned(purpose="cancelled") == []
    assert Message.objects.get(purpose="cancelled").reason == "taken_back"


def test_an_old_truth_known_as_sent_after_the_move_is_corrected_at_once(friday: TherapySession) -> None:
    reconcile(now=NOW)
    moved_at = NOW + timedelta(minutes=10)
    reschedule_session(session=friday, to=MONDAY_AT_ELEVEN, actor=None, now=moved_at, change=QUIETLY)
    _told(Message.objects.get(rule__lead_days=3), moved_at + timedelta(seconds=2))
    reconcile(now=moved_at + timedelta(seconds=3))
    [correction] = _planned(purpose="moved")
    assert correction.is_correction
    assert correction.not_before == moved_at


def test_who_called_off_while_the_reminder_was_on_its_way_is_thanked(friday: TherapySession) -> None:
    reconcile(now=NOW)
    called_off_at = NOW + timedelta(minutes=10)
    cancel_session(session=friday, by="client", actor=None, now=called_off_at)
    _told(Message.objects.get(rule__lead_days=3), called_off_at + timedelta(seconds=2))
    reconcile(now=called_off_at + timedelta(seconds=3))
    assert [message.template_key for message in _planned(purpose="cancelled")] == ["late_cancelled"]


def test_a_reminder_sent_well_before_the_move_needs_no_correction(friday: TherapySession) -> None:
    reconcile(now=NOW)
    _told(Message.objects.get(rule__lead_days=3), NOW)
    later = NOW + timedelta(hours=1)
    reschedule_session(session=friday, to=MONDAY_AT_ELEVEN, actor=None, now=later, change=QUIETLY)
    reconcile(now=later)
    assert _planned(purpose="moved") == []


def test_somebody_who_left_is_not_reminded(friday: TherapySession, rosa: Client) -> None:
    reconcile(now=NOW)
    Client.objects.filter(pk=rosa.pk).update(left_on=NOW.date())
    reconcile(now=NOW)
    assert {m.reason for m in Message.objects.all()} == {"silent"}


def test_an_edited_rule_moves_what_is_planned(friday: TherapySession) -> None:
    reconcile(now=NOW)
    ReminderRule.objects.filter(lead_days=3).update(lead_days=2)
    reconcile(now=NOW)
    assert [_local(message.due_at) for message in _planned()] == ["Wed 15:00", "Thu 15:00"]


def test_a_rule_turned_off_cancels_what_is_planned_and_lets_the_other_last(friday: TherapySession) -> None:
    reconcile(now=NOW)
    ReminderRule.objects.filter(lead_days=1).update(is_active=False)
    reconcile(now=NOW)
    [message] = _planned()
    assert message.expires_at == friday.starts_at - timedelta(hours=2)
    assert Message.objects.get(rule__lead_days=1).reason == "rule_off"


def test_a_suppressed_row_returns_once_there_is_an_address(friday: TherapySession, rosa: Client) -> None:
    reconcile(now=NOW)
    Message.objects.update(state="suppressed", reason="no_address", settled_at=NOW)
    ContactPoint.objects.filter(client=rosa).update(unfit_at=NOW)
    assert reconcile(now=NOW).total == 0
    ContactPoint.objects.filter(client=rosa).update(unfit_at=None)
    assert reconcile(now=NOW).returned == 2


def test_the_horizon_is_a_fortnight(rosa_case: Case, book: Book) -> None:
    book(rosa_case, on=date(2026, 12, 4))
    reconcile(now=NOW)
    assert not Message.objects.exists()
    reconcile(now=NOW + timedelta(days=5))
    assert Message.objects.count() == 2


ZONES = ("America/Chicago", "America/New_York", "Europe/Berlin", "Australia/Sydney", "America/Santiago")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2026, 3, 1), date(2026, 11, 10)),
    minute=st.integers(0, 24 * 60 - 1),
)
# The day before: an hour that does not exist, one that happens twice, and both across the equator.
@example(zone="America/Chicago", day=date(2026, 3, 9), minute=150)
@example(zone="America/Chicago", day=date(2026, 11, 2), minute=90)
@example(zone="Australia/Sydney", day=date(2026, 10, 5), minute=150)
@example(zone="America/Santiago", day=date(2026, 4, 5), minute=1410)
def test_a_lead_is_wall_time_across_every_clock_change(
    rosa_case: Case, book: Book, zone: str, day: date, minute: int
) -> None:
    """The same wall time the day before; one that is skipped moves on, of two the first counts."""
    wall = time(minute // 60, minute % 60)
    booked_at = datetime.combine(day, time(), tzinfo=UTC) - timedelta(days=6)
    session = book(
        rosa_case, on=day, at=wall.isoformat(), timezone=zone, now=booked_at, room=None, location=None
    )
    reconcile(now=booked_at)
    planned = _planned(session=session)
    for message in planned:
        assert message.rule is not None
        local = datetime.combine(day - timedelta(days=message.rule.lead_days), wall, tzinfo=ZoneInfo(zone))
        assert message.due_at == local.astimezone(UTC)
    assert len(planned) == 2
    # The next example has the clinician's calendar to itself.
    Message.objects.all().delete()
    session.delete()
