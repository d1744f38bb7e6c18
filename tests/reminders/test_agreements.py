"""Provider agreements: over a real provider nothing leaves the house without them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from clients.models import Case
from reminders.agreements import what_sending_waits_for
from reminders.models import Attempt, ProviderAgreement
from reminders.services import end_agreement, record_agreement
from sandbox.launch import Sandbox
from sessions_app.models import TherapySession
from tests.conftest import NOW
from tests.reminders.conftest import pass_at

SIGNED = date(2026, 11, 2)


@pytest.fixture
def live(settings: Settings) -> None:
    """A deployment that sends over a real provider."""
    settings.KEPT_TRANSPORT = "live"


def record(actor: User, kind: str = "associate") -> ProviderAgreement:
    return record_agreement(kind=kind, reference="Twilio, folder 12", signed_on=SIGNED, actor=actor, now=NOW)


def test_pretend_provider_needs_no_agreement(practice: object) -> None:
    assert what_sending_waits_for() == ""


def test_nothing_is_sent_before_the_agreement_is_recorded(
    sandbox: Sandbox, friday: TherapySession, admin_user: User, live: None
) -> None:
    due_at = friday.starts_at - timedelta(days=1)
    pass_at(NOW)
    pass_at(due_at)
    assert not Attempt.objects.exists()
    record(admin_user)
    pass_at(due_at)
    assert len(sandbox.messages(direction="outbound-api")) == 1


def test_addiction_counselling_needs_the_second_agreement(
    admin_user: User, rosa_case: Case, live: None
) -> None:
    assert "business associate agreement" in what_sending_waits_for()
    record(admin_user)
    assert what_sending_waits_for() == ""
    Case.objects.update(is_addiction=True)
    assert "qualified service organisation agreement" in what_sending_waits_for()
    second = record(admin_user, "qualified")
    assert what_sending_waits_for() == ""
    end_agreement(agreement=second, actor=admin_user, now=NOW)
    assert "qualified" in what_sending_waits_for()


def test_a_later_agreement_takes_the_place_of_the_one_before(admin_user: User) -> None:
    first, second = record(admin_user), record(admin_user)
    first.refresh_from_db()
    assert first.ended_at == NOW
    assert ProviderAgreement.objects.get(ended_at=None) == second


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"kind": "handshake"}, "kind"),
        ({"reference": "  "}, "reference"),
        ({"signed_on": date(2026, 11, 17)}, "signed_on"),
    ],
)
def test_what_is_not_signed_is_not_recorded(admin_user: User, details: dict[str, object], field: str) -> None:
    asked = {"kind": "associate", "reference": "Twilio", "signed_on": SIGNED, **details}
    with pytest.raises(ValidationError) as refused:
        record_agreement(**asked, actor=admin_user, now=NOW)  # type: ignore[arg-type]
    assert set(refused.value.error_dict) == {field}


def test_admin_records_it_on_a_page_that_says_who_and_when(
    client: Browser, admin_user: User, live: None, book: Callable[..., TherapySession]
) -> None:
    client.force_login(admin_user)
    page = reverse("dashboard:agreements")
    assert "is not recorded yet" in client.get(reverse("dashboard:settings")).content.decode()
    typed = {"kind": "associate", "reference": "Twilio, folder 12", "signed_on": "2026-11-02"}
    refused = client.post(page, {**typed, "signed_on": ""})
    assert (refused.status_code, "folder 12" in refused.content.decode()) == (422, True)
    client.post(page, typed)
    html = client.get(page).content.decode()
    assert "is not recorded yet" not in html
    assert "recorded by Ari Admin" in html
    client.post(reverse("dashboard:agreement-end", args=[ProviderAgreement.objects.get().public_id]))
    assert "is not recorded yet" in client.get(page).content.decode()


def test_health_page_says_what_sending_waits_for(
    client: Browser, practice: object, live: None, admin_user: User
) -> None:
    told = client.get("/readyz").json()
    assert told["paused"]
    assert told["sending_waits_for"].startswith("Nothing is sent: the business associate agreement")
    record(admin_user)
    assert client.get("/readyz").json()["sending_waits_for"] == ""
