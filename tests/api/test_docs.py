"""The readable page of the API: complete, and at peace with our content security policy."""

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from config.docs import described, groups_of


def test_the_page_shows_every_operation(client: Client) -> None:
    shown = client.get("/api/v1/docs/").content.decode()
    operations = [operation for _, group in groups_of(described()) for operation in group]
    assert len(operations) > 60
    assert not [operation.anchor for operation in operations if f'id="{operation.anchor}"' not in shown]


def test_every_link_within_the_page_leads_somewhere(client: Client) -> None:
    shown = client.get("/api/v1/docs/").content.decode()
    links = {part.split('"', 1)[0] for part in shown.split('href="#')[1:]}
    assert not sorted(link for link in links if f'id="{link}"' not in shown)


@pytest.mark.django_db(transaction=True)
def test_the_page_breaks_no_rule_of_the_browser(page: Page, live_server: LiveServer) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/api/v1/docs/")
    page.get_by_role("link", name="BookingShape").first.click()
    assert page.locator("#shape-BookingShape").get_by_text("at", exact=True).is_visible()
    assert said == []
