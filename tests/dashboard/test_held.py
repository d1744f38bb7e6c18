"""One partner misses: three ways for the clinician, the companion of the held session, and the wall around it."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from attendance.holding import NOT_SIGNED, hold_session, raise_concern
from attendance.models import AttendanceRecord, Concern, HeldPart, HeldSession
from attendance.services import Seen, record_outcome
from clients.confidentiality import Signed, enter_policy
from clients.models import USUAL_LIMITS, Case, Client
from clients.screening import take_screen
from clients.services import set_safe_contact
from followups.models import FollowUp, FollowUpStep, ProtocolCode, QueuedOutreach, StepKind
from followups.queued import open_queued, queue_outreach
from followups.reconcile import reconcile
from followups.shipped import ABSENT_PARTNER
from sessions_app.models import Participant, TherapySession
from sessions_app.services import mark_arrived
from tests.conftest import NOW, TODAY

SignIn = Callable[[User], Browser]
Book = Callable[..., TherapySession]
TEN = NOW + timedelta(hours=1)
EARLY, DURING, ENDED = TEN + timedelta(minutes=10), TEN + timedelta(minutes=20), TEN + timedelta(minutes=60)
SIGNED = Signed(
    wording="What one of you says alone stays with me.", **USUAL_LIMITS, signed_on=date(2026, 2, 3)
)


@pytest.fixture
def session(field_case: Case, maya: Client, amara: User, book: Book) -> TherapySession:
    """Maya came to the ten o'clock, Jonah has not."""
    booked = book(field_case)
    mark_arrived(participant=booked.participants.get(client=maya), actor=None, now=TEN)
    return booked


@pytest.fixture
def during(session: TherapySession) -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def reassured(browser_of: SignIn, amara: User, session: TherapySession, during: None) -> Browser:
    """Amara's browser, after she held the session and said what stays private."""
    browser = browser_of(amara)
    browser.post(at("holding", session))
    browser.post(at("reassurance", session))
    return browser


def at(name: str, thing: TherapySession | Participant | Concern) -> str:
    return reverse(f"dashboard:{name}", args=[thing.public_id])


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]  # of the test client


def part_of(session: TherapySession, client: Client) -> Participant:
    return session.participants.get(client=client)


def test_holding_is_first_and_reaching_out_and_cancelling_come_after(
    browser_of: SignIn, amara: User, session: TherapySession
) -> None:
    with time_machine.travel(DURING, tick=False):
        for page in (reverse("dashboard:today"), at("session", session)):
            shown = words(browser_of(amara).get(page))
            ways = [
                shown.index(way)
                for way in (
                    "Hold the session with Maya",
                    "Reach out to Jonah after 10:50",
                    "Cancel the session",
                )
            ]
            assert ways == sorted(ways)
            assert shown.count("btn btn-primary") >= 1
            assert 'btn btn-primary" type="submit">Hold' in shown
            assert 'btn btn-quiet" href="' + at("absence-cancellation", session) in shown


def test_nobody_is_marked_or_decides_before_the_time_they_agreed_to_wait(
    browser_of: SignIn, amara: User, session: TherapySession
) -> None:
    with time_machine.travel(EARLY, tick=False):
        assert "Hold the session" not in words(browser_of(amara).get(reverse("dashboard:today")))
    with pytest.raises(ValidationError, match="may still come"):
        hold_session(session=session, actor=amara, now=EARLY)
    assert not AttendanceRecord.objects.exists()


def test_desk_and_supervisor_are_told_to_let_the_clinician_know(
    browser_of: SignIn, desk: User, dana: User, session: TherapySession, during: None
) -> None:
    for user in (desk, dana):
        board = words(browser_of(user).get(reverse("dashboard:board"), {"session": str(session.public_id)}))
        assert "Let Dr. Amara Okafor know" in board
        for clinical in ("Hold the session", "Reach out", "Cancel the session instead"):
            assert clinical not in board
        assert "Hold the session" not in words(browser_of(user).get(at("session", session)))
        assert browser_of(user).post(at("holding", session)).status_code == 403


def test_a_clinician_who_works_at_the_desk_too_has_the_ways(
    browser_of: SignIn, amara: User, session: TherapySession, during: None
) -> None:
    amara.roles = ["clinician", "front_desk", "practice_admin"]
    amara.save()
    board = words(browser_of(amara).get(reverse("dashboard:board"), {"session": str(session.public_id)}))
    assert "Hold the session with Maya" in board


def test_reassurance_is_in_the_couples_own_words_and_who_said_it_when_is_kept(
    browser_of: SignIn, amara: User, field_case: Case, session: TherapySession, during: None
) -> None:
    enter_policy(case=field_case, signed=SIGNED, actor=amara, today=TODAY, now=NOW)
    browser = browser_of(amara)
    opened = browser.post(at("holding", session))
    assert opened.headers["Location"] == at("held", session)
    page = words(browser.get(at("held", session)))
    for line in (SIGNED.wording, SIGNED.danger, SIGNED.abuse, SIGNED.court_order):
        assert line.replace("'", "&#x27;") in page
    assert "What presses Maya" not in page  # the reassurance first
    browser.post(at("reassurance", session))
    held = HeldSession.objects.get()
    assert (held.reassured_by, held.reassured_at) == (amara, DURING)
    assert held.reassurance.split("\n") == [SIGNED.wording, *USUAL_LIMITS.values()]
    assert "at 10:20 by Dr. Amara Okafor" in words(browser.get(at("held", session)))
    # What was said that day stays, whatever they sign later.
    changed = Signed(**{**vars(SIGNED), "wording": "We keep no secrets."})
    enter_policy(case=field_case, signed=changed, actor=amara, today=TODAY, now=DURING)
    assert SIGNED.wording in words(browser.get(at("held", session)))


def test_a_session_that_is_held_is_found_again_from_today_and_the_board(
    reassured: Browser, session: TherapySession
) -> None:
    for page in (reverse("dashboard:today"), reverse("dashboard:board") + f"?session={session.public_id}"):
        shown = words(reassured.get(page))
        assert "Back to the session with Maya" in shown
        assert "Hold the session with Maya" not in shown
        assert "Cancel the session instead" not in shown


def test_nothing_is_promised_where_nothing_is_signed(reassured: Browser, session: TherapySession) -> None:
    assert HeldSession.objects.get().reassurance.split("\n") == [NOT_SIGNED, *USUAL_LIMITS.values()]
    assert "stays private" in NOT_SIGNED
    assert "cannot promise" in NOT_SIGNED


def test_nothing_is_noted_before_the_reassurance(
    browser_of: SignIn, amara: User, maya: Client, session: TherapySession, during: None
) -> None:
    browser = browser_of(amara)
    browser.post(at("holding", session))
    refused = browser.post(
        at("concern-new", part_of(session, maya)), {"words": "She drinks again", "kind": "addiction"}
    )
    assert refused.status_code == 422
    assert not Concern.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldSession.objects.update(reassured_at=DURING)


def test_concerns_belong_to_who_said_them_and_carried_ones_greet_the_next_session(
    browser_of: SignIn,
    amara: User,
    reassured: Browser,
    field_case: Case,
    maya: Client,
    session: TherapySession,
    book: Book,
) -> None:
    mine = part_of(session, maya)
    reassured.post(at("concern-new", mine), {"words": "He is drinking again", "kind": "addiction"})
    reassured.post(at("concern-new", mine), {"words": "We only argue", "kind": "relationship"})
    drinking, arguing = Concern.objects.all()
    assert drinking.participant == mine
    reassured.post(at("concern", drinking), {"state": "carried"})
    reassured.post(at("concern", arguing), {"state": "addressed"})
    later = book(field_case, on=TODAY + timedelta(days=7))
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        reassured = browser_of(amara)  # a week later one signs in anew
        for page in (reverse("dashboard:today"), at("session", later)):
            shown = words(reassured.get(page))
            assert "1 concern carried forward: for your eyes" in shown
            assert "He is drinking again" in shown
            assert "We only argue" not in shown
            # Others may see the screen: closed until it is opened.
            assert re.search(r'<details class="card card__body held-fold"(?: data-menu)?>', shown)
        reassured.post(at("concern", drinking), {"state": "addressed", "back": "today"})
        assert "carried forward:" not in words(reassured.get(reverse("dashboard:today")))


def test_everything_but_the_reassurance_is_optional_and_a_check_says_whose_answer(
    reassured: Browser, maya: Client, session: TherapySession
) -> None:
    url = at("held-part", part_of(session, maya))
    assert reassured.post(url, {}).status_code == 302
    refused = reassured.post(url, {"heard": "yes", "strengths": "They laughed about the dog"})
    assert refused.status_code == 422
    assert "Say whose answer it is" in words(refused)
    assert "They laughed about the dog" in words(refused)
    noted = {
        "heard": "yes",
        "validated": "partly",
        "prepared": "yes",
        "answer_of": "client",
        "used_minutes": "35",
        "strengths": "They laughed about the dog",
        "needs": "A quiet evening",
        "bring_in": "She begins with the dog",
    }
    assert reassured.post(url, noted).status_code == 302
    part = HeldPart.objects.get()
    assert (part.used_minutes, part.answer_of, session.minutes) == (35, "client", 50)
    page = words(reassured.get(at("held", session)))
    assert "of 50 booked" in page
    chart = page[page.index('id="chart-') :]
    for told in ("Held with Maya. Not there: Jonah.", "Used: 35 min", "They laughed about the dog"):
        assert told in chart
    assert "Their own answer" in chart


def test_needs_of_now_and_goals_stand_side_by_side_and_the_next_session_is_best_with_both(
    reassured: Browser,
    field_case: Case,
    maya: Client,
    jonah: Client,
    amara: User,
    session: TherapySession,
    book: Book,
) -> None:
    Case.objects.filter(pk=field_case.pk).update(goals="To raise Ella together")
    reassured.post(at("held-part", part_of(session, maya)), {"needs": "Sleep"})
    page = words(reassured.get(at("held", session)))
    beside = page[page.index("Now, and in the long run") :]
    assert "Sleep" in beside
    assert "To raise Ella together" in beside
    assert "with both" not in beside  # nothing invites both before each was asked alone
    for client in (maya, jonah):
        take_screen(client=client, result="safe", words="", was_alone=True, actor=amara, now=DURING)
    assert "Best with both of them" in words(reassured.get(at("held", session)))
    book(field_case, on=TODAY + timedelta(days=7))
    assert "Monday 23 November, 10:00</a>: Maya, Jonah" in words(reassured.get(at("held", session)))
    field_case.refresh_from_db()
    assert field_case.closed_on is None


def test_the_note_on_bringing_it_in_greets_the_very_next_session_and_no_later_one(
    browser_of: SignIn,
    amara: User,
    desk: User,
    reassured: Browser,
    field_case: Case,
    maya: Client,
    session: TherapySession,
    book: Book,
) -> None:
    note = {"bring_in": "She begins with the dog"}
    reassured.post(at("held-part", part_of(session, maya)), note)
    following = book(field_case, on=TODAY + timedelta(days=7))
    beyond = book(field_case, on=TODAY + timedelta(days=14))
    assert note["bring_in"] in words(reassured.get(at("session", following)))
    assert "To bring in, agreed with Maya on 16 November" in words(reassured.get(at("session", following)))
    assert note["bring_in"] not in words(reassured.get(at("session", beyond)))
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert note["bring_in"] in words(browser_of(amara).get(reverse("dashboard:today")))
        assert note["bring_in"] not in words(browser_of(desk).get(at("session", following)))


def test_minutes_used_and_closing_checks_are_measured_for_the_cases_clinicians(
    browser_of: SignIn,
    desk: User,
    dana: User,
    reassured: Browser,
    field_case: Case,
    maya: Client,
    session: TherapySession,
) -> None:
    noted = {"heard": "yes", "validated": "yes", "prepared": "partly", "answer_of": "client"}
    reassured.post(at("held-part", part_of(session, maya)), {**noted, "used_minutes": "35"})
    case = reverse("dashboard:case", args=[field_case.public_id])
    told = words(reassured.get(case))
    assert "35 of 50 booked minutes used." in told
    for check in (
        "Felt heard: 1 of 1.",
        "Taken seriously: 1 of 1.",
        "Prepared: 0 of 1.",
        "Their own answer: 1 of 1.",
    ):
        assert check in told
    assert "35 of 50 min" in words(reassured.get(at("session", session)))
    for other in (desk, dana):
        assert "35 of 50" not in words(browser_of(other).get(case))
        assert "35 of 50" not in words(browser_of(other).get(at("session", session)))


def test_who_is_alone_with_the_clinician_is_asked_whether_it_is_safe(
    reassured: Browser, amara: User, maya: Client, jonah: Client, session: TherapySession
) -> None:
    page = words(reassured.get(at("held", session)))
    assert "Maya is alone with you" in page
    assert reverse("dashboard:safety", args=[maya.public_id]) in page
    assert reverse("dashboard:safety", args=[jonah.public_id]) not in page
    assert "rests until each of the two, asked alone, has said that it is safe" in page
    for client in (maya, jonah):
        take_screen(client=client, result="safe", words="", was_alone=True, actor=amara, now=DURING)
    page = words(reassured.get(at("held", session)))
    assert "is alone with you" not in page
    assert "asked alone" not in page


def test_only_the_cases_clinicians_open_the_companion(
    browser_of: SignIn, reassured: Browser, dana: User, desk: User, luis: User, session: TherapySession
) -> None:
    assert browser_of(dana).get(at("held", session)).status_code == 403
    assert browser_of(desk).get(at("held", session)).status_code == 403
    assert browser_of(luis).get(at("held", session)).status_code == 404


def test_cancelling_takes_a_step_more_a_reason_and_a_line_on_what_is_lost(
    browser_of: SignIn, amara: User, maya: Client, session: TherapySession, during: None
) -> None:
    browser, url = browser_of(amara), at("absence-cancellation", session)
    page = words(browser.get(url))
    assert "What is lost: 50 minutes of care" in page
    assert page.index("Hold it after all") < page.index("Why can it not be held?")
    assert browser.post(url, {"reason": " "}).status_code == 422
    session.refresh_from_db()
    assert not session.is_cancelled
    assert browser.post(url, {"reason": "Maya asked to go home"}).status_code == 302
    session.refresh_from_db()
    assert (session.cancelled_by, session.cancel_reason) == ("practice", "Maya asked to go home")
    assert not session.tell_clients
    assert "Maya arrived" in words(browser.get(at("session", session)))
    reconcile(now=ENDED)
    assert not FollowUp.objects.exists()


def test_outreach_is_queued_and_nobody_is_reached_before_the_session_has_ended(
    browser_of: SignIn, amara: User, jonah: Client, session: TherapySession, during: None
) -> None:
    browser_of(amara).post(at("outreach", session))
    browser_of(amara).post(at("outreach", session))
    assert QueuedOutreach.objects.get().participant == part_of(session, jonah)
    absent = Seen(outcome="no_show", source="today")
    record_outcome(participant=part_of(session, jonah), seen=absent, actor=amara, now=DURING)
    before = session.ends_at - timedelta(minutes=1)
    reconcile(now=before, full=True)
    assert open_queued(now=before) == 0
    assert not FollowUp.objects.exists()
    reconcile(now=ENDED, full=True)
    open_queued(now=ENDED)
    follow_up = FollowUp.objects.get()
    assert follow_up.client == jonah
    assert follow_up.due_at
    assert follow_up.due_at > session.ends_at


def test_queued_outreach_opens_the_absent_partners_follow_up_without_an_outcome(
    amara: User, jonah: Client, session: TherapySession
) -> None:
    queue_outreach(session=session, actor=amara, now=DURING)
    assert open_queued(now=ENDED) == 1
    assert open_queued(now=ENDED) == 0
    follow_up = FollowUp.objects.get()
    assert (follow_up.client, follow_up.protocol.code) == (jonah, ProtocolCode.ABSENT_PARTNER)
    step = FollowUpStep.objects.get()
    assert step.kind == StepKind.CONVERSATION  # whether and how, first


def test_who_came_after_all_is_not_followed(amara: User, jonah: Client, session: TherapySession) -> None:
    queue_outreach(session=session, actor=amara, now=DURING)
    mark_arrived(participant=part_of(session, jonah), actor=None, now=DURING + timedelta(minutes=5))
    assert open_queued(now=ENDED) == 0
    assert QueuedOutreach.objects.get().settled_at == ENDED
    assert not FollowUp.objects.exists()


def test_do_not_contact_wins_over_outreach_whenever_it_was_set(
    amara: User, luis: User, jonah: Client, session: TherapySession
) -> None:
    queue_outreach(session=session, actor=amara, now=DURING)
    set_safe_contact(client=jonah, level="do_not_contact", reason="Asked so", actor=amara)
    with pytest.raises(ValidationError, match="do not contact Jonah"):
        queue_outreach(session=session, actor=amara, now=DURING)
    assert open_queued(now=ENDED) == 0
    assert not FollowUp.objects.exists()
    with pytest.raises(PermissionDenied):
        queue_outreach(session=session, actor=luis, now=DURING)


def test_the_guide_names_the_purposes_and_the_text_itself_only_invites() -> None:
    call = next(step for step in ABSENT_PARTNER.steps if step["kind"] == StepKind.CALL)
    for purpose in ("Clarity", "Accountability", "Invitation"):
        assert purpose in call["later"]
    text = next(step for step in ABSENT_PARTNER.steps if step["kind"] == StepKind.TEXT)
    assert "you are welcome" in text["opening"]["en"]
    for judging in ("miss", "absent", "accountab", "responsib", "should", "must"):
        assert judging not in text["opening"]["en"].lower()


def test_held_in_part_is_its_own_figure_wherever_attendance_is_counted(
    browser_of: SignIn,
    amara: User,
    desk: User,
    field_case: Case,
    maya: Client,
    jonah: Client,
    session: TherapySession,
    book: Book,
) -> None:
    missed_by_both = book(field_case, on=TODAY - timedelta(days=7))
    for who in missed_by_both.participants.all():
        record_outcome(
            participant=who,
            seen=Seen(outcome="no_show", source="board"),
            actor=desk,
            now=missed_by_both.ends_at,
        )
    for client, outcome in ((maya, "attended"), (jonah, "no_show")):
        record_outcome(
            participant=part_of(session, client),
            seen=Seen(outcome=outcome, source="board"),
            actor=desk,
            now=ENDED,
        )
    with time_machine.travel(ENDED, tick=False):
        browser = browser_of(desk)
        board = words(browser.get(reverse("dashboard:board")))
        tally = board[board.index("People today") :][:2500]
        assert "1 held in part" in tally
        assert "missed" not in tally.partition("</ul>")[0]
        case = words(browser.get(reverse("dashboard:case", args=[field_case.public_id])))
        for figure in ("0 held<", "1 held in part", "1 missed"):
            assert figure in case
        his = words(browser.get(reverse("dashboard:client", args=[jonah.public_id])))
        hers = words(browser.get(reverse("dashboard:client", args=[maya.public_id])))
        assert "1 held in part" in his
        assert "1 of 2 missed" in his
        assert "1 held in part" in hers
        assert "1 of 2 attended" in hers
        [row] = browser.get(reverse("api:board")).json()["sessions"]
        assert row["held_in_part"] is True
        for one, in_part in ((session, True), (missed_by_both, False)):
            detail = browser.get(reverse("api:session", args=[one.public_id])).json()
            assert detail["held_in_part"] is in_part


def test_a_session_not_yet_recorded_is_not_held_in_part(
    browser_of: SignIn, desk: User, maya: Client, session: TherapySession
) -> None:
    record_outcome(
        participant=part_of(session, maya),
        seen=Seen(outcome="attended", source="board"),
        actor=desk,
        now=ENDED,
    )
    with time_machine.travel(ENDED, tick=False):
        [row] = browser_of(desk).get(reverse("api:board")).json()["sessions"]
        detail = browser_of(desk).get(reverse("api:session", args=[session.public_id])).json()
    assert (row["held_in_part"], detail["held_in_part"]) == (False, False)


def test_a_group_is_no_couple(amara: User, field_case: Case, session: TherapySession) -> None:
    Case.objects.filter(pk=field_case.pk).update(kind="group", title="Thursday group")
    session.case.refresh_from_db()
    with pytest.raises(ValidationError, match="couple or family"):
        hold_session(session=session, actor=amara, now=datetime(2026, 11, 16, 16, 20, tzinfo=UTC))


def test_the_companion_asks_as_little_of_two_who_came_as_of_one(
    browser_of: SignIn, luis: User, quinn_case: Case, book: Book
) -> None:
    family = book(quinn_case)
    first, second, third = family.participants.all()
    browser, asked = browser_of(luis), []
    with time_machine.travel(DURING, tick=False):
        for one in (first, second):
            mark_arrived(participant=one, actor=None, now=TEN)
            hold_session(session=family, actor=luis, now=DURING)
            browser.post(at("reassurance", family))
            raise_concern(participant=one, kind="other", words="It is bad.", actor=luis, now=DURING)
            browser.get(at("held", family))
            with CaptureQueriesContext(connection) as queries:
                shown = words(browser.get(at("held", family)))
            assert "It is bad." in shown
            assert third.client.called in shown
            asked.append(len(queries))
    assert asked[1] <= asked[0]
