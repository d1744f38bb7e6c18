"""Follow-ups answer the attendance facts, whatever happens in between."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Practice, User
from attendance.models import Outcome
from attendance.services import undo_outcome
from clients.models import Case, Client, Mandate
from followups.models import FollowUp, FollowUpCause, ProtocolCode, StepKind
from followups.reconcile import Mended, reconcile
from followups.services import AttemptDetails, close_follow_up, log_attempt, open_follow_up
from reminders.models import InboundMessage
from sessions_app.models import Participant, Response, TherapySession
from sessions_app.services import cancel_participant, record_response, undo_cancellation
from tests.followups.conftest import NOON, only_follow_up, participant_of, record

Missed = Callable[..., Participant]
Book = Callable[..., TherapySession]
SOON = NOON + timedelta(seconds=2)
CLOSING_IN_CHICAGO = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)


def codes() -> set[str]:
    causes = FollowUpCause.objects.filter(withdrawn_at=None)
    return set(causes.values_list("protocol__code", flat=True))


def test_no_show_raises_a_call_due_the_same_day(
    missed: Missed, rosa_case: Case, rosa: Client, amara: User
) -> None:
    participant = missed(rosa_case, rosa)
    assert reconcile(now=SOON) == Mended(opened=1, added=1)
    follow_up = only_follow_up()
    assert (follow_up.client, follow_up.case) == (rosa, rosa_case)
    assert follow_up.protocol.code == ProtocolCode.SINGLE_MISSED
    assert follow_up.owner == amara
    assert follow_up.due_at == CLOSING_IN_CHICAGO
    step = follow_up.current_step
    assert step is not None
    assert (step.kind, step.position) == (StepKind.CALL, 1)
    assert follow_up.causes.get().participant == participant


def test_outcome_recorded_after_closing_is_due_the_next_day(
    book: Book, rosa_case: Case, rosa: Client
) -> None:
    late_evening = datetime(2026, 11, 17, 3, 30, tzinfo=UTC)
    record(book(rosa_case), rosa, now=late_evening)
    reconcile(now=late_evening)
    assert only_follow_up().due_at == CLOSING_IN_CHICAGO + timedelta(days=1)


def test_the_practice_may_have_the_desk_call_first(
    missed: Missed, rosa_case: Case, rosa: Client, practice: Practice
) -> None:
    Practice.objects.update(follow_up_owner="desk")
    missed(rosa_case, rosa)
    reconcile(now=SOON)
    follow_up = only_follow_up()
    assert (follow_up.owner_role, follow_up.owner) == ("desk", None)


def test_twice_is_the_same_as_once(missed: Missed, rosa_case: Case, rosa: Client) -> None:
    missed(rosa_case, rosa)
    reconcile(now=SOON)
    assert reconcile(now=SOON + timedelta(seconds=30)) == Mended()
    assert reconcile(now=SOON + timedelta(seconds=60), full=True) == Mended()
    assert only_follow_up().causes.count() == 1


def test_session_not_yet_recorded_raises_nothing(book: Book, rosa_case: Case) -> None:
    book(rosa_case)
    assert reconcile(now=NOON + timedelta(days=3), full=True) == Mended()


def test_failed_video_and_excused_absence_raise_nothing(book: Book, rosa_case: Case, rosa: Client) -> None:
    record(book(rosa_case), rosa, Outcome.COULD_NOT_CONNECT)
    record(book(rosa_case, on=date(2026, 11, 13)), rosa, Outcome.EXCUSED)
    assert reconcile(now=SOON) == Mended()


def test_missed_before_the_live_day_raises_nothing_and_counts_in_the_pattern(
    missed: Missed, rosa_case: Case, rosa: Client
) -> None:
    missed(rosa_case, rosa, on=date(2026, 11, 9))
    Practice.objects.update(live_from=date(2026, 11, 10))
    assert reconcile(now=SOON, full=True) == Mended()
    missed(rosa_case, rosa, on=date(2026, 11, 16))
    reconcile(now=SOON)
    assert only_follow_up().protocol.code == ProtocolCode.REPEATED_NO_SHOWS


def test_further_miss_joins_the_open_follow_up(missed: Missed, rosa_case: Case, rosa: Client) -> None:
    missed(rosa_case, rosa, on=date(2026, 9, 28))
    reconcile(now=NOON - timedelta(days=49))
    missed(rosa_case, rosa, on=date(2026, 11, 16))
    assert reconcile(now=SOON) == Mended(added=1)
    assert only_follow_up().protocol.code == ProtocolCode.SINGLE_MISSED
    assert only_follow_up().causes.count() == 2


def test_second_miss_in_the_window_lets_the_pattern_take_over(
    missed: Missed, rosa_case: Case, rosa: Client, amara: User
) -> None:
    missed(rosa_case, rosa, on=date(2026, 11, 9))
    reconcile(now=NOON - timedelta(days=7))
    missed(rosa_case, rosa, on=date(2026, 11, 16))
    reconcile(now=SOON)
    follow_up = only_follow_up()
    assert follow_up.protocol.code == ProtocolCode.REPEATED_NO_SHOWS
    assert [step.skipped_at is not None for step in follow_up.steps.all()] == [True, False]
    assert follow_up.owner == amara


def test_mandate_leads_once_its_misses_are_reached(missed: Missed, rosa_case: Case, rosa: Client) -> None:
    Mandate.objects.create(case=rosa_case, client=rosa, order_reference="25-CF-1", misses_before_alert=2)
    missed(rosa_case, rosa, on=date(2026, 11, 9))
    reconcile(now=NOON - timedelta(days=7))
    assert only_follow_up().protocol.code == ProtocolCode.SINGLE_MISSED
    missed(rosa_case, rosa, on=date(2026, 11, 16))
    reconcile(now=SOON)
    assert only_follow_up().protocol.code == ProtocolCode.COURT_MANDATED
    assert codes() == {"single_missed", "repeated_no_shows", "court_mandated"}


def test_partner_missed_while_the_other_came_is_the_clinicians_to_follow(
    book: Book, field_case: Case, maya: Client, jonah: Client, amara: User
) -> None:
    Practice.objects.update(follow_up_owner="desk")
    session = book(field_case)
    record(session, jonah)
    reconcile(now=SOON)
    assert only_follow_up().owner is None
    record(session, maya, Outcome.ATTENDED, now=NOON + timedelta(minutes=5))
    reconcile(now=NOON + timedelta(minutes=6))
    follow_up = only_follow_up()
    assert (follow_up.client, follow_up.owner) == (jonah, amara)
    assert follow_up.protocol.code == ProtocolCode.ABSENT_PARTNER


def test_correction_withdraws_the_cause_and_closes_saying_so(
    missed: Missed, rosa_case: Case, rosa: Client
) -> None:
    participant = missed(rosa_case, rosa)
    reconcile(now=SOON)
    record(participant.session, rosa, Outcome.ATTENDED_LATE, now=NOON + timedelta(minutes=1))
    assert reconcile(now=NOON + timedelta(minutes=2)) == Mended(withdrawn=1, closed=1)
    follow_up = only_follow_up()
    assert follow_up.closed_because == "The record was corrected: there is nothing to follow up."
    assert follow_up.closed_by is None
    assert follow_up.current_step is None


def test_undone_outcome_takes_its_follow_up_away(missed: Missed, rosa_case: Case, rosa: Client) -> None:
    participant = missed(rosa_case, rosa)
    reconcile(now=SOON)
    undo_outcome(participant=participant, actor=None, now=NOON + timedelta(minutes=1))
    reconcile(now=NOON + timedelta(minutes=2))
    assert only_follow_up().state == "closed"


def test_correction_back_to_missed_opens_anew(missed: Missed, rosa_case: Case, rosa: Client) -> None:
    participant = missed(rosa_case, rosa)
    reconcile(now=SOON)
    for minutes, outcome in ((1, Outcome.ATTENDED), (2, Outcome.NO_SHOW)):
        moment = NOON + timedelta(minutes=minutes)
        record(participant.session, rosa, outcome, now=moment)
        reconcile(now=moment)
    assert FollowUp.objects.filter(state="open").count() == 1
    assert FollowUpCause.objects.get().follow_up.state == "open"


def test_correction_of_one_of_two_gives_the_lighter_protocol_back(
    missed: Missed, rosa_case: Case, rosa: Client
) -> None:
    first = missed(rosa_case, rosa, on=date(2026, 11, 9))
    missed(rosa_case, rosa, on=date(2026, 11, 16))
    reconcile(now=SOON)
    assert only_follow_up().protocol.code == ProtocolCode.REPEATED_NO_SHOWS
    record(first.session, rosa, Outcome.EXCUSED, now=NOON + timedelta(minutes=1))
    reconcile(now=NOON + timedelta(minutes=2))
    assert only_follow_up().protocol.code == ProtocolCode.SINGLE_MISSED
    assert only_follow_up().is_open


def test_corrected_record_stays_open_where_somebody_was_already_called(
    missed: Missed, rosa_case: Case, rosa: Client, amara: User
) -> None:
    participant = missed(rosa_case, rosa)
    reconcile(now=SOON)
    left_word = AttemptDetails(channel="call", result="left_word")
    log_attempt(follow_up=only_follow_up(), attempt=left_word, actor=amara, now=SOON)
    record(participant.session, rosa, Outcome.EXCUSED, now=NOON + timedelta(minutes=1))
    reconcile(now=NOON + timedelta(minutes=2))
    assert only_follow_up().is_open


def test_single_miss_closes_when_the_client_comes_again(
    missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    missed(rosa_case, rosa, on=date(2026, 11, 9))
    reconcile(now=NOON - timedelta(days=7))
    weekly = book(rosa_case, now=NOON - timedelta(days=30))
    record(weekly, rosa, Outcome.ATTENDED)
    assert reconcile(now=SOON) == Mended(closed=1)
    assert only_follow_up().closed_because == "They came to a later session."


def test_session_that_stood_before_is_no_new_time(
    missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    book(rosa_case, on=date(2026, 11, 23), now=NOON - timedelta(days=30))
    missed(rosa_case, rosa)
    assert reconcile(now=SOON) == Mended(opened=1, added=1)
    assert reconcile(now=SOON, full=True) == Mended()


def test_single_miss_closes_when_a_new_time_is_booked(
    missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    missed(rosa_case, rosa)
    reconcile(now=SOON)
    book(rosa_case, on=date(2026, 11, 18), now=NOON + timedelta(minutes=5))
    reconcile(now=NOON + timedelta(minutes=5))
    assert only_follow_up().closed_because == "They have a new time."


def test_single_miss_closes_when_the_client_answers(
    missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    ahead = book(rosa_case, on=date(2026, 11, 23), now=NOON - timedelta(days=30))
    missed(rosa_case, rosa)
    reconcile(now=SOON)
    record_response(
        participant=participant_of(ahead, rosa), response=Response.CONFIRMED, by="sms", actor=None,
        now=NOON + timedelta(hours=1),
    )  # fmt: skip
    reconcile(now=NOON + timedelta(hours=1))
    assert only_follow_up().closed_because == "They answered."


def test_follow_up_that_a_person_closed_is_not_raised_again(
    missed: Missed, rosa_case: Case, rosa: Client, amara: User
) -> None:
    missed(rosa_case, rosa)
    reconcile(now=SOON)
    close_follow_up(follow_up=only_follow_up(), because="She rang.", actor=amara, now=SOON)
    assert reconcile(now=SOON, full=True) == Mended()


def test_new_time_called_off_opens_it_again_where_it_stood(
    missed: Missed, book: Book, rosa_case: Case, rosa: Client, amara: User
) -> None:
    missed(rosa_case, rosa)
    reconcile(now=SOON)
    left_word = AttemptDetails(channel="call", result="left_word")
    log_attempt(follow_up=only_follow_up(), attempt=left_word, actor=amara, now=SOON)
    stood_at = only_follow_up().steps.last()
    session = book(rosa_case, on=date(2026, 11, 18), now=NOON + timedelta(minutes=5))
    reconcile(now=NOON + timedelta(minutes=5))
    assert not only_follow_up().is_open
    cancel_participant(
        participant=participant_of(session, rosa), by="practice", actor=None, now=NOON + timedelta(minutes=9)
    )
    assert reconcile(now=NOON + timedelta(minutes=10)) == Mended(reopened=1)
    again = only_follow_up()
    step = again.steps.last()
    assert (again.is_open, again.closed_because, again.closed_at) == (True, "", None)
    assert stood_at
    assert step
    assert (step.position, step.owner) == (stood_at.position, stood_at.owner)
    assert step.is_current
    assert again.due_at == step.due_at
    assert reconcile(now=NOON + timedelta(minutes=10), full=True) == Mended()


def test_coming_that_was_recorded_by_mistake_forgets_nobody(
    missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    missed(rosa_case, rosa, on=date(2026, 11, 9))
    reconcile(now=NOON - timedelta(days=7))
    weekly = book(rosa_case, now=NOON - timedelta(days=30))
    record(weekly, rosa, Outcome.ATTENDED)
    reconcile(now=SOON)
    undo_outcome(participant=participant_of(weekly, rosa), actor=None, now=SOON)
    assert reconcile(now=SOON) == Mended(reopened=1)
    assert only_follow_up().is_open


def test_new_time_missed_too_is_a_follow_up_of_its_own(
    missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    missed(rosa_case, rosa, on=date(2026, 11, 9))
    reconcile(now=NOON - timedelta(days=7))
    session = book(rosa_case, now=NOON - timedelta(days=6))
    reconcile(now=NOON - timedelta(days=6))
    record(session, rosa)
    mended = reconcile(now=SOON)
    assert (mended.opened, mended.reopened) == (1, 0)
    assert [one.is_open for one in FollowUp.objects.order_by("pk")] == [False, True]


def test_mandate_is_not_closed_by_coming_or_answering(
    missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    Mandate.objects.create(case=rosa_case, client=rosa, order_reference="25-CF-1", misses_before_alert=1)
    missed(rosa_case, rosa, on=date(2026, 11, 9))
    reconcile(now=NOON - timedelta(days=7))
    ahead = book(rosa_case, now=NOON - timedelta(days=5))
    record_response(
        participant=participant_of(ahead, rosa), response=Response.CONFIRMED, by="sms", actor=None,
        now=NOON - timedelta(days=5),
    )  # fmt: skip
    record(ahead, rosa, Outcome.ATTENDED)
    reconcile(now=SOON, full=True)
    assert only_follow_up().is_open


def test_late_cancellation_raises_its_gentler_protocol(book: Book, rosa_case: Case, rosa: Client) -> None:
    session = book(rosa_case, on=date(2026, 11, 17), now=NOON - timedelta(days=9))
    cancel_participant(participant=participant_of(session, rosa), by="client", actor=None, now=NOON)
    assert reconcile(now=SOON) == Mended(opened=1, added=1)
    follow_up = only_follow_up()
    assert follow_up.protocol.code == ProtocolCode.LATE_CANCELLATION
    assert follow_up.due_at == CLOSING_IN_CHICAGO + timedelta(days=1)


def test_cancellation_in_time_or_by_the_practice_raises_nothing(
    book: Book, rosa_case: Case, rosa: Client
) -> None:
    in_time = book(rosa_case, on=date(2026, 11, 20))
    cancel_participant(participant=participant_of(in_time, rosa), by="client", actor=None, now=NOON)
    ours = book(rosa_case, on=date(2026, 11, 17))
    cancel_participant(participant=participant_of(ours, rosa), by="practice", actor=None, now=NOON)
    assert reconcile(now=SOON) == Mended()


def test_late_cancellation_with_a_new_time_needs_nobody(book: Book, rosa_case: Case, rosa: Client) -> None:
    session = book(rosa_case, on=date(2026, 11, 17), now=NOON - timedelta(days=9))
    cancel_participant(participant=participant_of(session, rosa), by="client", actor=None, now=NOON)
    book(rosa_case, on=date(2026, 11, 19), now=NOON + timedelta(seconds=1))
    assert reconcile(now=SOON) == Mended()


def test_late_cancellation_taken_back_takes_its_follow_up_away(
    book: Book, rosa_case: Case, rosa: Client
) -> None:
    session = book(rosa_case, on=date(2026, 11, 17), now=NOON - timedelta(days=9))
    participant = participant_of(session, rosa)
    cancel_participant(participant=participant, by="client", actor=None, now=NOON)
    reconcile(now=SOON)
    participant.refresh_from_db()
    undo_cancellation(participant=participant, actor=None, now=NOON + timedelta(minutes=1))
    reconcile(now=NOON + timedelta(minutes=1))
    assert only_follow_up().state == "closed"


def test_miss_takes_a_late_cancellation_over(
    book: Book, missed: Missed, rosa_case: Case, rosa: Client
) -> None:
    session = book(rosa_case, on=date(2026, 11, 17), now=NOON - timedelta(days=9))
    cancel_participant(participant=participant_of(session, rosa), by="client", actor=None, now=NOON)
    reconcile(now=SOON)
    missed(rosa_case, rosa, on=date(2026, 11, 18))
    reconcile(now=NOON + timedelta(days=2))
    assert only_follow_up().protocol.code == ProtocolCode.SINGLE_MISSED


def test_nobody_is_followed_for_a_day_they_were_known_to_be_away(
    missed: Missed, rosa_case: Case, rosa: Client
) -> None:
    Client.objects.filter(pk=rosa.pk).update(away_from=date(2026, 11, 14), away_until=date(2026, 11, 17))
    missed(rosa_case, rosa)
    assert reconcile(now=NOON + timedelta(days=4), full=True) == Mended()


def test_follow_up_waits_until_they_are_back(missed: Missed, rosa_case: Case, rosa: Client) -> None:
    missed(rosa_case, rosa)
    Client.objects.filter(pk=rosa.pk).update(away_from=date(2026, 11, 17), away_until=date(2026, 11, 20))
    assert reconcile(now=NOON + timedelta(days=2)) == Mended()
    assert reconcile(now=NOON + timedelta(days=5)) == Mended(opened=1, added=1)


def test_open_follow_up_rests_while_they_are_away(missed: Missed, rosa_case: Case, rosa: Client) -> None:
    missed(rosa_case, rosa)
    reconcile(now=SOON)
    Client.objects.filter(pk=rosa.pk).update(away_from=date(2026, 11, 17), away_until=date(2026, 11, 20))
    assert FollowUp.objects.to_do(date(2026, 11, 16)).count() == 1
    assert FollowUp.objects.to_do(date(2026, 11, 18)).count() == 0
    assert FollowUp.objects.to_do(date(2026, 11, 20)).count() == 1


def test_death_takes_everything_off_the_list_at_once_and_closes_it(
    missed: Missed, rosa_case: Case, rosa: Client, amara: User
) -> None:
    missed(rosa_case, rosa)
    open_follow_up(client=rosa, case=rosa_case, protocol_code="at_risk", actor=amara, now=NOON)
    Client.objects.filter(pk=rosa.pk).update(died_on=date(2026, 11, 16))
    assert not FollowUp.objects.to_do(date(2026, 11, 16)).exists()
    reconcile(now=SOON)
    assert not FollowUp.objects.open().exists()


def test_who_left_keeps_only_what_a_person_has_to_close(
    missed: Missed, rosa_case: Case, rosa: Client, field_case: Case, maya: Client, amara: User
) -> None:
    missed(rosa_case, rosa)
    reconcile(now=SOON)
    open_follow_up(client=maya, case=field_case, protocol_code="at_risk", actor=amara, now=SOON)
    Client.objects.update(left_on=date(2026, 11, 16))
    reconcile(now=SOON)
    assert FollowUp.objects.open().get().client == maya
    assert FollowUp.objects.get(client=rosa).closed_because == "They have left the practice."


def test_new_mandate_answers_no_old_absence(missed: Missed, rosa_case: Case, rosa: Client) -> None:
    missed(rosa_case, rosa, on=date(2026, 9, 7))
    Mandate.objects.create(case=rosa_case, client=rosa, order_reference="25-CF-1", misses_before_alert=1)
    assert reconcile(now=SOON, full=True) == Mended()


def test_late_fact_of_an_earlier_day_is_seen(
    missed: Missed, book: Book, rosa_case: Case, rosa: Client
) -> None:
    reconcile(now=SOON)
    session = book(rosa_case, on=date(2026, 11, 2), now=NOON - timedelta(days=20))
    record(session, rosa, now=NOON + timedelta(minutes=3))
    assert reconcile(now=NOON + timedelta(minutes=4)).opened == 1


def test_every_session_of_a_group_counts_for_its_own_client(book: Book, quinn_case: Case) -> None:
    session = book(quinn_case)
    nora, pete, _ = list(quinn_case.clients.order_by("pk"))
    record(session, nora)
    record(session, pete)
    assert reconcile(now=SOON) == Mended(opened=2, added=2)


@pytest.mark.parametrize(("kind", "is_open"), [("free", False), ("reschedule", False), ("stop", True)])
def test_message_answers_unless_it_asks_for_silence(
    missed: Missed, rosa_case: Case, rosa: Client, kind: str, is_open: bool
) -> None:
    missed(rosa_case, rosa)
    reconcile(now=SOON)
    InboundMessage.objects.create(
        provider_id="SM1", from_address="+13125550101", kind=kind, client=rosa,
        received_at=NOON + timedelta(hours=1),
    )  # fmt: skip
    reconcile(now=NOON + timedelta(hours=1))
    assert only_follow_up().is_open is is_open
