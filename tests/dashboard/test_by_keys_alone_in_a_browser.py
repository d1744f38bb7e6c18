"""Each main job by the keyboard alone, as one does it without a mouse: Tab, Enter, arrows and the single keys.

Recording, booking, moving and the queue of calls are in the browser tests of their own pages.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from clients.models import Case, Client, ClientMerge
from importing.running import bring_in_asked
from reminders.models import InboundMessage
from reminders.services import Reply, receive_inbound
from sessions_app.models import Location, Participant, Service
from tests.conftest import case_of, person
from tests.plugins.keys import check, fill, press, tab_to

OpenPage = Callable[..., Page]


def test_whoever_stands_at_the_desk_is_received(
    transactional_db: None, open_page: OpenPage, desk: User, luis: User, service: Service
) -> None:
    ada = case_of(luis, Case.Kind.INDIVIDUAL, person("Ada", "Lowell", 140))
    page = open_page(desk, "/board/")
    press(page.get_by_role("link", name="Walk-in"))
    # Who it is can be typed at once.
    expect(page.get_by_role("searchbox", name="Who is it?")).to_be_focused()
    page.keyboard.type("ada lowel")
    press(page.get_by_role("link", name="Ada Lowell"))
    press(page.get_by_role("button", name="Here now"))
    expect(page.get_by_role("status")).to_contain_text("Ada Lowell is here.")
    assert Participant.objects.get(session__case=ada).is_walk_in


def test_somebody_is_found_and_opened(
    transactional_db: None, open_page: OpenPage, desk: User, rosa_case: Case
) -> None:
    page = open_page(desk, "/board/")
    page.keyboard.press("/")
    page.keyboard.type("rosa mendez")
    page.keyboard.press("Enter")
    press(page.get_by_role("link", name="Rosa Mendes"))
    expect(page.get_by_role("heading", level=1, name="Rosa Mendes")).to_be_visible()


def test_an_item_of_the_inbox_is_seen_to(
    transactional_db: None, open_page: OpenPage, desk: User, rosa: Client, rosa_case: Case
) -> None:
    number = "+13125550101"
    reply = Reply(provider_id="SM7", from_address=number, to_address="+13125550100", body="Is there parking?")
    receive_inbound(reply=reply, now=datetime.now(UTC))
    page = open_page(desk, "/board/")
    page.keyboard.press("g")
    page.keyboard.press("m")
    press(page.get_by_role("link", name="Inbox"))
    expect(page.get_by_text("Is there parking?")).to_be_visible()
    page.keyboard.press("j")
    fill(page.get_by_label("What was done"), "Told her where")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Is there parking?")).to_be_hidden()
    expect(page.get_by_role("status").filter(has_text="Seen to")).to_be_visible()
    assert InboundMessage.objects.get().resolution == "Told her where"


def test_two_records_become_one(
    transactional_db: None, open_page: OpenPage, desk: User, luis: User, rosa: Client
) -> None:
    case_of(luis, Case.Kind.INDIVIDUAL, person("Rosa", "Mendez", 190, born_on=date(1990, 5, 2)))
    page = open_page(desk, "/clients/")
    press(page.get_by_role("link", name="Likely doubles"))
    expect(page.get_by_role("heading", level=1, name="Likely doubles")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This one is kept")).to_be_visible()
    tab_to(page.locator("input[name=family_name]:checked"))
    check(page.get_by_label("I have made sure that they are one person"))
    press(page.get_by_role("button", name="Make them one record"))
    expect(page.get_by_role("status")).to_contain_text("They are one record now.")
    assert ClientMerge.objects.count() == 1


def test_a_report_is_narrowed(transactional_db: None, open_page: OpenPage, dana: User, luis: User) -> None:
    page = open_page(dana, "/reports/attendance/")
    tab_to(page.get_by_label("Period"))
    page.keyboard.type("This month")
    press(page.get_by_role("button", name="Show", exact=True))
    expect(page).to_have_url(re.compile(r"/reports/attendance/\?period=1"))
    expect(page.get_by_label("Period").locator("option:checked")).to_have_text("This month")


def test_files_come_in(
    transactional_db: None,
    open_page: OpenPage,
    admin_user: User,
    amara: User,
    service: Service,
    place: Location,
    tmp_path: Path,
) -> None:
    file = tmp_path / "patients.csv"
    file.write_text("Patient Number,First Name,Last Name,Staff Member\n77,Alma,Reed,Amara Okafor\n")
    page = open_page(admin_user, "/settings/import/")
    # From here to the file it is the system's own window.
    tab_to(page.get_by_label("Clients")).set_input_files(file)
    press(page.get_by_role("button", name="Look at them"))
    expect(page.get_by_label("First Name")).to_have_value("given_name")
    press(page.get_by_role("button", name="Save and go on"))
    press(page.get_by_role("button", name="Try it"))
    expect(page.get_by_role("heading", name="It is being tried")).to_be_visible()
    bring_in_asked(now=timezone.now())
    expect(page.get_by_role("heading", name="This would come in")).to_be_visible()
    press(page.get_by_role("button", name="Bring 1 row in"))
    expect(page.get_by_role("heading", name="It is coming in")).to_be_visible()
    bring_in_asked(now=timezone.now())
    expect(page.get_by_role("heading", name="This came in")).to_be_visible()
    assert Client.objects.get().given_name == "Alma"


def test_a_practice_is_set_up(open_page: OpenPage, founder: User) -> None:
    page = open_page(founder, "/")
    save = page.get_by_role("button", name="Save and go on")
    expect(page.get_by_role("heading", name="Your practice")).to_be_visible()
    press(save)
    expect(page.get_by_role("heading", name="A place")).to_be_visible()
    fill(page.get_by_label("Name", exact=True), "Hill Street")
    press(save)
    check(page.get_by_label("I see clients"))
    press(save)
    expect(page.get_by_label("Name", exact=True)).to_have_value("Individual session")
    press(save)
    expect(page.get_by_label("Monday")).to_be_checked()
    press(save)
    check(page.get_by_label("They are right"))
    press(save)
    fill(page.get_by_label("First name"), "Ada")
    tab_to(page.get_by_label("Day", exact=True))
    page.keyboard.type("11172036")
    press(page.get_by_role("button", name="Book and finish"))
    expect(page.get_by_text("Your practice is set up.")).to_be_visible()
    assert Client.objects.get().participations.count() == 1
