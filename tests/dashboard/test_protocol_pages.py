"""Settings, the protocols: written step by step, refused kindly, never lost."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from followups.models import ProtocolCode, ProtocolVersion, StepPlan
from followups.protocols import current_versions, install_shipped

SINGLE = ProtocolCode.SINGLE_MISSED


@pytest.fixture
def ari(client: Browser, admin_user: User) -> Browser:
    """The practice admin at the browser, where Kept's protocols are in place."""
    install_shipped()
    client.force_login(admin_user)
    return client


def url(name: str = "protocol", code: str = SINGLE) -> str:
    return reverse(f"dashboard:{name}", args=[code])


def words(response: object) -> str:
    return str(response.content.decode())  # type: ignore[attr-defined]


def sent(changes: dict[str, object] | None = None, code: str = SINGLE) -> dict[str, object]:
    """What the browser sends of the version in force, with something changed."""
    version = current_versions()[code]
    typed: dict[str, object] = {"based_on": version.number}
    typed["step"] = [f"s{position}" for position in range(1, len(version.plan) + 1)]
    for position, plan in enumerate(version.plan, start=1):
        typed |= {f"s{position}-{name}": value for name, value in as_typed(plan).items()}
    return typed | (changes or {})


def as_typed(plan: StepPlan) -> dict[str, object]:
    return {
        "kind": plan.kind, "title": plan.title, "owner": plan.owner or "", "due_days": plan.due_days,
        "tries": plan.tries, "listen": plan.listen, "later": plan.later,
        "opening_en": plan.opening.get("en", ""), "opening_es": plan.opening.get("es", ""),
    }  # fmt: skip


def titles() -> list[str]:
    return [plan.title for plan in current_versions()[SINGLE].plan]


def test_list_shows_the_weightiest_first_at_a_constant_cost(ari: Browser, admin_user: User) -> None:
    address = reverse("dashboard:protocols")
    with CaptureQueriesContext(connection) as before:
        html = words(ari.get(address))
    assert html.index("Wellbeing") < html.index("Court-mandated") < html.index("Missed once")
    ari.post(url(), sent({"s1-title": "Ring {name}"}))
    with CaptureQueriesContext(connection) as after:
        assert "by Ari" in words(ari.get(address))
    assert len(after) <= len(before) + 1  # who wrote it


def test_saving_what_is_shown_changes_nothing(ari: Browser) -> None:
    for code in ProtocolCode.values:
        assert ari.post(url(code=code), sent(code=code)).status_code == 302
    assert ProtocolVersion.objects.count() == len(ProtocolCode)


def test_steps_are_written_and_given_up(ari: Browser) -> None:
    assert ari.post(url(), sent({"s1-title": "Ring {name}", "s1-due_days": 2})).status_code == 302
    plan = current_versions()[SINGLE].plan[0]
    assert (plan.title, plan.due_days) == ("Ring {name}", 2)
    html = words(ari.get(url()))
    assert "your steps" in html
    assert "Version 2" in html
    ari.post(url("protocol-restoration"))
    assert titles()[0] == "Call {name}"
    assert "as shipped" in words(ari.get(url()))


def test_gates_stand_beside_their_steps_and_rules_beside_the_ladder(ari: Browser) -> None:
    html = words(ari.get(url(code=ProtocolCode.COURT_MANDATED)))
    assert "Opens once you&#x27;ve noted the client&#x27;s account" in html
    assert "It begins with a call." in html


def test_mandated_ladder_that_reports_first_is_refused_and_kept_as_typed(ari: Browser) -> None:
    code = ProtocolCode.COURT_MANDATED
    response = ari.post(url(code=code), sent({"step": ["s4", "s1", "s2", "s3"]}, code))
    assert response.status_code == 422
    html = words(response)
    assert "never comes first" in html
    assert "Nothing was saved yet." in html
    assert html.index("Prepare what the court expects") < html.index("Make a plan together")
    assert current_versions()[code].number == 1


def test_blame_asks_first_and_is_saved_when_kept(ari: Browser) -> None:
    typed = sent({"s2-opening_en": "{practice}: You missed us. {phone}"})
    response = ari.post(url(), typed)
    assert response.status_code == 422
    assert "may sound like blame" in words(response)
    assert "Save them as they are" in words(response)
    assert ari.post(url(), typed | {"keep_flagged": "yes"}).status_code == 302
    assert current_versions()[SINGLE].plan[1].opening["en"].startswith("{practice}: You missed us")


def test_steps_are_moved_added_and_taken_out_without_saving(ari: Browser) -> None:
    html = words(ari.post(url(), sent({"arrange": "down-s1"})))
    assert html.index('value="s2"') < html.index('value="s1"') < html.index('value="s3"')
    html = words(ari.post(url(), sent({"arrange": "up-s3"})))
    assert html.index('value="s3"') < html.index('value="s2"')
    html = words(ari.post(url(), sent({"arrange": "out-s2", "s1-title": "Half writ"})))
    assert 'value="s2"' not in html
    assert "Half writ" in html
    html = words(ari.post(url(), sent({"arrange": "new"})))
    assert 'value="s4"' in html
    assert "Not saved yet." in html
    assert current_versions()[SINGLE].number == 1


def test_order_of_the_page_is_the_order_that_is_saved(ari: Browser) -> None:
    before = titles()
    assert ari.post(url(), sent({"step": ["s1", "s3", "s2"]})).status_code == 302
    assert titles() == [before[0], before[2], before[1]]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"s1-title": ""}, "This field is required."),
        ({"s1-due_days": "soon"}, "Enter a whole number."),
        ({"s1-kind": "summons"}, "Select a valid choice."),
        ({"step": []}, "1 to 12 steps"),
        ({"based_on": "0"}, "A colleague changed these steps meanwhile."),
        ({"s2-opening_en": "Hi {diagnosis}"}, "There is no field {diagnosis} here."),
    ],
)
def test_what_cannot_be_read_is_refused(ari: Browser, change: dict[str, object], sentence: str) -> None:
    response = ari.post(url(), sent(change | {"s3-title": "Think of {name}"}))
    assert response.status_code == 422
    assert sentence in words(response)
    assert current_versions()[SINGLE].number == 1


def test_odd_keys_and_unknown_arrangements_do_no_harm(ari: Browser) -> None:
    odd = {"step": ["s1", "s1", "x", "s\u0663", "s99"], "arrange": "up-s77"}
    assert ari.post(url(), odd).status_code == 200
    assert ari.get(url(code="nothing-such")).status_code == 404
