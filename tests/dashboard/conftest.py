"""What tests of staff pages share: a browser that is signed in."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from accounts.models import User
from tests.plugins.headings import ReadByHeadings


@pytest.fixture
def client() -> Browser:
    """A browser that nobody is signed in to yet, and that finds its way by headings."""
    return ReadByHeadings()


@pytest.fixture
def browser_of(client: Browser) -> Callable[[User], Browser]:
    """Sign somebody in: `browser_of(desk).get(…)`."""

    def signed_in(user: User) -> Browser:
        client.force_login(user)
        return client

    return signed_in
