"""Today: a clinician's own day, what people wrote, whom to follow up, and what comes next."""

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import User, ViewLog
from attendance.models import AttendanceRecord
from attendance.services import Seen, record_outcome
from clients.contingency import Agreed, agree_on_plan
from clients.models import Case, Client
from clients.models.contingency import FallbackTime
from followups.models import FollowUp
from followups.reconcile import reconcile
from followups.services import close_follow_up, open_follow_up
from reminders.models import InboundMessage
from sessions_app.models import TherapySession
from sessions_app.services import mark_arrived
from tests.conftest import NOW, TODAY, case_of, person

BookSession = Callable[..., TherapySession]
SignIn = Callable[[User], Browser]
HOME = "/"
POLL = "/today/"
Committed = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Committed) -> Committed:
    """Does at once what waits for a commit: the pages are told."""
    return django_capture_on_commit_callbacks


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_clinician_sees_their_own_day_in_order(
    browser_of: SignIn, amara: User, rosa_case: Case, field_case: Case, quinn_case: Case, book: BookSession
) -> None:
    book(field_case, at="11:00")
    book(rosa_case)
    book(quinn_case, at="12:00")
    page = browser_of(amara).get(HOME).content.decode()
    assert page.index("Rosa Mendes") < page.index("Maya &amp; Jonah Field")
    assert "Quinn" not in page
    # It is hers: who leads is said where a colleague does, too.
    assert not re.search(r"Room \w+ · Dr\. Amara Okafor|\d · Dr\. Amara Okafor", page)


def test_the_desk_lands_on_the_board_and_an_admin_on_settings_or_team(
    browser_of: SignIn, desk: User, admin_user: User
) -> None:
    assert browser_of(desk).get(HOME).headers["Location"] == reverse("dashboard:board")
    answer = browser_of(admin_user).get(HOME)
    assert answer.status_code in (302, 403)
    assert answer.headers.get("Location") != reverse("dashboard:board")


def test_what_somebody_wrote_stands_with_their_session(
    browser_of: SignIn, amara: User, rosa: Client, rosa_case: Case, book: BookSession
) -> None:
    book(rosa_case)
    InboundMessage.objects.create(
        provider_id="SM1",
        from_address="+13125550101",
        body="Bus is late, sorry",
        kind="free",
        received_at=NOW - timedelta(minutes=9),
        client=rosa,
    )
    page = browser_of(amara).get(HOME).content.decode()
    assert "Bus is late, sorry" in page
    assert "8:51" in page


def test_the_last_times_are_shown_as_marks(
    browser_of: SignIn, amara: User, rosa_case: Case, book: BookSession
) -> None:
    for weeks, outcome in ((1, "no_show"), (2, "attended")):
        earlier = book(rosa_case, on=TODAY - timedelta(weeks=weeks), now=NOW - timedelta(weeks=weeks, days=1))
        [rosa] = earlier.participants.all()
        record_outcome(
            participant=rosa, seen=Seen(outcome=outcome, source="board"), actor=amara, now=earlier.ends_at
        )
    book(rosa_case)
    page = browser_of(amara).get(HOME).content.decode()
    assert page.index("2 Nov: attended") < page.index("9 Nov: missed")


def test_a_plan_that_holds_stands_in_a_line_before_the_session(
    browser_of: SignIn,
    amara: User,
    rosa: Client,
    maya: Client,
    jonah: Client,
    rosa_case: Case,
    field_case: Case,
    book: BookSession,
) -> None:
    def agree(case: Case, client: Client, agreed: Agreed) -> None:
        agree_on_plan(case=case, client=client, agreed=agreed, actor=amara, today=TODAY, now=NOW)

    def page() -> str:
        return browser_of(amara).get(HOME).content.decode()

    times = (FallbackTime(0, time(16, 30)),)
    agree(rosa_case, rosa, Agreed(agreed_on=TODAY, by_phone=True, times=times, note="Her sister drives"))
    agree(field_case, jonah, Agreed(agreed_on=TODAY, by_video=True, agreed_by=(jonah,)))
    [hers] = book(rosa_case).participants.all()
    book(field_case, at="11:00")
    assert "If Rosa cannot come: by telephone, Mon 16:30<" in page()
    assert "Her sister drives" not in page()
    assert "If Jonah cannot come" not in page(), "Maya has not agreed to it yet"
    agree(field_case, jonah, Agreed(agreed_on=TODAY, by_video=True, agreed_by=(maya, jonah)))
    # A partner may see the screen: at a glance there is a mark, and no plan.
    seen = page()
    [fold] = re.findall(r"<details class=\"today-fold\" data-menu>(.*?)</details>", seen, re.DOTALL)
    assert "Plan: see" in fold
    assert "If Jonah cannot come: by video<" in fold
    assert "If Rosa cannot come" in seen.replace(fold, "")
    mark_arrived(participant=hers, actor=None, now=NOW)
    assert "If Rosa cannot come" not in page(), "she is here"


def test_an_outcome_is_one_press_and_comes_back_to_today(
    browser_of: SignIn, amara: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    url = reverse("dashboard:outcome", args=[rosa.public_id])
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        page = browser_of(amara).get(HOME).content.decode()
        assert f"{url}?page=today" in page
        answer = browser_of(amara).post(f"{url}?page=today", {"outcome": "attended", "stood": "open"})
    assert answer.headers["Location"] == HOME
    assert AttendanceRecord.objects.get().source == "today"


def test_a_press_by_htmx_draws_that_person_anew_with_an_undo(
    browser_of: SignIn, amara: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case).participants.all()
    url = reverse("dashboard:arrival", args=[rosa.public_id])
    answer = browser_of(amara).post(f"{url}?page=today", headers={"HX-Request": "true"}).content.decode()
    assert f'id="participant-{rosa.public_id}"' in answer
    assert f"{reverse('dashboard:arrival-undo', args=[rosa.public_id])}?page=today" in answer


def test_a_missed_session_is_among_what_to_follow_up(
    browser_of: SignIn, amara: User, luis: User, rosa_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case, now=NOW).participants.all()
    after = NOW + timedelta(hours=2)
    record_outcome(participant=rosa, seen=Seen(outcome="no_show", source="board"), actor=amara, now=after)
    later = after + timedelta(minutes=10)
    reconcile(now=later)
    with time_machine.travel(later, tick=False):
        page = browser_of(amara).get(HOME).content.decode()
        others = browser_of(luis).get(HOME).content.decode()
    assert "Rosa" in page[page.index("To follow up") :]
    assert "Rosa" not in others


def test_the_next_day_is_peeked_at(
    browser_of: SignIn, amara: User, rosa_case: Case, book: BookSession
) -> None:
    book(rosa_case, on=TODAY + timedelta(days=2), at="14:30")
    page = browser_of(amara).get(HOME).content.decode()
    assert "Wednesday 18 November" in page
    assert "14:30" in page


def test_today_costs_the_same_queries_whatever_its_size(
    browser_of: SignIn, amara: User, rosa_case: Case, book: BookSession
) -> None:
    book(rosa_case)
    book(rosa_case, on=TODAY + timedelta(days=1))
    browser = browser_of(amara)
    browser.get(HOME)
    with CaptureQueriesContext(connection) as few:
        browser.get(HOME)
    for number in range(8):
        case = case_of(
            amara,
            Case.Kind.COUPLE,
            person("Ann", f"A{number}", 300 + number),
            person("Bo", f"B{number}", 400 + number),
        )
        book(case, at=f"{11 + number}:00")
        book(case, on=TODAY + timedelta(days=1), at=f"{11 + number}:00")
    with CaptureQueriesContext(connection) as many:
        page = browser.get(HOME).content.decode()
    assert page.count('class="participant"') == 17
    assert len(many) == len(few)


def asks_with(page: bytes) -> dict[str, str]:
    """What this page's next poll asks with."""
    [seen] = re.findall(r'<div id="today-seen".*?</div>', page.decode(), re.DOTALL)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', seen))


def test_today_asks_again_only_when_something_changed(
    browser_of: SignIn, amara: User, rosa_case: Case, book: BookSession, committed: Committed
) -> None:
    [rosa] = book(rosa_case).participants.all()
    browser = browser_of(amara)
    asks = asks_with(browser.get(HOME).content)
    views = ViewLog.objects.count()
    assert browser.get(POLL, asks).status_code == 204
    with committed(execute=True):
        mark_arrived(participant=rosa, actor=None, now=NOW)
    answer = browser.get(POLL, asks)
    assert (answer.status_code, "Arrived" in answer.content.decode()) == (200, True)
    assert ViewLog.objects.count() == views


def test_a_follow_up_comes_and_goes_with_the_poll(
    browser_of: SignIn, amara: User, desk: User, rosa_case: Case, book: BookSession, committed: Committed
) -> None:
    [rosa] = book(rosa_case, now=NOW - timedelta(days=1), on=TODAY - timedelta(days=1)).participants.all()
    browser = browser_of(amara)
    first = browser.get(HOME).content
    assert "Nobody is waiting to hear from you." in first.decode()
    with committed(execute=True):
        record_outcome(participant=rosa, seen=Seen(outcome="no_show", source="board"), actor=desk, now=NOW)
        # Kept opens it by itself, and pages that stand open are told.
        reconcile(now=NOW)
    opened = browser.get(POLL, asks_with(first)).content
    assert re.search(r'id="today-follow-ups"[^>]*hx-swap-oob="true".*Call Rosa', opened.decode(), re.DOTALL)
    with committed(execute=True):
        close_follow_up(follow_up=FollowUp.objects.get(), because="She rang", actor=amara, now=NOW)
    closed = browser.get(POLL, asks_with(opened)).content.decode()
    assert "Nobody is waiting to hear from you." in closed


def test_what_is_not_recorded_yet_goes_with_the_poll(
    browser_of: SignIn, amara: User, desk: User, rosa_case: Case, book: BookSession, committed: Committed
) -> None:
    [rosa] = book(rosa_case, now=NOW - timedelta(days=3), on=TODAY - timedelta(days=2)).participants.all()
    browser = browser_of(amara)
    page = browser.get(HOME).content
    assert "1 is not recorded yet" in page.decode()
    with committed(execute=True):
        record_outcome(participant=rosa, seen=Seen(outcome="attended", source="board"), actor=desk, now=NOW)
    answer = browser.get(POLL, asks_with(page)).content.decode()
    assert '<div id="today-unrecorded" hidden hx-swap-oob="true">' in answer


def test_what_was_told_of_elsewhere_brings_no_more_than_a_new_word(
    browser_of: SignIn,
    amara: User,
    rosa_case: Case,
    quinn_case: Case,
    book: BookSession,
    committed: Committed,
) -> None:
    book(rosa_case)
    browser = browser_of(amara)
    asks = asks_with(browser.get(HOME).content)
    with committed(execute=True):
        book(quinn_case, at="12:00", room=None)
    answer = browser.get(POLL, asks)
    assert "Rosa" not in answer.content.decode()
    assert browser.get(POLL, asks_with(answer.content)).status_code == 204


def test_a_poll_of_today_asks_the_facts_only_where_something_was_told(
    browser_of: SignIn,
    amara: User,
    rosa_case: Case,
    field_case: Case,
    book: BookSession,
    committed: Committed,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with committed(execute=True):
        book(rosa_case)
    browser = browser_of(amara)
    asks = asks_with(browser.get(HOME).content)
    with django_assert_max_num_queries(0):
        assert browser.get(POLL, asks).status_code == 204
    # Three of them may be who it is that asks.
    with django_assert_max_num_queries(7):
        assert browser.get(POLL, asks | {"told": "another"}).status_code == 200
    for each in book(field_case, at="11:00").participants.all():
        client, case = each.client, field_case
        open_follow_up(client=client, case=case, protocol_code="at_risk", actor=amara, now=NOW)
    asks = asks_with(browser.get(HOME).content)
    with django_assert_max_num_queries(7):
        assert browser.get(POLL, asks | {"told": "another"}).status_code == 200


def test_who_may_be_at_risk_stands_above_what_is_due_before(
    browser_of: SignIn, amara: User, desk: User, rosa_case: Case, field_case: Case, book: BookSession
) -> None:
    [rosa] = book(rosa_case, now=NOW - timedelta(days=4), on=TODAY - timedelta(days=3)).participants.all()
    missed_at = NOW - timedelta(days=3) + timedelta(hours=8)
    record_outcome(participant=rosa, seen=Seen(outcome="no_show", source="board"), actor=desk, now=missed_at)
    reconcile(now=missed_at + timedelta(hours=1))
    maya = field_case.members.get(client__given_name="Maya").client
    open_follow_up(client=maya, case=field_case, protocol_code="at_risk", actor=amara, now=NOW)
    page = browser_of(amara).get(HOME).content.decode()
    assert page.index("Call Maya and hear how they are") < page.index("Call Rosa")


def test_what_is_raised_before_a_later_session_reaches_its_clinician(
    browser_of: SignIn,
    amara: User,
    luis: User,
    desk: User,
    rosa: Client,
    rosa_case: Case,
    book: BookSession,
) -> None:
    elsewhere = case_of(luis, Case.Kind.INDIVIDUAL, person("Omar", "Hill", 140))
    book(elsewhere, on=TODAY + timedelta(days=4), room=None)
    worry = InboundMessage.objects.create(
        provider_id="SM9",
        from_address="+13125550101",
        body="I do not know how to pay for the bus",
        kind="free",
        client=rosa,
        received_at=NOW - timedelta(hours=2),
    )
    # Without a session ahead there is none that it comes before.
    assert "Raised before a session" not in browser_of(amara).get(HOME).content.decode()
    book(rosa_case, on=TODAY + timedelta(days=4), at="15:00")
    page = browser_of(amara).get(HOME).content.decode()
    assert "I do not know how to pay for the bus" in page
    assert re.search(r"wrote Mon 16 Nov, before Fri 20 Nov, 15:00", page)
    # Also when the desk has seen to it: the clinician has not.
    InboundMessage.objects.filter(pk=worry.pk).update(resolved_at=NOW, resolved_by=desk)
    assert "I do not know how to pay for the bus" in browser_of(amara).get(HOME).content.decode()
    assert "I do not know how to pay for the bus" not in browser_of(luis).get(HOME).content.decode()


def test_what_others_clients_raised_is_on_nobodys_today(
    browser_of: SignIn,
    amara: User,
    dana: User,
    luis: User,
    rosa: Client,
    rosa_case: Case,
    book: BookSession,
) -> None:
    book(rosa_case, on=TODAY + timedelta(days=4), at="15:00")
    InboundMessage.objects.create(
        provider_id="SM9",
        from_address="+13125550101",
        body="I do not know how to pay for the bus",
        kind="free",
        client=rosa,
        received_at=NOW - timedelta(hours=2),
    )
    # One who also stands at the desk reads every message in the inbox, and one who supervises the team's.
    luis.roles = ["clinician", "front_desk"]
    luis.save()
    for colleague in (luis, dana):
        assert "how to pay for the bus" not in browser_of(colleague).get(HOME).content.decode()
    # Whoever sits beside the clinician may see the screen: their words wait until they are opened.
    page = browser_of(amara).get(HOME).content.decode()
    [fold] = re.findall(r"<details class=\"today-fold\">(.*?)</details>", page, re.DOTALL)
    assert "I do not know how to pay for the bus" in fold
    assert "how to pay for the bus" not in page.replace(fold, "")
