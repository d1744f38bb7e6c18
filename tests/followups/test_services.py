"""What logging an attempt, taking a step and closing do."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from attendance.models import Outcome
from clients.models import Barrier, Case, Client
from followups.models import ContactAttempt, FollowUp, StepKind
from followups.reconcile import Mended, reconcile
from followups.services import (
    AttemptDetails,
    close_follow_up,
    complete_step,
    log_attempt,
    open_follow_up,
    reassign,
    reopen_follow_up,
    skip_step,
    snooze,
)
from sessions_app.models import Participant, TherapySession
from tests.followups.conftest import NOON, only_follow_up, record

Missed = Callable[..., Participant]
Book = Callable[..., TherapySession]
CLOSING_TUESDAY = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
NO_ANSWER = AttemptDetails(channel="call", result="no_answer")
REACHED = AttemptDetails(channel="call", result="reached")


@pytest.fixture
def follow_up(missed: Missed, rosa_case: Case, rosa: Client) -> FollowUp:
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    return only_follow_up()


@pytest.fixture
def mandated(rosa_case: Case, rosa: Client, amara: User) -> FollowUp:
    return open_follow_up(client=rosa, case=rosa_case, protocol_code="court_mandated", actor=amara, now=NOON)


def current_kind(follow_up: FollowUp) -> str:
    step = FollowUp.objects.get(pk=follow_up.pk).current_step
    return step.kind if step else ""


def test_no_answer_tries_again_the_next_working_day(follow_up: FollowUp, amara: User) -> None:
    log_attempt(follow_up=follow_up, attempt=NO_ANSWER, actor=amara, now=NOON)
    follow_up.refresh_from_db()
    assert follow_up.due_at == CLOSING_TUESDAY
    assert current_kind(follow_up) == StepKind.CALL


def test_friday_s_unanswered_call_waits_for_monday(follow_up: FollowUp, amara: User) -> None:
    log_attempt(follow_up=follow_up, attempt=NO_ANSWER, actor=amara, now=NOON + timedelta(days=4))
    follow_up.refresh_from_db()
    assert follow_up.due_at == CLOSING_TUESDAY + timedelta(days=6)


def test_used_up_tries_open_the_next_step(follow_up: FollowUp, amara: User) -> None:
    for hours in range(2):
        log_attempt(follow_up=follow_up, attempt=NO_ANSWER, actor=amara, now=NOON + timedelta(hours=hours))
    assert current_kind(follow_up) == StepKind.TEXT


def test_wrong_number_opens_the_next_step_at_once(follow_up: FollowUp, amara: User) -> None:
    wrong = AttemptDetails(channel="call", result="wrong_number")
    log_attempt(follow_up=follow_up, attempt=wrong, actor=amara, now=NOON)
    assert current_kind(follow_up) == StepKind.TEXT


def test_talk_closes_a_single_miss_with_words_barriers_and_agreement(
    follow_up: FollowUp, amara: User
) -> None:
    bus = Barrier.objects.get(code="transportation")
    talked = AttemptDetails(
        channel="call", result="reached", client_words="The bus never came.", barriers=(bus, bus),
        next_step="other_form",
    )  # fmt: skip
    log_attempt(follow_up=follow_up, attempt=talked, actor=amara, now=NOON)
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.closed_by) == ("closed", amara)
    assert follow_up.closed_because == "You talked. Agreed: meet another way."
    attempt = ContactAttempt.objects.get()
    assert (attempt.client_words, list(attempt.barriers.all())) == ("The bus never came.", [bus])
    # What got in the way stands with the absence, too, where it can be changed later.
    absence = follow_up.causes.get().participant
    assert absence
    assert absence.barriers_named.get().barrier == bus


def test_agreed_new_time_keeps_it_open_until_it_is_booked(
    follow_up: FollowUp, amara: User, book: Callable[..., TherapySession], rosa_case: Case
) -> None:
    agreed = AttemptDetails(channel="call", result="reached", next_step="new_time")
    log_attempt(follow_up=follow_up, attempt=agreed, actor=amara, now=NOON)
    assert only_follow_up().is_open
    book(rosa_case, on=NOON.date() + timedelta(days=2), now=NOON + timedelta(minutes=3))
    reconcile(now=NOON + timedelta(minutes=3))
    assert only_follow_up().closed_because == "They have a new time."


def test_call_again_moves_the_day_to_the_one_agreed(follow_up: FollowUp, amara: User) -> None:
    when = NOON + timedelta(days=3)
    again = AttemptDetails(channel="call", result="reached", next_step="call_again", call_again_at=when)
    log_attempt(follow_up=follow_up, attempt=again, actor=amara, now=NOON)
    follow_up.refresh_from_db()
    assert (follow_up.due_at, follow_up.is_open) == (when, True)


def test_nothing_is_agreed_without_a_talk(follow_up: FollowUp, amara: User) -> None:
    with pytest.raises(ValidationError, match="agreed in a talk"):
        log_attempt(
            follow_up=follow_up, actor=amara, now=NOON,
            attempt=AttemptDetails(channel="call", result="left_word", next_step="new_time"),
        )  # fmt: skip
    assert not ContactAttempt.objects.exists()


def test_unknown_result_is_refused(follow_up: FollowUp, amara: User) -> None:
    with pytest.raises(ValidationError):
        log_attempt(
            follow_up=follow_up, attempt=AttemptDetails(channel="call", result="x"), actor=amara, now=NOON
        )


def test_closed_follow_up_takes_no_attempt(follow_up: FollowUp, amara: User) -> None:
    close_follow_up(follow_up=follow_up, because="They rang us.", actor=amara, now=NOON)
    with pytest.raises(ValidationError, match="closed"):
        log_attempt(follow_up=follow_up, attempt=NO_ANSWER, actor=amara, now=NOON)


def test_talk_in_a_mandate_goes_on_to_help(mandated: FollowUp, amara: User) -> None:
    log_attempt(follow_up=mandated, attempt=REACHED, actor=amara, now=NOON)
    assert only_follow_up().is_open
    assert current_kind(mandated) == StepKind.RESOURCE


def test_call_is_not_ticked_off_but_noted(mandated: FollowUp, amara: User) -> None:
    with pytest.raises(ValidationError, match="Note how"):
        complete_step(follow_up=mandated, actor=amara, now=NOON)


def test_report_stays_locked_until_the_client_s_account_is_noted(mandated: FollowUp, amara: User) -> None:
    log_attempt(follow_up=mandated, attempt=REACHED, actor=amara, now=NOON)
    for _ in range(2):
        complete_step(follow_up=mandated, actor=amara, now=NOON)
    assert current_kind(mandated) == StepKind.REPORT
    with pytest.raises(ValidationError, match="Opens once you've noted Rosa's account"):
        complete_step(follow_up=mandated, actor=amara, now=NOON)
    account = AttemptDetails(channel="call", result="reached", client_words="My mother fell ill.")
    log_attempt(follow_up=mandated, attempt=account, actor=amara, now=NOON)
    complete_step(follow_up=mandated, actor=amara, now=NOON)
    assert current_kind(mandated) == ""
    assert only_follow_up().is_open


def test_three_unanswered_calls_open_the_report_too(mandated: FollowUp, amara: User) -> None:
    for hours in range(3):
        log_attempt(follow_up=mandated, attempt=NO_ANSWER, actor=amara, now=NOON + timedelta(hours=hours))
    for _ in range(3):
        complete_step(follow_up=mandated, actor=amara, now=NOON)
    assert current_kind(mandated) == ""


def test_step_is_left_out_only_with_a_reason(mandated: FollowUp, amara: User) -> None:
    with pytest.raises(ValidationError):
        skip_step(follow_up=mandated, because=" ", actor=amara, now=NOON)
    skip_step(follow_up=mandated, because="Spoke this morning", actor=amara, now=NOON)
    assert current_kind(mandated) == StepKind.RESOURCE


def test_desk_closes_a_single_miss_and_no_mandate(
    follow_up: FollowUp, desk: User, rosa: Client, rosa_case: Case, amara: User
) -> None:
    open_follow_up(client=rosa, case=rosa_case, protocol_code="court_mandated", actor=amara, now=NOON)
    with pytest.raises(PermissionDenied):
        close_follow_up(follow_up=follow_up, because="Done", actor=desk, now=NOON)
    with pytest.raises(PermissionDenied):
        skip_step(follow_up=follow_up, because="Done", actor=desk, now=NOON)
    assert only_follow_up().is_open


def test_second_clinician_does_not_close_another_s_mandate(mandated: FollowUp, luis: User) -> None:
    with pytest.raises(PermissionDenied):
        close_follow_up(follow_up=mandated, because="Done", actor=luis, now=NOON)


def test_supervisor_closes_a_mandate_by_name(mandated: FollowUp, dana: User) -> None:
    close_follow_up(follow_up=mandated, because="Agreed a plan with Rosa.", actor=dana, now=NOON)
    assert only_follow_up().closed_by == dana


def test_closing_needs_a_reason(follow_up: FollowUp, amara: User) -> None:
    with pytest.raises(ValidationError):
        close_follow_up(follow_up=follow_up, because="  ", actor=amara, now=NOON)


def test_reopened_goes_on_where_it_stood(follow_up: FollowUp, amara: User) -> None:
    for hours in range(2):
        log_attempt(follow_up=follow_up, attempt=NO_ANSWER, actor=amara, now=NOON + timedelta(hours=hours))
    close_follow_up(follow_up=follow_up, because="By mistake", actor=amara, now=NOON)
    reopen_follow_up(follow_up=follow_up, actor=amara, now=NOON)
    assert current_kind(follow_up) == StepKind.TEXT
    assert reconcile(now=NOON, full=True) == Mended()


def test_what_a_fact_answers_already_is_not_opened_again(
    follow_up: FollowUp, amara: User, rosa_case: Case, book: Book
) -> None:
    close_follow_up(follow_up=follow_up, because="They rang.", actor=amara, now=NOON)
    book(rosa_case, on=NOON.date() + timedelta(days=7), now=NOON)
    with pytest.raises(ValidationError, match="They have a new time"):
        reopen_follow_up(follow_up=follow_up, actor=amara, now=NOON)
    assert not only_follow_up().is_open


def test_second_open_one_is_refused(follow_up: FollowUp, amara: User, rosa: Client, rosa_case: Case) -> None:
    close_follow_up(follow_up=follow_up, because="By mistake", actor=amara, now=NOON)
    open_follow_up(client=rosa, case=rosa_case, protocol_code="at_risk", actor=amara, now=NOON)
    with pytest.raises(ValidationError, match="newer"):
        reopen_follow_up(follow_up=follow_up, actor=amara, now=NOON)


def test_worry_about_wellbeing_leads_at_once_and_may_come_from_the_desk(
    follow_up: FollowUp, desk: User, rosa: Client, rosa_case: Case, amara: User
) -> None:
    open_follow_up(client=rosa, case=rosa_case, protocol_code="at_risk", actor=desk, now=NOON)
    led = only_follow_up()
    assert (led.pk, led.protocol.code, led.owner) == (follow_up.pk, "at_risk", amara)
    assert reconcile(now=NOON, full=True) == Mended()


def test_worry_outlasts_a_corrected_record(
    follow_up: FollowUp, rosa: Client, rosa_case: Case, amara: User
) -> None:
    open_follow_up(client=rosa, case=rosa_case, protocol_code="at_risk", actor=amara, now=NOON)
    record(rosa_case.sessions.get(), rosa, Outcome.ATTENDED, now=NOON + timedelta(minutes=1))
    reconcile(now=NOON + timedelta(minutes=1))
    assert only_follow_up().is_open


def test_desk_opens_no_mandate(desk: User, rosa: Client, rosa_case: Case) -> None:
    with pytest.raises(PermissionDenied):
        open_follow_up(client=rosa, case=rosa_case, protocol_code="court_mandated", actor=desk, now=NOON)


def test_nothing_opens_for_somebody_outside_the_case(rosa: Client, field_case: Case, amara: User) -> None:
    with pytest.raises(ValidationError):
        open_follow_up(client=rosa, case=field_case, protocol_code="at_risk", actor=amara, now=NOON)


def test_call_is_handed_to_the_desk_and_back(follow_up: FollowUp, amara: User) -> None:
    reassign(follow_up=follow_up, owner=None, actor=amara, now=NOON)
    assert (only_follow_up().owner, only_follow_up().owner_role) == (None, "desk")
    reassign(follow_up=follow_up, owner=amara, actor=amara, now=NOON)
    step = only_follow_up().current_step
    assert step is not None
    assert (step.owner, step.owner_role) == (amara, "clinician")


def test_mandate_is_handed_to_nobody_who_may_not_read_it(
    mandated: FollowUp, amara: User, luis: User, desk: User, dana: User
) -> None:
    for colleague in (None, luis, desk):
        with pytest.raises(ValidationError):
            reassign(follow_up=mandated, owner=colleague, actor=amara, now=NOON)
    reassign(follow_up=mandated, owner=dana, actor=amara, now=NOON)
    assert only_follow_up().owner == dana


def test_put_off_within_thirty_days(follow_up: FollowUp, amara: User) -> None:
    snooze(follow_up=follow_up, until=NOON + timedelta(days=2), actor=amara, now=NOON)
    assert only_follow_up().due_at == NOON + timedelta(days=2)
    for until in (NOON, NOON + timedelta(days=31)):
        with pytest.raises(ValidationError):
            snooze(follow_up=follow_up, until=until, actor=amara, now=NOON)


def test_history_says_who_did_what(follow_up: FollowUp, amara: User) -> None:
    log_attempt(follow_up=follow_up, attempt=REACHED, actor=amara, now=NOON)
    event = follow_up.events.order_by("-pgh_id").first()  # type: ignore[attr-defined]
    assert event.pgh_context == {"verb": "log_attempt", "actor": str(amara.public_id)}
