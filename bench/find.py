"""Finding one of a hundred thousand people: by name with a slip, by half a name, by number, by date of birth.

Wall time of the whole page, as a desk waits for it; the floor is the page of a search that finds nobody.
"""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from statistics import median
from typing import Any

import psycopg2
from django.contrib.auth.hashers import make_password
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from bench.meter import measured, own
from bench.report import figure
from bench.world import World
from clients.doubles import look_for_doubles
from clients.models import Client

PEOPLE = 100_000
TIMES = 20
DESK = "finder@bench.example"
_QUIET = ("clients_client", "clients_contactpoint")
# Names of two or three syllables each, so that many are alike, and few the same.
_NAME = "initcap(syllables[1 + {n} %% 20] || syllables[1 + {n} / 20 %% 20] || syllables[1 + {n} / 400 %% 20])"
_LAY = (
    f"""
    INSERT INTO clients_client (public_id, given_name, family_name, name_used, pronouns, language, timezone,
        away_reason, born_on, external_id)
    SELECT gen_random_uuid(), {_NAME.format(n="(n * 7919)")}, {_NAME.format(n="(n * 10007)")}, '', '', 'en', '', '',
        date '1940-01-01' + (n * 37 %% 25000), 'find' || n
    FROM generate_series(1, %(people)s) AS n, (SELECT ARRAY['ma', 'ro', 'li', 'sa', 'ken', 'jo', 'ti', 'na', 'bel',
        'dar', 'vi', 'ul', 'phe', 'gar', 'o', 'wen', 'chi', 'stan', 'mer', 'ly'] AS syllables) AS s
    """,
    """
    INSERT INTO clients_contactpoint (public_id, client_id, kind, address, label, position, may_text,
        may_call, may_leave_word, is_private, is_discreet, unfit_reason)
    SELECT gen_random_uuid(), id, 'phone', '+1917' || lpad(substr(external_id, 5), 7, '5'), '', 0,
        true, true, false, false, false, ''
    FROM clients_client WHERE external_id LIKE 'find%%'
    """,
)


def run(at: World) -> None:
    """Print the longest of twenty searches of each kind."""
    _lay_once(at)
    somebody = Client.objects.filter(external_id="find77777").get()
    given, family = somebody.given_name, somebody.family_name
    searches = {
        "nobody": "zzqxw",
        "name": f"{given} {family}",
        "name_with_slips": f"{_slip(given)} {_slip(family)}",
        "half_a_name": family[:4],
        "short_name": family[:2],
        "last_digits": "77777",
        "whole_number": "(917) 557-7777",
        "date_of_birth": f"{somebody.born_on:%m/%d/%Y}",
    }
    browser = Browser(headers={"Host": "localhost"})
    browser.force_login(User.objects.get(email=DESK))
    floor = _longest(at, browser, searches["nobody"])
    for name, words in searches.items():
        figure(f"find_{name}", _longest(at, browser, words), "ms wall", floor=floor, people=PEOPLE)
    _look_for_doubles(at, browser, somebody)


def _look_for_doubles(at: World, browser: Browser, somebody: Client) -> None:
    """The worker's comparison of everybody with everybody, and what a desk waits for."""
    with measured(app=own, postgres=at.postgres) as spent:
        pairs = look_for_doubles()
    figure("doubles_by_the_worker", spent.wall * 1000, "ms wall", people=PEOPLE, pairs=pairs)
    pages = {
        "doubles_page": reverse("dashboard:doubles"),
        "doubles_of_one": reverse("dashboard:double-choice", args=[somebody.public_id]),
    }
    for name, address in pages.items():
        walls = _walls_of(at, partial(browser.get, address))
        figure(name, median(walls), "ms wall", longest=round(max(walls), 3), people=PEOPLE)


def _slip(name: str) -> str:
    """Two letters changed places."""
    return name[:2] + name[3:4] + name[2:3] + name[4:]


def _longest(at: World, browser: Browser, words: str) -> float:
    address = reverse("dashboard:clients")
    return max(_walls_of(at, lambda: browser.post(address, {"q": words}, headers={"HX-Request": "true"})))


def _walls_of(at: World, asking: Callable[[], Any]) -> list[float]:
    walls = []
    for turn in range(TIMES + 2):
        with measured(app=own, postgres=at.postgres) as spent:
            answer = asking()
        if answer.status_code != 200:
            raise SystemExit(f"A page answered {answer.status_code}")
        if turn >= 2:
            walls.append(spent.wall * 1000)
    return walls


def _lay_once(at: World) -> None:
    if User.objects.filter(email=DESK).exists():
        return
    with closing(psycopg2.connect(at.owner_url)) as link, link, link.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in _QUIET:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in _LAY:
            cursor.execute(statement, {"people": PEOPLE})
        for table in _QUIET:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with closing(psycopg2.connect(at.owner_url)) as link:
        link.autocommit = True
        link.cursor().execute("VACUUM ANALYZE")
    User.objects.create(email=DESK, name="Finder", roles=[Role.FRONT_DESK], password=make_password(None))
