"""The staff's waitlist: who waits, what was freed, who was asked, and what they said."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from clients.models import Case, Client, Consent
from sessions_app.models import Offer, TherapySession, WaitlistEntry
from sessions_app.services import (
    Wish,
    add_to_waitlist,
    cancel_session,
    make_offer,
)
from tests.conftest import NOW, case_of, held_time_of, person
from tests.plugins.desks import OpenPage
from tests.plugins.everybody import IsForEverybody

Book = Callable[..., TherapySession]
BrowserOf = Callable[[User], Browser]
WAITLIST = reverse("dashboard:waitlist")


@pytest.fixture
def wanda(amara: User) -> WaitlistEntry:
    """Waits for a time with Amara."""
    client = person("Wanda", "Waits", 501)
    wish = Wish(case=case_of(amara, Case.Kind.INDIVIDUAL, client), client=client, weekdays=(0, 4))
    return add_to_waitlist(wish=wish, actor=None, now=NOW)


@pytest.fixture
def asked(wanda: WaitlistEntry, rosa_case: Case, book: Book) -> TherapySession:
    """Rosa's time in two weeks was called off, and Wanda is asked."""
    now = timezone.now()
    freed = book(rosa_case, on=(now + timedelta(days=14)).date(), at="15:00")
    cancel_session(session=freed, by="practice", actor=None, now=now)
    vacancy = held_time_of(freed, now)
    until = now + timedelta(hours=2)
    make_offer(vacancy=vacancy, entry=wanda, recipient=wanda.client, until=until, at_most=1, now=now)
    return freed


def form_of(case: Case, **more: object) -> dict[str, object]:
    return {"case": str(case.public_id), **more}


def test_somebody_is_put_on_the_list_with_what_they_wish(
    rosa: Client, rosa_case: Case, desk: User, browser_of: BrowserOf
) -> None:
    Consent.objects.filter(purpose="offers").delete()
    answer = browser_of(desk).post(
        reverse("dashboard:waiting", args=[rosa.public_id]),
        form_of(rosa_case, weekdays=["1", "2"], from_time="15:00", until_on="2036-12-24", agreed="on"),
    )
    assert answer.status_code == 302
    entry = WaitlistEntry.objects.get()
    assert (entry.client, entry.weekdays, entry.until_on) == (rosa, [1, 2], date(2036, 12, 24))
    assert entry.added_by == desk
    assert (
        Consent.objects.filter(contact_point__client=rosa, purpose="offers", withdrawn_at=None).count() == 2
    )


def test_changing_a_wish_keeps_the_place_in_the_queue(
    wanda: WaitlistEntry, desk: User, browser_of: BrowserOf
) -> None:
    browser_of(desk).post(
        reverse("dashboard:waiting", args=[wanda.client.public_id]), form_of(wanda.case, wishes="Mornings")
    )
    changed = WaitlistEntry.objects.get()
    assert (changed.since_at, changed.wishes, changed.weekdays) == (NOW, "Mornings", [])


@pytest.mark.parametrize("wrong", [{"from_time": "16:00", "until_time": "15:00"}, {"weekdays": ["9"]}])
def test_a_wish_that_cannot_be_is_asked_for_again(
    wrong: dict[str, object], rosa: Client, rosa_case: Case, desk: User, browser_of: BrowserOf
) -> None:
    address = reverse("dashboard:waiting", args=[rosa.public_id])
    assert browser_of(desk).post(address, form_of(rosa_case, **wrong)).status_code == 422
    assert not WaitlistEntry.objects.exists()


def test_the_page_says_who_was_offered_what(asked: TherapySession, desk: User, browser_of: BrowserOf) -> None:
    page = browser_of(desk).get(WAITLIST).content.decode()
    for words in ("Wanda Waits", "Mon, Fri", "being offered", "held until", "15:00"):
        assert words in page


def test_a_colleague_sees_neither_who_waits_nor_what_was_freed(
    asked: TherapySession, luis: User, browser_of: BrowserOf
) -> None:
    page = browser_of(luis).get(WAITLIST).content.decode()
    assert "Wanda" not in page
    assert "being offered" not in page


def test_whoever_has_not_agreed_is_asked_by_telephone(
    wanda: WaitlistEntry, desk: User, browser_of: BrowserOf
) -> None:
    assert "ask by telephone" not in browser_of(desk).get(WAITLIST).content.decode()
    Consent.objects.filter(purpose="offers").update(withdrawn_at=NOW)
    assert "ask by telephone" in browser_of(desk).get(WAITLIST).content.decode()


def test_taking_somebody_off_takes_back_what_they_were_offered(
    asked: TherapySession, wanda: WaitlistEntry, desk: User, browser_of: BrowserOf
) -> None:
    browser_of(desk).post(reverse("dashboard:waiting-ending", args=[wanda.public_id]))
    wanda.refresh_from_db()
    assert (wanda.end, wanda.offers.get().state) == ("removed", "withdrawn")


def test_a_held_time_is_given_back(asked: TherapySession, desk: User, browser_of: BrowserOf) -> None:
    vacancy = asked.vacancies.get()
    browser_of(desk).post(reverse("dashboard:vacancy-release", args=[vacancy.public_id]))
    vacancy.refresh_from_db()
    assert (vacancy.end, vacancy.closed_by) == ("released", desk)
    assert not vacancy.occupancies.filter(released_at=None).exists()


def test_the_page_asks_the_database_as_often_whatever_its_rows(
    asked: TherapySession, amara: User, desk: User, browser_of: BrowserOf
) -> None:
    browser = browser_of(desk)
    browser.get(WAITLIST)
    with CaptureQueriesContext(connection) as with_one:
        browser.get(WAITLIST)
    for n in range(4):
        client = person(f"More{n}", "Waits", 510 + n)
        wish = Wish(case=case_of(amara, Case.Kind.INDIVIDUAL, client), client=client)
        add_to_waitlist(wish=wish, actor=None, now=NOW)
    with CaptureQueriesContext(connection) as with_five:
        browser.get(WAITLIST)
    assert len(with_five) == len(with_one)


@pytest.mark.browser
def test_the_pages_are_for_everybody(
    transactional_db: None,
    asked: TherapySession,
    wanda: WaitlistEntry,
    desk: User,
    look_at: OpenPage,
    is_for_everybody: IsForEverybody,
) -> None:
    for path in (WAITLIST, reverse("dashboard:waiting", args=[wanda.client.public_id])):
        is_for_everybody(look_at(desk, path))


def test_the_desk_takes_an_offer_back_and_the_next_one_is_asked(
    asked: TherapySession, wanda: WaitlistEntry, desk: User, luis: User, browser_of: BrowserOf
) -> None:
    offer = Offer.objects.get()
    withdrawal = reverse("dashboard:offer-withdrawal", args=[offer.public_id])
    assert withdrawal in browser_of(desk).get(WAITLIST).content.decode()
    assert browser_of(luis).post(withdrawal).status_code == 404
    html = browser_of(desk).post(withdrawal, follow=True).content.decode()
    assert "Taken back. The next one is asked." in html
    offer.refresh_from_db()
    wanda.refresh_from_db()
    assert (offer.state, wanda.ended_at) == ("withdrawn", None)
    assert withdrawal not in html
    assert "have answered already" in browser_of(desk).post(withdrawal, follow=True).content.decode()
