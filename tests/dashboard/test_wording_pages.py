"""Settings, the words: written with a preview, refused kindly, never lost."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Practice, User
from clients.models import Client
from reminders.models import MessageTemplate, Trial

TEXT = ("reminder", "en", "sms")
GOOD = "{practice}: {when}{video}. Call {phone} for another time."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ari(client: Browser, admin_user: User) -> Browser:
    """The practice admin at the browser."""
    client.force_login(admin_user)
    return client


def url(name: str, wording: tuple[str, str, str] = TEXT) -> str:
    return reverse(f"dashboard:{name}", args=wording)


def words(response: object) -> str:
    return str(response.content.decode())  # type: ignore[attr-defined]


def test_list_tells_our_words_from_the_practices_own(ari: Browser) -> None:
    assert "your words" not in words(ari.get(reverse("dashboard:wordings")))
    ari.post(url("wording"), {"body": GOOD})
    html = words(ari.get(reverse("dashboard:wordings")))
    assert html.count("your words") == 1
    assert "as shipped" in html


def test_list_and_editor_cost_the_same_with_own_words(ari: Browser) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ari.get(address).status_code == 200
        return len(queries)

    addresses = (reverse("dashboard:wordings"), url("wording"))
    before = [cost(address) for address in addresses]
    for key, language, channel in (TEXT, ("moved", "en", "sms"), ("missed", "es", "email")):
        MessageTemplate.objects.create(key=key, language=language, channel=channel, body=GOOD)
    assert [cost(address) for address in addresses] == before


def test_own_words_are_saved_and_given_up(ari: Browser) -> None:
    assert ari.post(url("wording"), {"body": GOOD.replace(". ", ".\r\n")}).status_code == 302
    assert MessageTemplate.objects.get().body == GOOD.replace(". ", ".\n")
    assert "Go back to the words" in words(ari.get(url("wording")))
    ari.post(url("wording-restoration"))
    assert not MessageTemplate.objects.exists()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Come at {when}!", "Please keep {phone}, {practice}, {video} in the text."),
        (GOOD + " {service}", "There is no field {service}."),
        (GOOD + " {", "A brace { or } stands alone."),
        ("", "Write what it should say."),
    ],
)
def test_refused_words_stay_as_they_were_typed(ari: Browser, body: str, sentence: str) -> None:
    response = ari.post(url("wording"), {"body": body})
    assert response.status_code == 422
    assert sentence in words(response)
    assert body in words(response)
    assert not MessageTemplate.objects.exists()


def test_preview_reads_aloud_and_names_the_price(ari: Browser, practice: Practice) -> None:
    html = words(ari.post(url("wording-preview"), {"body": GOOD}, headers=HTMX))
    assert "Lakeside: " in html
    assert "about $0.0083, $8.30 for 1,000" in " ".join(html.split())
    practice.segment_price = Decimal("0.0120")
    practice.save()
    html = words(ari.post(url("wording-preview"), {"body": GOOD + "a" * 160}, headers=HTMX))
    assert "$0.024, $24.00 for 1,000" in " ".join(html.split())
    assert "about $" not in " ".join(html.split())


def test_preview_names_the_odd_character_that_doubles_the_price(ari: Browser) -> None:
    html = words(ari.post(url("wording-preview"), {"body": GOOD + " We\u2019ll wait."}, headers=HTMX))
    assert "(curly apostrophe) doubles the price" in html
    plain = words(
        ari.post(url("wording"), {"body": GOOD + " We\u2019ll wait \u2013 promised.", "make_plain": "yes"})
    )
    assert "We&#x27;ll wait - promised." in plain
    assert not MessageTemplate.objects.exists()


def test_preview_of_unfinished_words_says_what_is_missing(ari: Browser) -> None:
    for body in ("{practice", "{} {0} {when.x}", "{service}", ""):
        response = ari.post(url("wording-preview"), {"body": body}, headers=HTMX)
        assert response.status_code == 200
        assert "field__error" in words(response)


def test_preview_works_without_script_and_loses_nothing(ari: Browser) -> None:
    html = words(ari.post(url("wording-preview"), {"body": GOOD + " See you."}))
    assert "See you.</textarea>" in html
    assert "Put in a field" in html
    assert not MessageTemplate.objects.exists()


def test_mail_has_a_subject_and_no_price(ari: Browser) -> None:
    mail = ("reminder", "en", "email")
    assert "for 1,000" not in words(ari.get(url("wording", mail)))
    ari.post(url("wording", mail), {"body": GOOD, "subject": "{practice}, {when}"})
    assert MessageTemplate.objects.get().subject == "{practice}, {when}"
    refused = ari.post(url("wording", mail), {"body": GOOD, "subject": "{who}"})
    assert (refused.status_code, "There is no field {who}." in words(refused)) == (422, True)


def test_a_trial_is_asked_for_with_the_words_as_they_are_typed(ari: Browser, rosa: Client) -> None:
    typed = {"body": GOOD + " Ours.", "phone": "(312) 555-0187"}
    html = words(ari.post(url("wording-trial"), typed, headers=HTMX))
    assert "On its way" in html
    trial = Trial.objects.get()
    assert trial.body.endswith("Ours.")
    assert "On its way" in words(ari.get(reverse("dashboard:trial", args=[trial.public_id])))
    refused = ari.post(url("wording-trial"), {**typed, "phone": "+13125550101"})
    assert refused.status_code == 422
    assert "a client&#x27;s" in words(refused)
    assert "Ours.</textarea>" in words(refused)


def test_a_trial_is_seen_by_who_asked_for_it_only(ari: Browser, admin_user: User) -> None:
    ari.post(url("wording-trial"), {"body": GOOD, "phone": "(312) 555-0187"})
    address = reverse("dashboard:trial", args=[Trial.objects.get().public_id])
    other = User.objects.create_user("bo@lakeside.example", name="Bo", roles=["practice_admin"])
    stranger = Browser()
    stranger.force_login(other)
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize(
    "wording", [("reminder", "fr", "sms"), ("lunch", "en", "sms"), ("help", "en", "email")]
)
def test_there_is_no_page_for_words_that_there_are_none_of(
    ari: Browser, wording: tuple[str, str, str]
) -> None:
    assert ari.get(url("wording", wording)).status_code == 404


def test_words_that_reveal_why_somebody_comes_cannot_be_saved(ari: Browser) -> None:
    body = GOOD + " Your therapist."
    response = ari.post(url("wording"), {"body": body, "keep_flagged": "yes"})
    assert response.status_code == 422
    assert "“therapist” would tell others" in words(response)
    assert f"{body}</textarea>" in words(response)
    assert not MessageTemplate.objects.exists()


def test_blame_is_flagged_with_kinder_words_and_a_person_decides(ari: Browser) -> None:
    body = GOOD + " You must call."
    refused = ari.post(url("wording"), {"body": body})
    assert refused.status_code == 422
    assert "may sound like blame" in words(refused)
    kinder = words(ari.post(url("wording"), {"body": body, "say_instead": "must"}))
    assert "You it would help us if you could call.</textarea>" in kinder
    assert not MessageTemplate.objects.exists()
    assert "Save them as they are" in words(refused)
    assert ari.post(url("wording"), {"body": body, "keep_flagged": "yes"}).status_code == 302
    assert MessageTemplate.objects.get().body == body


def test_preview_flags_blame_and_what_reveals_while_it_is_typed(ari: Browser) -> None:
    html = words(ari.post(url("wording-preview"), {"body": "You must come to rehab"}, headers=HTMX))
    assert "may sound like blame" in html
    assert "would tell others" in html
    assert "Please keep {phone}" in html
