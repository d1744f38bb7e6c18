"""The frame around every staff page: drawn once by a process, and nobody's but the reader's own."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User

BrowserOf = Callable[[User], Browser]
CLIENTS, CALENDAR = reverse("dashboard:clients"), reverse("dashboard:calendar")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_ANY_TOKEN = re.compile(r"\b\w{64}\b")


@pytest.fixture
def page_of(browser_of: BrowserOf) -> Callable[..., str]:
    def opened(person: User, address: str = CLIENTS) -> str:
        return browser_of(person).get(address).content.decode()

    return opened


def test_everybody_has_their_own(page_of: Callable[..., str], desk: User, amara: User) -> None:
    theirs = [page_of(person) for person in (desk, amara, desk)]
    for page, name in zip(theirs, ("Fran Desk", "Dr. Amara Okafor", "Fran Desk"), strict=True):
        assert name in _of(page, "menu__who")
    assert ['data-go="t"' in page for page in theirs] == [False, True, False]


def test_who_has_signed_in_is_told_to_the_page(page_of: Callable[..., str], desk: User, amara: User) -> None:
    for person in (desk, amara, desk):
        assert f'data-who="{person.public_id}"' in page_of(person)


def test_the_place_where_one_is_stands_out(page_of: Callable[..., str], desk: User) -> None:
    for address in (CLIENTS, CALENDAR, CLIENTS):
        rail = _of(page_of(desk, address), "rail__list", until="</ul>")
        [here] = re.findall(r'href="([^"]+)"\s+aria-current="page"', rail)
        assert here == address


def test_words_turn_with_the_language(page_of: Callable[..., str], desk: User) -> None:
    for language, leave, keys in (
        ("en", "Sign out", "What the keys do"),
        ("es", "Salir", "Qué hacen las teclas"),
        ("en", "Sign out", "What the keys do"),
    ):
        User.objects.filter(pk=desk.pk).update(language=language)
        page = page_of(desk)
        assert leave in page
        assert keys in page


def test_who_follows_nobody_up_needs_nobody_to_stand_in(
    page_of: Callable[..., str], desk: User, admin_user: User
) -> None:
    page, away = reverse("dashboard:own-language"), f'href="{reverse("dashboard:own-absence")}"'
    assert [away in page_of(person, page) for person in (desk, admin_user, desk)] == [True, False, True]


def test_forms_are_proven_anew(page_of: Callable[..., str], browser_of: BrowserOf, desk: User) -> None:
    """What proves them ours is never what another was shown."""
    first, second = (set(_TOKEN.findall(page_of(desk))) for _ in range(2))
    assert first
    assert not first & second
    strict = Browser(enforce_csrf_checks=True)
    strict.force_login(desk)
    page = strict.get(CLIENTS).content.decode()
    token = _TOKEN.findall(page)[0]
    answer = strict.post(
        reverse("dashboard:own-density"),
        {"density": "compact", "csrfmiddlewaretoken": token, "next": CLIENTS},
    )
    assert answer.status_code == 302


def test_what_was_drawn_is_drawn_again_where_it_was_forgotten(
    page_of: Callable[..., str], desk: User
) -> None:
    before, kept = (_ANY_TOKEN.sub("", page_of(desk)) for _ in range(2))
    caches["drawn"].clear()
    assert _ANY_TOKEN.sub("", page_of(desk)) == kept == before


def _of(page: str, css_class: str, *, until: str = "</p>") -> str:
    return page.partition(f'class="{css_class}"')[2].partition(until)[0]
