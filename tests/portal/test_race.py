"""Two people press at once: one has the time, the other keeps theirs and hears so."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import User
from clients.models import Case, Client
from sessions_app.models import Occupancy, TherapySession
from tests.conftest import case_of, person
from tests.portal.conftest import FRIDAY_MORNING, NEXT_FRIDAY, link_of, path
from tests.sessions_app.test_booking import race

Book = Callable[..., TherapySession]
MONDAY_AT_TEN = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_of_six_who_choose_one_time_one_has_it_and_five_see_others(
    amara: User, hours: None, book: Book
) -> None:
    people: list[Client] = [person(f"P{n}", "Ahead", 300 + n) for n in range(6)]
    sessions = [
        book(
            case_of(amara, Case.Kind.INDIVIDUAL, one),
            on=NEXT_FRIDAY,
            at=f"{9 + n:02d}:00",
            now=FRIDAY_MORNING,
        )
        for n, one in enumerate(people)
    ]
    tokens = [link_of(session) for session in sessions]

    answers: list[tuple[int, str]] = []

    def choose(number: int) -> None:
        answer = Browser().post(path("another-time", tokens[number]), {"slot": "20261123T1600Z"})
        answers.append((answer.status_code, answer.content.decode()))

    with time_machine.travel(FRIDAY_MORNING, tick=False):
        _, errors, _ = race(6, choose)
    assert errors == []
    assert sorted(code for code, _ in answers) == [303, 422, 422, 422, 422, 422]
    assert all(code == 303 or "has just been taken" in words for code, words in answers)
    assert TherapySession.objects.filter(starts_at=MONDAY_AT_TEN).count() == 1
    kept = TherapySession.objects.exclude(starts_at=MONDAY_AT_TEN)
    assert {session.version for session in kept} == {1}
    assert Occupancy.objects.filter(released_at=None, resource=f"clinician:{amara.pk}").count() == 6
