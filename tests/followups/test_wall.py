"""Who may read what of a follow-up."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from attendance.models import Outcome
from clients.models import Barrier, Case, Client, Mandate
from clients.screening import take_screen
from followups.access import follow_ups_visible_to, get_follow_up, get_follow_up_to_close
from followups.models import FollowUp
from followups.presenting import ASK_FIRST, Presented, present, present_rows
from followups.reconcile import reconcile
from followups.services import AttemptDetails, complete_step, log_attempt, skip_step, snooze
from sessions_app.models import Participant, TherapySession
from tests.conftest import case_of, person
from tests.followups.conftest import NOON, only_follow_up, record

Missed = Callable[..., Participant]
Book = Callable[..., TherapySession]
WORDS = "My mother fell ill and I was ashamed."


@pytest.fixture
def single(missed: Missed, rosa_case: Case, rosa: Client) -> FollowUp:
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    return only_follow_up()


@pytest.fixture
def mandated(missed: Missed, rosa_case: Case, rosa: Client, amara: User) -> FollowUp:
    order = Mandate.objects.create(
        case=rosa_case, client=rosa, order_reference="25-CF-1", misses_before_alert=1
    )
    order.reporting_dates.create(due_on=date(2026, 11, 30))
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    return only_follow_up()


def told(user: User, follow_up: FollowUp) -> Presented:
    return present(user, get_follow_up(user, follow_up.public_id), now=NOON)


def everything(presented: Presented) -> str:
    """All that a page could print, without the record that it hangs on."""
    shown = vars(presented) | vars(presented.row)
    return repr([value for key, value in shown.items() if key not in {"row", "follow_up", "client"}])


def test_second_clinician_and_admin_see_nothing(single: FollowUp, luis: User, admin_user: User) -> None:
    for user in (luis, admin_user):
        assert not follow_ups_visible_to(user).exists()
        with pytest.raises(Http404):
            get_follow_up(user, single.public_id)
    with pytest.raises(Http404):
        get_follow_up(luis, uuid4())


def test_own_clinician_supervisor_and_desk_see_it(
    single: FollowUp, amara: User, dana: User, desk: User
) -> None:
    for user in (amara, dana, desk):
        assert get_follow_up(user, single.public_id, write=True) == single


def test_deactivated_clinician_sees_nothing(single: FollowUp, amara: User) -> None:
    User.objects.filter(pk=amara.pk).update(is_active=False)
    assert not follow_ups_visible_to(User.objects.get(pk=amara.pk)).exists()


def test_single_miss_is_read_by_the_desk_with_its_script(single: FollowUp, desk: User) -> None:
    presented = told(desk, single)
    assert presented.row.heading == "Call Rosa"
    assert presented.row.reason == "We missed each other this morning at 10:00."
    assert presented.row.step_line == "Step 1 of 3"
    assert presented.script is not None
    assert presented.script.opening == (
        "Hi, it's Fran Desk. Is this Rosa? Can you talk freely? "
        "I noticed we didn't meet this morning and wanted to hear how you are."
    )
    assert presented.may_close


def test_script_speaks_the_client_s_language_and_names_the_day(
    single: FollowUp, amara: User, rosa: Client
) -> None:
    Client.objects.filter(pk=rosa.pk).update(language="es", name_used="Rosita")
    later = present(amara, get_follow_up(amara, single.public_id), now=NOON + timedelta(days=3))
    assert later.script is not None
    assert later.script.opening.startswith("Hola, le habla Dr. Amara Okafor. ¿Hablo con Rosita?")
    assert "el lunes" in later.script.opening


def test_mandate_is_please_call_to_the_desk_and_nothing_more(
    mandated: FollowUp, desk: User, amara: User
) -> None:
    log_attempt(
        follow_up=mandated, actor=desk, now=NOON,
        attempt=AttemptDetails(
            channel="call", result="reached", client_words=WORDS,
            barriers=(Barrier.objects.get(code="anxiety"),), next_step="extra_support",
        ),
    )  # fmt: skip
    presented = told(desk, mandated)
    assert presented.row.heading == "Please call Rosa"
    assert presented.row.reason == "Dr. Amara Okafor would like to speak with them."
    assert (presented.row.protocol_name, presented.row.step_line, presented.steps) == ("", "", ())
    assert (presented.step_kind, presented.lock, presented.report_due_on) == ("call", "", None)
    assert not presented.may_close
    shown = everything(presented).lower()
    for hidden in ("court", "mandate", "missed", "mother", "nervous", "help with", "report"):
        assert hidden not in shown


@pytest.mark.parametrize(
    ("result", "next_step"), [("reached", "new_time"), ("wrong_number", ""), ("declined", "")]
)
def test_what_the_desk_hears_takes_no_step_of_a_mandate(
    mandated: FollowUp, desk: User, amara: User, result: str, next_step: str
) -> None:
    attempt = AttemptDetails(channel="call", result=result, next_step=next_step)
    log_attempt(follow_up=mandated, attempt=attempt, actor=desk, now=NOON)
    presented = told(amara, mandated)
    assert [one.result for one in presented.attempts] == [result]
    assert [one.state for one in presented.steps] == ["current", "ahead", "ahead", "ahead"]


def test_the_desk_notes_when_a_clinician_may_call_and_puts_nothing_off(
    mandated: FollowUp, desk: User
) -> None:
    evening = NOON + timedelta(hours=5)
    attempt = AttemptDetails(channel="call", result="reached", next_step="call_again", call_again_at=evening)
    log_attempt(follow_up=mandated, attempt=attempt, actor=desk, now=NOON)
    assert only_follow_up().due_at == evening
    with pytest.raises(ValidationError, match="their clinician's to say"):
        snooze(follow_up=mandated, until=NOON + timedelta(days=20), actor=desk, now=NOON)


def test_nobody_is_called_again_in_years(single: FollowUp, desk: User) -> None:
    far = NOON + timedelta(days=4000)
    attempt = AttemptDetails(channel="call", result="reached", next_step="call_again", call_again_at=far)
    with pytest.raises(ValidationError, match="within the next 30 days"):
        log_attempt(follow_up=single, attempt=attempt, actor=desk, now=NOON)


def test_mandate_is_whole_to_its_clinician(mandated: FollowUp, amara: User) -> None:
    presented = told(amara, mandated)
    assert presented.row.heading == "Call Rosa"
    assert presented.row.protocol_name == "Court-mandated"
    assert presented.script is not None
    assert presented.script.listen.startswith("Say first what goes to the court")
    assert [step.kind for step in presented.steps] == ["call", "resource", "conversation", "report"]
    assert presented.steps[-1].lock == (
        "Opens once you've noted Rosa's account, or that calls couldn't reach them. "
        "Due 30 November; urgent: ask Dana Reyes."
    )
    assert presented.report_due_on == date(2026, 11, 30)


def test_closed_mandate_tells_the_desk_no_reason(mandated: FollowUp, desk: User) -> None:
    FollowUp.objects.update(state="closed", closed_at=NOON, closed_because="Court informed.", due_at=None)
    assert "Court" not in everything(told(desk, mandated))


def test_words_are_read_by_clinicians_only_even_where_the_desk_wrote_them(
    single: FollowUp, desk: User, amara: User, dana: User
) -> None:
    log_attempt(
        follow_up=single, actor=desk, now=NOON,
        attempt=AttemptDetails(channel="call", result="left_word", client_words=WORDS),
    )  # fmt: skip
    [attempt] = told(desk, single).attempts
    assert (attempt.client_words, attempt.words_are_hidden, attempt.by) == ("", True, "Fran Desk")
    assert "mother" not in everything(told(desk, single))
    for reader in (amara, dana):
        [attempt] = told(reader, single).attempts
        assert (attempt.client_words, attempt.words_are_hidden) == (WORDS, False)


def test_clinician_who_also_works_at_the_desk_reads_only_their_own(mandated: FollowUp, luis: User) -> None:
    User.objects.filter(pk=luis.pk).update(roles=[Role.CLINICIAN, Role.FRONT_DESK])
    both = User.objects.get(pk=luis.pk)
    assert told(both, mandated).row.heading == "Please call Rosa"
    with pytest.raises(PermissionDenied):
        get_follow_up_to_close(both, mandated.public_id)


def test_desk_may_close_what_is_not_sensitive(single: FollowUp, desk: User) -> None:
    assert get_follow_up_to_close(desk, single.public_id) == single


def test_partner_s_invitation_names_the_next_time(
    book: Callable[..., TherapySession],
    missed: Missed,
    field_case: Case,
    jonah: Client,
    maya: Client,
    amara: User,
) -> None:
    record(missed(field_case, jonah).session, maya, Outcome.ATTENDED)
    reconcile(now=NOON)
    follow_up = only_follow_up()
    skip_step(follow_up=follow_up, because="Safe for both", actor=amara, now=NOON)
    skip_step(follow_up=follow_up, because="Hard of hearing", actor=amara, now=NOON)
    assert told(amara, follow_up).script is None  # nothing invites before each was asked alone
    for client in (maya, jonah):
        take_screen(client=client, result="safe", words="", was_alone=True, actor=amara, now=NOON)
    without = told(amara, follow_up).script
    assert without is not None
    assert without.opening == ""
    book(field_case, on=date(2026, 11, 23), at="15:00")
    script = told(amara, follow_up).script
    assert script is not None
    assert script.opening == (
        "Lakeside: Your next time is Monday 23 November, 15:00; you are welcome. "
        "C confirm, R move, or call (312) 555-0100."
    )


def test_list_costs_the_same_for_many(
    missed: Missed,
    amara: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    rosa_case: Case,
    rosa: Client,
) -> None:
    def lines() -> int:
        rows = follow_ups_visible_to(amara).to_do(NOON.date()).with_people()
        return len(present_rows(amara, rows, now=NOON))

    missed(rosa_case, rosa)
    reconcile(now=NOON)
    with django_assert_num_queries(5):
        assert lines() == 1
    for number in range(8):
        client = person(f"Person{number}", "Example", 130 + number)
        missed(case_of(amara, Case.Kind.INDIVIDUAL, client), client, on=date(2026, 11, 2 + number))
    reconcile(now=NOON + timedelta(hours=9))
    with django_assert_num_queries(5):
        assert lines() == 9


def test_clinician_completes_what_is_theirs(mandated: FollowUp, amara: User) -> None:
    log_attempt(
        follow_up=mandated, attempt=AttemptDetails(channel="call", result="reached"), actor=amara, now=NOON
    )
    presented = told(amara, mandated)
    assert (presented.is_contact, presented.may_complete) == (False, True)
    complete_step(follow_up=mandated, note="Bus card arranged", actor=amara, now=NOON)
    assert told(amara, mandated).steps[1].note == "Bus card arranged"


def test_the_desk_hears_of_an_absent_partner_only_once_a_call_is_decided(
    missed: Missed, book: Book, field_case: Case, maya: Client, jonah: Client, desk: User, amara: User
) -> None:
    session = book(field_case)
    record(session, maya, Outcome.ATTENDED)
    record(session, jonah, Outcome.NO_SHOW)
    reconcile(now=NOON)
    follow_up = only_follow_up()
    assert follow_ups_visible_to(amara).get() == follow_up
    with pytest.raises(Http404):
        get_follow_up(desk, follow_up.public_id)
    complete_step(follow_up=follow_up, actor=amara, now=NOON)
    reached = get_follow_up(desk, follow_up.public_id)
    assert told(desk, reached).row.heading == "Please call Jonah"
    assert told(desk, reached).lock == ASK_FIRST  # until each was asked alone; it says whom to ask, not why
