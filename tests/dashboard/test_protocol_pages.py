"""Settings, the protocols: written step by step, refused kindly, never lost."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from followups.models import ProtocolCode, ProtocolVersion, StepPlan
from followups.protocols import current_versions, install_shipped
from followups.staff_words import STAFF_WORDS, read_in, written_in

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
    typed: dict[str, object] = {
        "kind": plan.kind, "owner": plan.owner or "", "due_days": plan.due_days, "tries": plan.tries,
        "opening_en": plan.opening.get("en", ""), "opening_es": plan.opening.get("es", ""),
        "title_en": plan.title, "listen_en": plan.listen, "later_en": plan.later,
    }  # fmt: skip
    return typed | {f"{name}_es": written_in("es", plan, name) for name in STAFF_WORDS}


def titles() -> list[str]:
    return [plan.title for plan in current_versions()[SINGLE].plan]


def test_list_shows_the_weightiest_first_at_a_constant_cost(ari: Browser, admin_user: User) -> None:
    address = reverse("dashboard:protocols")
    with CaptureQueriesContext(connection) as before:
        html = words(ari.get(address))
    assert html.index("Wellbeing") < html.index("Court-mandated") < html.index("Missed once")
    ari.post(url(), sent({"s1-title_en": "Ring {name}"}))
    with CaptureQueriesContext(connection) as after:
        assert "by Ari" in words(ari.get(address))
    assert len(after) <= len(before) + 1  # who wrote it


def test_saving_what_is_shown_changes_nothing(ari: Browser) -> None:
    for code in ProtocolCode.values:
        assert ari.post(url(code=code), sent(code=code)).status_code == 302
    assert ProtocolVersion.objects.count() == len(ProtocolCode)


def test_steps_are_written_and_given_up(ari: Browser) -> None:
    assert ari.post(url(), sent({"s1-title_en": "Ring {name}", "s1-due_days": 2})).status_code == 302
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
    html = words(ari.post(url(), sent({"arrange": "out-s2", "s1-title_en": "Half writ"})))
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
        ({"s1-title_en": "", "s1-title_es": ""}, "This field is required."),
        ({"s1-title_es": "Llame " + "y llame " * 20}, "at most 120 characters"),
        ({"s1-listen_es": "Hola {diagnosis}"}, "There is no field {diagnosis} here."),
        ({"s1-due_days": "soon"}, "Enter a whole number."),
        ({"s1-kind": "summons"}, "Select a valid choice."),
        ({"step": []}, "1 to 12 steps"),
        ({"based_on": "0"}, "A colleague changed these steps meanwhile."),
        ({"s2-opening_en": "Hi {diagnosis}"}, "There is no field {diagnosis} here."),
    ],
)
def test_what_cannot_be_read_is_refused(ari: Browser, change: dict[str, object], sentence: str) -> None:
    response = ari.post(url(), sent(change | {"s3-title_en": "Think of {name}"}))
    assert response.status_code == 422
    assert sentence in words(response)
    assert current_versions()[SINGLE].number == 1


def test_odd_keys_and_unknown_arrangements_do_no_harm(ari: Browser) -> None:
    odd = {"step": ["s1", "s1", "x", "s\u0663", "s99"], "arrange": "up-s77"}
    assert ari.post(url(), odd).status_code == 200
    assert ari.get(url(code="nothing-such")).status_code == 404


@pytest.fixture
def in_spanish(admin_user: User) -> None:
    admin_user.language = "es"
    admin_user.save()


def test_editor_shows_what_is_read_in_both_languages_the_readers_own_first(
    ari: Browser, in_spanish: None
) -> None:
    html = words(ari.get(url()))
    assert "Llamar a {name}" in html
    assert "Call {name}" in html
    assert html.index("Llamar a {name}") < html.index("Call {name}")
    noted = read_in("es", current_versions()[SINGLE].plan[0], "later")
    assert noted.startswith("Busquen otra hora")
    assert noted in html


def test_saving_what_is_shown_changes_nothing_in_spanish(ari: Browser, in_spanish: None) -> None:
    """Word for word what the page shows, read off the page itself."""
    for code in ProtocolCode.values:
        assert ari.post(url(code=code), typed_on(ari.get(url(code=code)))).status_code == 302
    assert ProtocolVersion.objects.count() == len(ProtocolCode)


def typed_on(response: object) -> dict[str, object]:
    form = response.context["form"]  # type: ignore[attr-defined]
    fields = {field.html_name: field.value() for step in form.steps for field in step}
    return fields | {"based_on": form.based_on, "step": [step.key for step in form.steps]}


def test_each_reads_the_practices_own_words_in_their_language(ari: Browser) -> None:
    ari.post(url(), sent({"s1-title_en": "Ring {name}", "s1-title_es": "Llame hoy a {name}"}))
    plan = current_versions()[SINGLE].plan[0]
    assert (read_in("en", plan, "title"), read_in("es", plan, "title")) == (
        "Ring {name}",
        "Llame hoy a {name}",
    )
    assert plan.spanish == {"title": "Llame hoy a {name}"}  # the rest still follows the catalogue


def test_a_step_in_spanish_alone_is_read_by_everybody(ari: Browser) -> None:
    assert (
        ari.post(url(), sent({"s3-title_en": "", "s3-title_es": "Decida qué sigue para {name}"})).status_code
        == 302
    )
    plan = current_versions()[SINGLE].plan[2]
    assert read_in("en", plan, "title") == "Decida qué sigue para {name}"
    html = words(ari.get(url()))
    assert html.count("Decida qué sigue para {name}") == 1  # nobody is shown it as English
