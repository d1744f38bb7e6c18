"""How much stands in a window is a person's own choice, and lasts."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User

BrowserOf = Callable[[User], Browser]
CHOICE = reverse("dashboard:own-density")


def test_a_choice_without_script_shows_the_same_page_again_and_outlasts_the_sign_in(
    desk: User, browser_of: BrowserOf
) -> None:
    page = reverse("dashboard:board") + "?view=list"
    before = browser_of(desk).get(page).content.decode()
    assert 'data-density="standard"' in before
    assert f'<input type="hidden" name="next" value="{page}">' in before
    answer = browser_of(desk).post(CHOICE, {"density": "compact", "next": page})
    assert answer.url == page  # type: ignore[attr-defined]
    anew = browser_of(desk)  # another sign-in
    after = anew.get(page).content.decode()
    assert 'data-density="compact"' in after
    assert 'value="compact" aria-pressed="true"' in after


def test_with_script_the_page_stays_and_is_told(desk: User, browser_of: BrowserOf) -> None:
    answer = browser_of(desk).post(CHOICE, {"density": "comfortable"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Trigger"] == '{"kept:density": "comfortable"}'


def test_a_density_that_there_is_not_changes_nothing(desk: User, browser_of: BrowserOf) -> None:
    assert browser_of(desk).post(CHOICE, {"density": "cosy"}).status_code == 422
    assert User.objects.get(pk=desk.pk).density == "standard"


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x", ""]
)
def test_a_choice_leads_nowhere_else(desk: User, browser_of: BrowserOf, elsewhere: str) -> None:
    answer = browser_of(desk).post(CHOICE, {"density": "compact", "next": elsewhere})
    assert answer.url == "/"  # type: ignore[attr-defined]
