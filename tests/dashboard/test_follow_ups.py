"""Follow-ups on their pages: the queue, the call screen, who reads what, and what each button does."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User, ViewLog
from clients.models import Barrier, Case, Client, SafeContact
from followups.models import ContactAttempt, FollowUp, ProtocolCode
from followups.reconcile import reconcile
from followups.services import AttemptDetails, log_attempt, open_follow_up
from sessions_app.models import Participant, TherapySession
from tests.conftest import case_of, person
from tests.followups.conftest import NOON, missed

__all__ = ["missed"]

Missed = Callable[..., Participant]
Book = Callable[..., TherapySession]
AFTERNOON = NOON + timedelta(hours=1)
WORDS = "The bus did not come."


@pytest.fixture(autouse=True)
def _in_the_afternoon() -> Iterator[None]:
    with time_machine.travel(AFTERNOON, tick=False):
        yield


@pytest.fixture
def rosas(missed: Missed, rosa_case: Case, rosa: Client) -> FollowUp:
    """Rosa was missed at ten: Amara is to call her."""
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    return FollowUp.objects.get(client=rosa)


@pytest.fixture
def worry(rosa: Client, rosa_case: Case, amara: User) -> FollowUp:
    """Amara worries about Rosa: the desk reads only that she is to be called."""
    return open_follow_up(
        client=rosa, case=rosa_case, protocol_code=ProtocolCode.AT_RISK, actor=amara, now=NOON
    )


def page_of(follow_up: FollowUp, name: str = "follow-up") -> str:
    return reverse(f"dashboard:{name}", args=[follow_up.public_id])


def seen(browser: Browser, user: User, url: str) -> str:
    browser.force_login(user)
    return str(browser.get(url).content.decode())


def test_queue_says_who_why_and_by_when(client: Browser, amara: User, rosas: FollowUp) -> None:
    html = seen(client, amara, reverse("dashboard:follow-ups"))
    for words in ("Rosa Mendes", "Call Rosa", "We missed each other this morning at 10:00", "today by 20:00"):
        assert words in html
    assert ViewLog.objects.filter(kind="follow_up", object_ids=[rosas.public_id]).exists()


def test_queue_says_how_long_it_is_overdue(client: Browser, amara: User, rosas: FollowUp) -> None:
    FollowUp.objects.filter(pk=rosas.pk).update(due_at=AFTERNOON - timedelta(hours=2))
    assert "2 hours overdue" in seen(client, amara, reverse("dashboard:follow-ups"))


def test_everybody_sees_only_their_own(
    client: Browser, rosas: FollowUp, amara: User, luis: User, dana: User, desk: User, admin_user: User
) -> None:
    everybodys = reverse("dashboard:follow-ups") + "?whose=all"
    for user in (amara, dana, desk):
        assert "Rosa Mendes" in seen(client, user, everybodys)
    assert "Rosa Mendes" not in seen(client, luis, everybodys)
    client.force_login(luis)
    assert client.get(page_of(rosas)).status_code == 404
    client.force_login(admin_user)
    for url in (everybodys, page_of(rosas), reverse("dashboard:follow-up-changes")):
        assert client.get(url).status_code == 403


def test_mine_leaves_out_what_others_do(client: Browser, rosas: FollowUp, amara: User, desk: User) -> None:
    mine = reverse("dashboard:follow-ups") + "?whose=mine"
    assert "Rosa Mendes" in seen(client, amara, mine)
    assert "Rosa Mendes" not in seen(client, desk, mine)


def test_worry_comes_before_what_is_due_sooner(
    client: Browser, amara: User, missed: Missed, worry: FollowUp
) -> None:
    ben = person("Ben", "Adler", 131)
    missed(case_of(amara, Case.Kind.INDIVIDUAL, ben), ben, at="08:00")
    reconcile(now=NOON)
    FollowUp.objects.filter(client=ben).update(due_at=AFTERNOON - timedelta(days=2))
    html = seen(client, amara, reverse("dashboard:follow-ups"))
    assert html.index("Rosa Mendes") < html.index("Ben Adler")


def test_desk_reads_please_call_and_no_cause(client: Browser, desk: User, worry: FollowUp) -> None:
    queue = seen(client, desk, reverse("dashboard:follow-ups") + "?whose=all")
    page = seen(client, desk, page_of(worry))
    for html in (queue, page):
        assert "Please call Rosa" in html
        for told in ("Wellbeing", "Before anything else", 'data-tone="danger"', "Step 1", "supervisor"):
            assert told not in html
    assert "Close it" not in page
    assert "Hand it over" not in page


def test_order_tells_the_desk_no_cause(
    client: Browser, desk: User, amara: User, missed: Missed, worry: FollowUp
) -> None:
    ben = person("Ben", "Adler", 131)
    missed(case_of(amara, Case.Kind.INDIVIDUAL, ben), ben, at="08:00")
    reconcile(now=NOON)
    FollowUp.objects.filter(client=ben).update(due_at=worry.due_at, opened_at=NOON - timedelta(minutes=1))
    html = seen(client, desk, reverse("dashboard:follow-ups") + "?whose=all")
    assert html.index("Ben Adler") < html.index("Rosa Mendes")


def test_queue_costs_the_same_however_long(
    client: Browser, amara: User, missed: Missed, rosas: FollowUp
) -> None:
    url = reverse("dashboard:follow-ups")

    def cost() -> int:
        client.force_login(amara)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    few = cost()
    for number in range(6):
        one = person(f"Client{number}", "Test", 140 + number)
        missed(case_of(amara, Case.Kind.INDIVIDUAL, one), one, on=date(2026, 11, 9 + number))
    reconcile(now=NOON, full=True)
    assert FollowUp.objects.count() > 4
    assert cost() == few


def test_poll_answers_only_when_something_changed(
    client: Browser, amara: User, rosas: FollowUp, rosa: Client
) -> None:
    html = seen(client, amara, reverse("dashboard:follow-ups"))
    tag = html.split('id="follow-ups-seen" value="')[1].split('"')[0]
    asked = {"seen": tag, "show": "to-do", "whose": "mine", "page": "1"}
    assert client.get(reverse("dashboard:follow-up-changes"), asked).status_code == 204
    FollowUp.objects.filter(pk=rosas.pk).update(due_at=AFTERNOON + timedelta(hours=3))
    changed = client.get(reverse("dashboard:follow-up-changes"), asked)
    assert changed.status_code == 200
    assert "Rosa Mendes" in changed.content.decode()


def test_call_screen_has_number_script_and_limits(client: Browser, amara: User, rosas: FollowUp) -> None:
    html = seen(client, amara, page_of(rosas))
    for words in (
        'href="tel:+13125550101"',
        "(312) 555-0101",
        "no voicemail",
        "may be called until 21:00",
        "Hi, it&#x27;s Dr. Amara Okafor. Is this Rosa? Can you talk freely?",
        "Then listen",
        "Later in the call",
        "What got in the way?",
    ):
        assert words in html


def test_hours_are_theirs_in_the_practices_time(
    client: Browser, amara: User, rosa: Client, rosas: FollowUp
) -> None:
    Client.objects.filter(pk=rosa.pk).update(timezone="America/New_York")
    html = seen(client, amara, page_of(rosas))
    assert "may be called until 20:00; there it is 14:00" in html


def test_nobody_is_dialled_whom_it_is_not_safe_to_reach(
    client: Browser, amara: User, rosa: Client, rosas: FollowUp
) -> None:
    SafeContact.objects.create(client=rosa, level=SafeContact.Level.DO_NOT_CONTACT, reason="Partner reads it")
    html = seen(client, amara, page_of(rosas))
    assert "tel:" not in html
    assert "Please do not contact them" in html
    assert "Partner reads it" not in html


def test_minor_is_reached_through_the_guardian(
    client: Browser, luis: User, quinn_case: Case, missed: Missed
) -> None:
    ella, nora = (quinn_case.clients.get(given_name=name) for name in ("Ella", "Nora"))
    ella.guardianships.create(guardian=nora, relation="Mother", may_receive=True)
    missed(quinn_case, ella)
    reconcile(now=NOON)
    html = seen(client, luis, page_of(FollowUp.objects.get(client=ella)))
    assert html.index("tel:+13125550121") < html.index("tel:+13125550123")
    assert "Nora Quinn, mother" in html


def test_no_answer_puts_it_on_the_next_working_day(client: Browser, amara: User, rosas: FollowUp) -> None:
    client.force_login(amara)
    answer = client.post(page_of(rosas, "follow-up-attempts"), {"result": "no_answer", "channel": "call"})
    assert (answer.status_code, answer["location"]) == (303, f"{page_of(rosas)}?done=1")
    html = client.get(answer["location"]).content.decode()
    assert "Noted: no answer. Next: tomorrow by 20:00." in html
    assert "Nobody else is waiting for you today." in html
    assert "Tried so far" in html


def test_talk_is_written_down_and_closes_a_single_miss(client: Browser, amara: User, rosas: FollowUp) -> None:
    client.force_login(amara)
    sent = {
        "result": "reached", "channel": "call", "client_words": WORDS,
        "barriers": ["transportation"], "next_step": "nothing_more",
    }  # fmt: skip
    client.post(page_of(rosas, "follow-up-attempts"), sent)
    rosas.refresh_from_db()
    attempt = ContactAttempt.objects.get()
    assert not rosas.is_open
    assert attempt.client_words == WORDS
    assert [barrier.code for barrier in attempt.barriers.all()] == ["transportation"]
    html = client.get(page_of(rosas)).content.decode()
    for words in (WORDS, "Transport", "Open it again", "By Dr. Amara Okafor"):
        assert words in html


def test_after_an_attempt_the_next_in_the_queue_is_one_press_away(
    client: Browser, amara: User, rosas: FollowUp, field_case: Case, maya: Client, missed: Missed
) -> None:
    missed(field_case, maya, at="09:00")
    reconcile(now=NOON)
    mayas = FollowUp.objects.get(client=maya)
    client.force_login(amara)
    sent = {"result": "no_answer", "channel": "call"}
    html = client.post(page_of(rosas, "follow-up-attempts"), sent, follow=True).content.decode()
    assert "Next in your queue" in html
    assert f'href="{page_of(mayas)}"' in html


def test_barriers_named_before_are_for_their_clinicians(
    client: Browser, amara: User, desk: User, rosas: FollowUp
) -> None:
    bus = Barrier.objects.get(code="transportation")
    attempt = AttemptDetails(channel="call", result="reached", barriers=(bus,), next_step="call_again")
    log_attempt(follow_up=rosas, attempt=attempt, actor=desk, now=NOON)
    assert "Named before" in seen(client, amara, page_of(rosas))
    for_the_desk = seen(client, desk, page_of(rosas))
    assert "Named before" not in for_the_desk
    assert f'<span class="tag">{bus.label}</span>' not in for_the_desk
    assert f'<span class="tag">{bus.label}</span>' in seen(client, amara, page_of(rosas))


def test_putting_off_keeps_what_is_not_noted_yet(client: Browser, amara: User, rosas: FollowUp) -> None:
    client.force_login(amara)
    sent = {
        "quick": "2026-11-16T17:00", "until": "", "channel": "call", "client_words": WORDS,
        "barriers": ["transportation"],
    }  # fmt: skip
    answer = client.post(page_of(rosas, "follow-up-due"), sent)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Put off: today by 17:00." in html
    assert WORDS in html
    assert 'value="transportation" checked' in html
    assert not ContactAttempt.objects.exists()


def test_desk_writes_their_words_and_cannot_read_them_back(
    client: Browser, desk: User, amara: User, rosas: FollowUp
) -> None:
    client.force_login(desk)
    sent = {"result": "reached", "channel": "call", "client_words": WORDS, "next_step": "call_again"}
    client.post(page_of(rosas, "follow-up-attempts"), sent)
    html = client.get(page_of(rosas)).content.decode()
    assert WORDS not in html
    assert "Their words are for their clinicians." in html
    assert WORDS in seen(client, amara, page_of(rosas))


def test_what_was_refused_keeps_what_was_typed(client: Browser, amara: User, rosas: FollowUp) -> None:
    client.force_login(amara)
    sent = {
        "result": "no_answer", "channel": "call", "client_words": WORDS,
        "barriers": ["transportation"], "next_step": "new_time",
    }  # fmt: skip
    answer = client.post(page_of(rosas, "follow-up-attempts"), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert WORDS in html
    assert 'value="transportation" checked' in html
    assert 'value="new_time" checked' in html
    assert not ContactAttempt.objects.exists()


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("follow-up-attempts", {"result": "shouted", "channel": "call"}),
        ("follow-up-attempts", {}),
        ("follow-up-due", {"until": "someday"}),
        ("follow-up-due", {"until": "2026-11-15T09:00"}),
        ("follow-up-owner", {"owner": str(uuid4())}),
        ("follow-up-leaving-out", {"because": ""}),
        ("follow-up-closing", {"because": " "}),
        ("follow-up-step", {"note": "It is a call."}),
    ],
)
def test_refusals_show_the_page_again(
    client: Browser, amara: User, rosas: FollowUp, name: str, sent: dict[str, str]
) -> None:
    client.force_login(amara)
    before = FollowUp.objects.values().get()
    answer = client.post(page_of(rosas, name), sent)
    assert answer.status_code == 422
    assert "Call Rosa" in answer.content.decode()
    assert FollowUp.objects.values().get() == before


def test_call_later_is_meant_in_practice_time(client: Browser, amara: User, rosas: FollowUp) -> None:
    client.force_login(amara)
    client.post(page_of(rosas, "follow-up-due"), {"until": "2026-11-16T17:00"})
    rosas.refresh_from_db()
    assert rosas.due_at
    assert rosas.due_at.isoformat() == "2026-11-16T23:00:00+00:00"


def test_it_is_handed_to_the_desk_and_back(client: Browser, amara: User, desk: User, rosas: FollowUp) -> None:
    client.force_login(amara)
    client.post(page_of(rosas, "follow-up-owner"), {"owner": "desk"})
    rosas.refresh_from_db()
    assert (rosas.owner, rosas.owner_role) == (None, "desk")
    client.force_login(desk)
    client.post(page_of(rosas, "follow-up-owner"), {"owner": str(amara.public_id)})
    rosas.refresh_from_db()
    assert rosas.owner == amara


def test_answered_one_says_so_instead_of_opening_again(
    client: Browser, amara: User, rosas: FollowUp, rosa_case: Case, book: Book
) -> None:
    client.force_login(amara)
    client.post(page_of(rosas, "follow-up-closing"), {"because": "They rang."})
    assert "Open it again" in seen(client, amara, page_of(rosas))
    book(rosa_case, on=NOON.date() + timedelta(days=7), now=AFTERNOON)
    answered = seen(client, amara, page_of(rosas))
    assert "They have a new time. Opened again, it would close itself at once." in answered
    assert "Open it again" not in answered


def test_named_person_closes_and_opens_again(client: Browser, amara: User, rosas: FollowUp) -> None:
    client.force_login(amara)
    client.post(page_of(rosas, "follow-up-closing"), {"because": "Moved to another town"})
    rosas.refresh_from_db()
    assert (rosas.closed_by, rosas.closed_because) == (amara, "Moved to another town")
    assert "Moved to another town" in seen(client, amara, reverse("dashboard:follow-ups") + "?show=closed")
    client.post(page_of(rosas, "follow-up-reopening"))
    rosas.refresh_from_db()
    assert rosas.is_open


def test_desk_closes_no_worry(client: Browser, desk: User, worry: FollowUp) -> None:
    client.force_login(desk)
    for name, sent in (
        ("follow-up-closing", {"because": "Done"}),
        ("follow-up-leaving-out", {"because": "Done"}),
        ("follow-up-reopening", {}),
    ):
        assert client.post(page_of(worry, name), sent).status_code == 403
    worry.refresh_from_db()
    assert worry.is_open


def test_step_that_is_no_call_is_ticked_off(client: Browser, amara: User, worry: FollowUp) -> None:
    talked = AttemptDetails(channel="call", result="reached", client_words=WORDS)
    log_attempt(follow_up=worry, attempt=talked, actor=amara, now=NOON)
    assert "This is done" in seen(client, amara, page_of(worry))
    client.post(page_of(worry, "follow-up-step"), {"note": "Talked with Dana"})
    html = client.get(page_of(worry)).content.decode()
    assert "Talked with Dana" in html
    assert "Call Rosa again, as agreed" in html


def test_locked_step_says_what_opens_it(client: Browser, amara: User, rosa: Client, rosa_case: Case) -> None:
    rosa_case.mandates.create(client=rosa, order_reference="24-118", misses_before_alert=2)
    mandated = open_follow_up(
        client=rosa, case=rosa_case, protocol_code=ProtocolCode.COURT_MANDATED, actor=amara, now=NOON
    )
    html = seen(client, amara, page_of(mandated))
    assert "Opens once you&#x27;ve noted Rosa&#x27;s account, or that calls couldn&#x27;t reach them." in html


def test_client_away_rests_on_a_page_of_its_own(
    client: Browser, amara: User, rosa: Client, rosas: FollowUp
) -> None:
    Client.objects.filter(pk=rosa.pk).update(away_from=AFTERNOON.date(), away_until=None)
    assert "Rosa Mendes" not in seen(client, amara, reverse("dashboard:follow-ups"))
    assert "Rosa Mendes" in seen(client, amara, reverse("dashboard:follow-ups") + "?show=resting")


def test_strange_addresses_show_the_usual(client: Browser, amara: User, rosas: FollowUp) -> None:
    html = seen(client, amara, reverse("dashboard:follow-ups") + "?show=x&whose=y&page=-3")
    assert "Rosa Mendes" in html
    changes = reverse("dashboard:follow-up-changes") + "?page=99999999999999999999&seen=x"
    assert client.get(changes).status_code == 200


def test_pages_are_for_the_signed_in(client: Browser, rosas: FollowUp) -> None:
    for url in (reverse("dashboard:follow-ups"), page_of(rosas)):
        assert client.get(url).status_code == 302
    assert client.post(page_of(rosas, "follow-up-attempts"), {}).status_code == 302


def test_barriers_offered_are_those_in_use(client: Browser, amara: User, rosas: FollowUp) -> None:
    Barrier.objects.filter(code="transportation").update(is_active=False)
    html = seen(client, amara, page_of(rosas))
    assert 'value="transportation"' not in html
    assert 'name="barriers"' in html


def test_rail_counts_ones_own_calls_of_today(
    client: Browser, amara: User, dana: User, rosas: FollowUp
) -> None:
    badge = 'nav-item__badge">1<span class="visually-hidden"> due today<'
    assert badge in seen(client, amara, reverse("dashboard:follow-ups"))
    assert badge not in seen(client, dana, reverse("dashboard:follow-ups"))
    FollowUp.objects.update(due_at=AFTERNOON + timedelta(days=1))
    assert badge not in seen(client, amara, reverse("dashboard:follow-ups"))
