"""What tests of staff pages share: a browser that is signed in."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import User
from accounts.services import NewPractice, StaffDetails, set_up_practice
from reminders.services import ensure_default_rules
from tests.conftest import ZONE
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


@pytest.fixture
def founder(db: None) -> User:
    """Who set an empty deployment up by the command, and nothing more."""
    ensure_default_rules()
    practice = NewPractice(name="Hill", display_name="Hill", phone="+13125550100", timezone=ZONE)
    admin = StaffDetails(email="kim@hill.example", name="Kim Hill", roles=["practice_admin"])
    return set_up_practice(practice=practice, admin=admin, now=timezone.now())
