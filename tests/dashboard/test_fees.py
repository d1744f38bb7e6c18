"""The pages on fees, and what a client reads beforehand (row 3.5)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from attendance.models import Fee, FeeExemption, FeeTerms
from clients.models import Case, Client
from sessions_app.models import Participant, TherapySession
from tests.followups.conftest import NOON, record
from tests.followups.missing import missed_and_called
from tests.plugins.desks import OpenPage
from tests.plugins.everybody import IsForEverybody
from tests.portal.conftest import link_of, path

SignIn = Callable[[User], Browser]
SETTINGS = "/settings/fees/"
SENT = {
    "missed_amount": "40", "late_amount": "", "currency": "USD", "free_absences": "0",
    "words": "A missed session costs 40 dollars. Call us if that is hard.", "words_es": "",
    "in_force_from": "2026-11-09",
}  # fmt: skip


@pytest.fixture
def terms(browser_of: SignIn, admin_user: User) -> FeeTerms:
    """Written by the practice a week before; everything else happens on the day."""
    with time_machine.travel(NOON - timedelta(days=7), tick=False):
        browser_of(admin_user).post(SETTINGS, SENT)
    return FeeTerms.objects.get()


@pytest.fixture
def missed_today(
    rosa_case: Case, rosa: Client, amara: User, book: Callable[..., TherapySession]
) -> Participant:
    session = book(rosa_case, on=NOON.date(), at="10:00", now=NOON - timedelta(days=7))
    return missed_and_called(session, rosa, amara)


@pytest.fixture
def _in_the_afternoon() -> Iterator[None]:
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        yield


def told(browser: Browser, rosa: Client, terms: FeeTerms) -> None:
    sent = {"terms": terms.pk, "how": "signed", "told_on": "2026-11-10"}
    answer = browser.post(reverse("dashboard:fee-terms-told", args=[rosa.public_id]), sent)
    assert answer.status_code == 302


@pytest.mark.usefixtures("_in_the_afternoon")
def test_desk_notes_that_they_were_told_and_the_clinician_decides(
    browser_of: SignIn, terms: FeeTerms, missed_today: Participant, rosa: Client, desk: User, amara: User
) -> None:
    page = reverse("dashboard:fees", args=[rosa.public_id])
    told(browser_of(desk), rosa, terms)
    at_the_desk = browser_of(desk).get(page).content.decode()
    assert "their clinician decides" in at_the_desk
    assert "Charge 40.00 USD" not in at_the_desk
    assert "Charge 40.00 USD" in browser_of(amara).get(page).content.decode()
    browser_of(amara).post(reverse("dashboard:fee-charge", args=[missed_today.public_id]))
    assert Fee.objects.get().amount == 40
    waiver = reverse("dashboard:fee-waiver", args=[missed_today.public_id])
    refused = browser_of(amara).post(waiver, {"because": ""})
    assert refused.status_code == 422
    browser_of(amara).post(waiver, {"because": "Her child was ill"})
    assert "Her child was ill" in browser_of(amara).get(page).content.decode()
    assert "Her child was ill" not in browser_of(desk).get(page).content.decode()


@pytest.mark.usefixtures("_in_the_afternoon")
def test_who_is_never_charged_is_said_so_and_it_can_end(
    browser_of: SignIn, terms: FeeTerms, rosa: Client, desk: User
) -> None:
    browser = browser_of(desk)
    browser.post(reverse("dashboard:fee-exemption", args=[rosa.public_id]), {"because": "payer"})
    page = reverse("dashboard:fees", args=[rosa.public_id])
    assert "Whoever pays for them forbids it" in browser.get(page).content.decode()
    browser.post(reverse("dashboard:fee-exemption-ending", args=[rosa.public_id]))
    assert not FeeExemption.objects.exists()


@pytest.mark.usefixtures("_in_the_afternoon")
def test_terms_that_blame_are_refused_and_stay_as_typed(browser_of: SignIn, admin_user: User) -> None:
    harsh = {**SENT, "words": "You failed to attend: late fees apply", "in_force_from": "2026-11-20"}
    refused = browser_of(admin_user).post(SETTINGS, harsh)
    assert refused.status_code == 422
    assert "You failed to attend: late fees apply" in refused.content.decode()
    assert not FeeTerms.objects.exists()


@pytest.mark.usefixtures("_in_the_afternoon")
def test_client_reads_it_beforehand_unless_nothing_is_ever_charged(
    client: Browser,
    browser_of: SignIn,
    terms: FeeTerms,
    rosa: Client,
    rosa_case: Case,
    desk: User,
    book: Callable[..., TherapySession],
) -> None:
    ahead = book(rosa_case, on=NOON.date() + timedelta(days=3), now=NOON)
    own_page = path("time", link_of(ahead, rosa))
    assert SENT["words"] in client.get(own_page).content.decode()
    browser_of(desk).post(reverse("dashboard:fee-exemption", args=[rosa.public_id]), {"because": "payer"})
    assert SENT["words"] not in client.get(own_page).content.decode()


@pytest.mark.browser
def test_pages_of_fees_are_for_everybody(
    transactional_db: None,
    look_at: OpenPage,
    is_for_everybody: IsForEverybody,
    booked: Callable[..., TherapySession],
    rosa: Client,
    rosa_case: Case,
    amara: User,
    admin_user: User,
    browser_of: SignIn,
) -> None:
    now = datetime.now(UTC)
    browser_of(admin_user).post(SETTINGS, {**SENT, "in_force_from": f"{now.date() + timedelta(days=1)}"})
    record(booked(rosa_case, minutes_ago=120), rosa, now=now)
    for user, address in (
        (admin_user, SETTINGS),
        (amara, f"/clients/{rosa.public_id}/fees/"),
        (amara, f"/clients/{rosa.public_id}/fees/told/"),
    ):
        is_for_everybody(look_at(user, address))
