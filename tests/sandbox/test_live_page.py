"""The page in a real browser: it refreshes itself, disturbs nobody, and is accessible."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sandbox.launch import Sandbox
from tests.plugins.everybody import barriers_of

from .test_mail import deliver, invitation

MARA = "+12125550123"
PHONE = "/phones/%2B12125550123"

pytestmark = pytest.mark.browser


def test_new_text_appears_while_an_answer_is_being_written(
    page: Page, send: Callable[..., Any], sandbox: Sandbox
) -> None:
    send(body="Harbor: first")
    page.goto(sandbox.url + PHONE)
    page.get_by_label("Your answer").fill("I am still writ")

    send(body="Harbor: second")

    expect(page.get_by_text("Harbor: second").last).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("I am still writ")
    expect(page.get_by_label("Your answer")).to_be_focused()


def test_client_answers_with_one_press(page: Page, sandbox: Sandbox) -> None:
    sandbox.reply(MARA, "Hello")
    page.goto(sandbox.url + PHONE)
    page.get_by_role("button", name="C confirm").click()
    expect(page.locator(".bubble")).to_have_count(2)
    expect(page.locator(".bubble").last).to_contain_text("Kept answered 200")


def test_enter_sends_the_words_that_were_written(page: Page, sandbox: Sandbox) -> None:
    sandbox.reply(MARA, "Hello")
    page.goto(sandbox.url + PHONE)
    page.get_by_label("Your answer").fill("Is there parking?")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble")).to_have_count(2)
    expect(page.locator(".bubble").last).to_contain_text("Is there parking?")


def test_pages_are_for_everybody(page: Page, sandbox: Sandbox) -> None:
    sandbox.reply(MARA, "STOP")
    deliver(sandbox, invitation())
    for path in ("/", PHONE, "/mailboxes/mara@example.org"):
        page.goto(sandbox.url + path)
        assert barriers_of(page) == []
