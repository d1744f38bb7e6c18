"""Who chose Spanish reads Spanish: the main pages, and a desk's day in a browser."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client as Browser
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Practice, User
from attendance.models import AttendanceRecord
from clients.models import Case
from followups.protocols import install_shipped
from reminders.models import ReminderRule
from sessions_app.models import TherapySession

BookSession = Callable[..., TherapySession]
OpenPage = Callable[..., Page]
# Words that no name and no Spanish sentence has.
ENGLISH = re.compile(
    r"\b(the|and|with|this|they|their|your|nobody|somebody|what|until|since|not|yet|session|client|save|today)\b"
)
FOR_THE_DESK = ("board", "calendar", "clients", "follow-ups", "messages", "inbox", "waitlist", "own-language")
FOR_SETTING_UP = ("settings", "reminder-rules", "protocols", "help-settings", "staff", "places")
WIDER_BY = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPOKEN = ("aria-label", "title", "placeholder", "alt")


class Said(HTMLParser):
    """What a page says to whoever reads or hears it."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.is_silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_silent = tag in ("script", "style")
        self.words += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.is_silent = False

    def handle_data(self, data: str) -> None:
        if not self.is_silent:
            self.words.append(data)


def english_on(page: str) -> list[str]:
    said = Said()
    said.feed(page)
    return [" ".join(words.split()) for words in said.words if ENGLISH.search(words.lower())]


@pytest.fixture
def in_spanish(practice: Practice) -> None:
    practice.language = "es"
    practice.save()


def test_a_desk_reads_no_english(
    in_spanish: None, desk: User, rosa_case: Case, booked: BookSession, browser_of: Callable[[User], Browser]
) -> None:
    booked(rosa_case, minutes_ago=20)
    browser = browser_of(desk)
    for page in FOR_THE_DESK:
        assert not english_on(browser.get(reverse(f"dashboard:{page}")).content.decode()), page


def test_who_sets_the_practice_up_reads_no_english(
    in_spanish: None, admin_user: User, browser_of: Callable[[User], Browser]
) -> None:
    browser = browser_of(admin_user)
    for page in FOR_SETTING_UP:
        assert not english_on(browser.get(reverse(f"dashboard:{page}")).content.decode()), page
    install_shipped()
    protocol = browser.get(reverse("dashboard:protocol", args=["court_mandated"])).content.decode()
    # What always holds of it, beside the words of its steps in both languages.
    assert "Empieza con una llamada" in protocol
    rule = reverse(
        "dashboard:reminder-rule", args=[ReminderRule.objects.get(name="One day before").public_id]
    )
    assert "Un día antes" in browser.get(rule).content.decode()


def test_a_clinician_reads_no_english_on_today_and_on_a_persons_page(
    in_spanish: None, amara: User, rosa_case: Case, booked: BookSession, browser_of: Callable[[User], Browser]
) -> None:
    booked(rosa_case, minutes_ago=20)
    rosa = rosa_case.members.get().client
    browser = browser_of(amara)
    for address in (reverse("dashboard:today"), reverse("dashboard:client", args=[rosa.public_id])):
        assert not english_on(browser.get(address).content.decode())


@pytest.mark.parametrize(("width", "text"), [(390, "100%"), (320, "100%"), (320, "200%")])
def test_the_longer_words_of_spanish_fit_the_narrowest_phone(
    open_page: OpenPage, in_spanish: None, admin_user: User, desk: User, width: int, text: str
) -> None:
    for who, address in (
        (admin_user, "/staff/"),  # invited, not yet in: a long line in Spanish
        (admin_user, "/settings/"),
        (admin_user, "/reports/attendance/"),
        (desk, "/clients/"),
        (desk, "/board/not-recorded/"),
    ):
        page = open_page(who, address, viewport={"width": width, "height": 844})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
        assert page.evaluate(WIDER_BY) <= 0, address


def test_a_desk_records_who_came_and_writes_an_absence_in_spanish(
    open_page: OpenPage, in_spanish: None, desk: User, rosa_case: Case, booked: BookSession
) -> None:
    person = booked(rosa_case, minutes_ago=20, room=None).participants.get()
    page = open_page(desk, "/board/?view=list")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("button", name="No vino").first.click()
    expect(page.locator(f"#participant-{person.public_id} > .status-mark")).to_contain_text("No vino")
    assert AttendanceRecord.objects.get(participant=person).outcome == "no_show"
    page = open_page(desk, reverse("dashboard:away", args=[person.client.public_id]))
    expect(page.get_by_label("Ausente desde")).to_have_value(re.compile(r"^\d{4}-"))
    page.get_by_label("Por qué").select_option(label="De viaje")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("status").first).to_contain_text("Los recordatorios y seguimientos descansan")
    person.client.refresh_from_db()
    assert person.client.away_reason == "travel"
