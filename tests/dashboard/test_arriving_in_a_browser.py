"""A practice arrives: its files of another system come in, by somebody at a real browser."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from clients.models import Client
from importing.running import bring_in_asked
from sessions_app.models import Location, Service
from tests.plugins.everybody import IsForEverybody

OpenPage = Callable[..., Page]
CLIENTS = b"""Patient Number,First Name,Last Name,Birth Date,Mobile Phone,Staff Member
77,Alma,Reed,03/05/1985,(202) 555-0141,"Okafor, Amara"
78,Theo,Marsh,04/06/1979,(202) 555-0142,Amara Okafor
79,,Nobody,04/06/1979,,Amara Okafor
"""
APPOINTMENTS = b"""Patient Number,Start At,End At,Staff Member,Treatment,Location,State
77,2025-10-13 15:00,2025-10-13 15:50,Amara Okafor,Individual session,Lake Street,Arrived
78,2025-10-13 16:00,2025-10-13 16:50,Amara Okafor,Individual session,Lake Street,Did their taxes
99,2025-10-13 17:00,2025-10-13 17:50,Amara Okafor,Individual session,Lake Street,No Show
"""


def test_a_practice_is_set_up_from_nothing_to_its_first_session(
    open_page: OpenPage, is_for_everybody: IsForEverybody, founder: User
) -> None:
    page = open_page(founder, "/")
    save = page.get_by_role("button", name="Save and go on")
    expect(page.get_by_role("heading", name="Your practice")).to_be_visible()
    is_for_everybody(page)
    save.click()
    # The page before has a name to fill in as well.
    expect(page.get_by_role("heading", name="A place")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Hill Street")
    save.click()
    page.get_by_label("I see clients").check()
    save.click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Individual session")
    save.click()
    expect(page.get_by_label("Monday")).to_be_checked()
    save.click()
    expect(page.get_by_text("Three days before")).to_be_visible()
    page.get_by_label("They are right").check()
    save.click()
    page.get_by_label("First name").fill("Ada")
    page.get_by_label("Day", exact=True).fill("2036-11-17")
    page.get_by_role("button", name="Book and finish").click()
    expect(page.get_by_text("Your practice is set up.")).to_be_visible()
    assert Client.objects.get().participations.count() == 1


@pytest.fixture
def ari(transactional_db: None, admin_user: User, amara: User, service: Service, place: Location) -> User:
    """The practice admin, with real transactions."""
    return admin_user


def test_files_of_another_system_are_mapped_tried_and_brought_in(
    open_page: OpenPage, is_for_everybody: IsForEverybody, ari: User, complaints: list[str]
) -> None:
    page = open_page(ari, "/settings/import/")
    page.get_by_label("Clients").set_input_files(
        {"name": "patients.csv", "mimeType": "text/csv", "buffer": CLIENTS}
    )
    page.get_by_label("Appointments").set_input_files(
        {"name": "appointments.csv", "mimeType": "text/csv", "buffer": APPOINTMENTS}
    )
    page.get_by_role("button", name="Look at them").click()
    expect(page.get_by_label("Birth Date")).to_have_value("born_on")
    expect(page.get_by_label("Start At")).to_have_value("starts")
    is_for_everybody(page)
    page.get_by_role("button", name="Save and go on").click()
    # Nothing proves the order of the dates, and one word says nothing: both are asked.
    page.get_by_label("Month, day, year").check()
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_label("Did their taxes")).to_be_focused()
    page.get_by_label("Did their taxes").select_option(label="Leave these rows out")
    is_for_everybody(page)
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="It is being tried")).to_be_visible()
    bring_in_asked(now=timezone.now())
    expect(page.get_by_role("heading", name="This would come in")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("cell", name="“First Name” is empty.")).to_be_visible()
    expect(page.get_by_role("cell", name="Nobody is known with")).to_be_visible()
    is_for_everybody(page)
    page.get_by_role("button", name="Bring 3 rows in").click()
    expect(page.get_by_role("heading", name="It is coming in")).to_be_visible()
    bring_in_asked(now=timezone.now())
    expect(page.get_by_role("heading", name="This came in")).to_be_visible(timeout=15_000)
    assert Client.objects.get(given_name="Alma").participations.count() == 1
