"""Two records become one while somebody writes in one of them."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from clients.models import Case, Client
from followups.merging import merge_clients
from tests.conftest import case_of, person
from tests.plugins.everybody import IsForEverybody


def test_what_was_written_meanwhile_stays_in_sight(
    open_page: Callable[..., Page],
    is_for_everybody: IsForEverybody,
    complaints: list[str],
    desk: User,
    luis: User,
    rosa: Client,
) -> None:
    double = person("Rosa", "Mendez", 190, born_on=date(1990, 5, 2))
    case_of(luis, Case.Kind.INDIVIDUAL, double)
    page = open_page(desk, reverse("dashboard:contact-new", args=[double.public_id]))
    page.get_by_label("Number or e-mail").fill("+1 312 555 0188")
    merge_clients(gone=double, kept=rosa, actor=desk, now=timezone.now())
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Merged meanwhile")).to_be_visible()
    expect(page.get_by_text("+1 312 555 0188")).to_be_visible()
    [said] = complaints
    assert "409" in said
    complaints.clear()
    is_for_everybody(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open the record that stands").click()
    expect(opened.value.get_by_role("heading", level=1, name="Rosa Mendes")).to_be_visible()
