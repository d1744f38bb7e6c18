"""What may not leave in writing, and what could be said more kindly: before it is saved or sent."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from clients.models import Case, Client
from followups.models import StepKind
from followups.shipped import SHIPPED as PROTOCOLS
from reminders.models import Message, MessageTemplate
from reminders.services import Leave, change_template, write_to_client
from reminders.wording_check import Names, blaming_in, is_only_blaming, revealing_in
from reminders.words import SHIPPED
from sessions_app.models import Service
from tests.conftest import NOW

OURS = sorted({text for one in SHIPPED.values() for text in (one.subject, one.body)})
FOLLOW_UP_TEXTS = {
    words
    for protocol in PROTOCOLS
    for step in protocol.steps
    if step["kind"] in (StepKind.TEXT, StepKind.LETTER)
    for words in step.get("opening", {}).values()
}
SPOKEN = {
    words for protocol in PROTOCOLS for step in protocol.steps for words in step.get("opening", {}).values()
}
KEEP = Leave(keep_flagged=True)


@pytest.mark.parametrize("words", OURS)
def test_no_shipped_message_reveals_or_blames(words: str) -> None:
    assert (revealing_in(words), blaming_in(words)) == ([], [])


@pytest.mark.parametrize("words", sorted(FOLLOW_UP_TEXTS))
def test_no_shipped_text_of_a_follow_up_reveals_or_blames(words: str) -> None:
    assert (revealing_in(words), blaming_in(words)) == ([], [])


@pytest.mark.parametrize("words", sorted(SPOKEN))
def test_nothing_that_staff_open_a_talk_with_blames(words: str) -> None:
    assert blaming_in(words) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Your Therapy is on Friday", "Therapy"),
        ("Psychotherapist", "Psychotherapist"),
        ("See you at counselling", "counselling"),
        ("about your depression", "depression"),
        ("the addiction group", "addiction"),
        ("Couples session at 3", "Couples session"),
        ("your court date", "court"),
        ("You have a balance of $40", "balance"),
        ("Su TERAPIA es el viernes", "TERAPIA"),
        ("la adicci\u00f3n", "adicci\u00f3n"),
        ("sesi\u00f3n de pareja", "sesi\u00f3n de pareja"),
        ("https://lakesidetherapy.example/x", "lakesidetherapy"),
        ("https://therapy-lakeside.example/x", "therapy"),
    ],
)
def test_what_somebody_comes_for_is_found_as_it_is_written(words: str, said: str) -> None:
    assert [flag.words for flag in revealing_in(words)] == [said]


@pytest.mark.parametrize(
    "words",
    [
        "Rosa, it's Lakeside. Would 17:00 on Friday suit you?",
        "Thank you for being patient with us.",
        "We are in the red building beside the drugstore.",
        "No hace falta explicar nada. Gracias por su paciencia.",
        "Your treat! {clinician} {therapy}",
    ],
)
def test_ordinary_words_pass(words: str) -> None:
    assert (revealing_in(words), blaming_in(words)) == ([], [])


@pytest.mark.parametrize(
    ("words", "said", "instead"),
    [
        ("You missed Friday", "You missed", "we missed each other"),
        ("you\u2019ve missed two", "you\u2019ve missed", "we missed each other"),
        ("That was a no-show.", "no-show", "we missed each other"),
        ("You must call", "must", "it would help us if you could"),
        ("You failed to call", "You failed to", "we did not manage to"),
        ("non-compliant", "non-compliant", "what would make it easier"),
        ("you didn't come", "you didn't", "we did not get to"),
        ("Usted falt\u00f3 otra vez", "Usted falt\u00f3 otra vez", "no nos vimos"),
        ("Debe llamar", "Debe", "nos ayudaria si pudiera"),
        ("no se present\u00f3", "no se present\u00f3", "no nos vimos"),
    ],
)
def test_blame_is_flagged_with_kinder_words(words: str, said: str, instead: str) -> None:
    assert [(flag.words, flag.instead) for flag in blaming_in(words)] == [(said, instead)]


def test_kinder_words_pass_themselves() -> None:
    for flag in blaming_in("You missed it. You must. You failed to. Debe. Usted falt\u00f3. excuse"):
        assert (blaming_in(flag.instead), revealing_in(flag.instead)) == ([], [])


def test_names_of_services_groups_and_what_stands_behind_a_name_never_leave(
    practice: object, amara: User, luis: User
) -> None:
    Service.objects.create(name="EMDR intensive")
    Service.objects.create(name="Session")
    Case.objects.create(kind=Case.Kind.GROUP, title="Tuesday circle", opened_on=NOW.date())
    User.objects.filter(pk=amara.pk).update(credentials="PhD, LCSW")
    names = Names.load()
    found = revealing_in("Session: your emdr intensive, the Tuesday Circle, with Dr. Okafor, LCSW", names)
    assert [flag.words for flag in found] == ["emdr intensive", "Tuesday Circle", "LCSW"]


def test_a_template_that_reveals_is_refused_whatever_one_says(admin_user: User) -> None:
    body = "{practice}: your counseling {when}{video}. {phone}"
    with pytest.raises(ValidationError, match="counseling") as refusal:
        change_template(
            key="reminder", language="en", channel="sms", body=body, actor=admin_user, keep_flagged=True
        )
    assert not is_only_blaming(refusal.value)
    assert not MessageTemplate.objects.exists()


def test_a_template_that_blames_is_flagged_and_kept_when_a_person_says_so(admin_user: User) -> None:
    words: dict[str, Any] = {"key": "missed", "language": "en", "channel": "sms", "actor": admin_user}
    body = "{practice}: You missed {when}. {phone}"
    with pytest.raises(ValidationError, match="Kinder: \u201cwe missed each other\u201d") as refusal:
        change_template(body=body, **words)
    assert is_only_blaming(refusal.value)
    assert change_template(body=body, keep_flagged=True, **words).body == body


def test_what_a_colleague_writes_is_checked_alike(rosa: Client, desk: User) -> None:
    with pytest.raises(ValidationError, match="therapy"):
        write_to_client(client=rosa, words="Your therapy is on", actor=desk, now=NOW, leave=KEEP)
    with pytest.raises(ValidationError, match="blame"):
        write_to_client(client=rosa, words="You missed Friday", actor=desk, now=NOW)
    assert not Message.objects.exists()
    write_to_client(client=rosa, words="You missed Friday", actor=desk, now=NOW, leave=KEEP)
    assert Message.objects.get().words == "You missed Friday"


@given(st.text(max_size=200))
def test_any_text_can_be_checked(words: str) -> None:
    for flag in [*revealing_in(words), *blaming_in(words)]:
        assert flag.words in words
