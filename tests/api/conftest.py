"""A caller with an API key for each of the cast."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import create_token
from tests.conftest import NOW

Caller = Callable[[User], APIClient]


@pytest.fixture
def as_user() -> Caller:
    """A client of the API that signs in with a key of this person."""

    def calling(user: User) -> APIClient:
        _, key = create_token(user=user, name="tests", actor=user)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
        return client

    return calling


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Nine o'clock on the Monday of the cast, standing still unless a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
