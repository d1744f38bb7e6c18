"""Finding somebody: slips of the hand forgiven, numbers and dates as people say them."""

from datetime import date

import pytest

from accounts.models import Practice
from clients.models import Client
from tests.conftest import person


@pytest.fixture
def rosa_mendes(practice: Practice) -> Client:
    person("Tom", "Becker", 150, born_on=date(1988, 5, 4))
    return person("Rosa", "Mendes", 102, born_on=date(1988, 5, 3))


@pytest.mark.parametrize(
    "words",
    [
        "rosa", "Mendez", "rosa mendse", "roas mendes", "mendes rosa", "men", "0102", "555-0102", "(312) 555-0102", "+1 312 555 0102",
        "1988-05-03", "5/3/1988", "05/03/1988", "3.5.1988", "03-05-1988",
    ],
)  # fmt: skip
def test_somebody_is_found_by_what_is_said(words: str, rosa_mendes: Client) -> None:
    assert rosa_mendes in Client.objects.all().search(words)
    assert len(Client.objects.all().search(words)) == 1


@pytest.mark.parametrize(
    "words", ["13/13/1988", "99/99/9999", "0/0/0000", "1 2 3 4", "(999) 999-9999", "31.2.1988"]
)
def test_what_is_no_day_and_no_number_finds_nobody(words: str, rosa_mendes: Client) -> None:
    assert not Client.objects.all().search(words)
