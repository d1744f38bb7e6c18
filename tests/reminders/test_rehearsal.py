"""Trying words out: made-up people, the real rendering, a trial to oneself."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Practice, User
from accounts.services import pause_sending
from clients.models import Client
from reminders.models import Trial
from reminders.rehearsal import Draft, next_clock_change, rehearse
from reminders.segments import odd_characters, with_plain_characters
from reminders.services import ask_trial, change_template
from reminders.trials import send_trials
from reminders.words import KEYS, SHIPPED
from sandbox.launch import Sandbox
from tests.conftest import NOW

REMINDER = Draft(
    key="reminder",
    language="en",
    channel="sms",
    body="{practice}: {when}{video}. C, R or {phone}. STOP ends.",
)


def bodies(draft: Draft, practice: Practice) -> dict[str, str]:
    return {reading.situation.label: reading.body for reading in rehearse(draft, practice=practice, now=NOW)}


def test_made_up_people_read_the_words_as_they_are_written(practice: Practice) -> None:
    read = bodies(REMINDER, practice)
    usual = "Lakeside: Thu Nov 19, 3:00 PM. C, R or (312) 555-0100. STOP ends."
    assert read["One person, in person"] == usual
    assert read["By video"] == usual.replace("PM.", "PM, by video: https://meet.example/ab12cd.")
    assert read["Twice in a week"].startswith("Lakeside: Thu Nov 19, 3:00 PM; Sat Nov 21, 11:30 AM.")
    assert read["Clock change"].startswith("Lakeside: Sun Mar 14, 10:00 AM.")


def test_who_is_in_addiction_counselling_or_half_of_a_couple_reads_what_everybody_reads(
    practice: Practice,
) -> None:
    read = bodies(REMINDER, practice)
    same = {
        read[label]
        for label in ("One person, in person", "A couple", "A child of nine", "Addiction counselling")
    }
    assert len(same) == 1


def test_who_reads_spanish_gets_the_spanish_wording_in_force(practice: Practice, admin_user: User) -> None:
    assert "C confirma" in bodies(REMINDER, practice)["Reads Spanish"]
    own = "{practice}: {when}{video}. Llame al {phone}."
    change_template(key="reminder", language="es", channel="sms", body=own, actor=admin_user)
    spanish = bodies(REMINDER, practice)["Reads Spanish"]
    assert spanish == "Lakeside: jue 19 nov, 15:00. Llame al (312) 555-0100."


@pytest.mark.parametrize(("key", "language", "channel"), SHIPPED)
def test_every_shipped_wording_can_be_rehearsed(
    practice: Practice, key: str, language: str, channel: str
) -> None:
    words = SHIPPED[key, language, channel]
    draft = Draft(key=key, language=language, channel=channel, body=words.body, subject=words.subject)
    readings = rehearse(draft, practice=practice, now=NOW)
    assert len(readings) == (8 if "when" in KEYS[key][1] else 2)
    assert not any("{" in reading.body + reading.subject for reading in readings)


@pytest.mark.parametrize(
    ("after", "zone", "expected"),
    [
        (date(2026, 11, 16), "America/Chicago", date(2027, 3, 14)),
        (date(2026, 7, 1), "Europe/Berlin", date(2026, 10, 25)),
        (date(2026, 7, 1), "America/Phoenix", None),
    ],
)
def test_next_clock_change_is_found(after: date, zone: str, expected: date | None) -> None:
    assert next_clock_change(after, ZoneInfo(zone)) == expected


def test_odd_characters_have_the_name_that_people_know_and_a_plain_one_instead() -> None:
    text = "We\u2019ll see you \u2013 Ana Mar\u00eda \U0001f600"
    named = [(odd.name, odd.instead) for odd in odd_characters(text)]
    assert named == [("curly apostrophe", "'"), ("long dash", "-"), ("latin small letter i with acute", "i"),
                     ("grinning face", "")]  # fmt: skip
    assert with_plain_characters(text) == "We'll see you - Ana Maria \U0001f600"


@pytest.mark.parametrize(
    ("body", "subject", "complaint"),
    [
        ("{practice}{when:>99999999}{video}{phone}", "", "brace"),
        ("{practice}{when!r}{video}{phone}", "", "brace"),
        ("{practice}{when.year}{video}{phone}", "", "no field"),
        ("{practice}{when}{video}{phone}", "Two\nlines", "One line"),
        ("{practice}{when}{video}{phone}" + "a" * 6000, "", "At most"),
    ],
)
def test_words_that_cannot_be_sent_are_refused(
    admin_user: User, body: str, subject: str, complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint):
        change_template(
            key="reminder", language="en", channel="email", body=body, subject=subject, actor=admin_user
        )


@pytest.mark.django_db(transaction=True)
def test_a_trial_arrives_marked_at_the_phone_of_who_asked_and_only_once(
    talking_sandbox: Sandbox, admin_user: User
) -> None:
    trial = ask_trial(draft=REMINDER, phone="(312) 555-0187", actor=admin_user, now=NOW)
    assert send_trials(now=NOW + timedelta(seconds=5)) == 1
    assert send_trials(now=NOW + timedelta(seconds=6)) == 0
    trial.refresh_from_db()
    assert trial.state == "sent"
    [arrived] = talking_sandbox.messages(to="+13125550187")
    assert arrived["body"] == "TEST: Lakeside: Thu Nov 19, 3:00 PM. C, R or (312) 555-0100. STOP ends."


@pytest.mark.django_db(transaction=True)
def test_a_trial_by_e_mail_goes_to_the_one_who_asked(talking_sandbox: Sandbox, admin_user: User) -> None:
    mail = Draft(
        key="reminder", language="en", channel="email", subject="{practice}: {when}",
        body="{practice} {when}{video} {phone}",
    )  # fmt: skip
    ask_trial(draft=mail, actor=admin_user, now=NOW)
    send_trials(now=NOW)
    trial = Trial.objects.get()
    assert (trial.address, trial.state) == (admin_user.email, "sent")
    assert trial.subject == "TEST: Lakeside: Thu Nov 19, 3:00 PM"
    assert "No client gets it" in trial.body


def test_a_trial_never_goes_to_a_client(admin_user: User, rosa: Client) -> None:
    with pytest.raises(ValidationError, match="client's"):
        ask_trial(draft=REMINDER, phone="+13125550101", actor=admin_user, now=NOW)
    assert not Trial.objects.exists()


@pytest.mark.parametrize("phone", ["", "Ari", "12"])
def test_a_trial_needs_a_number_that_can_be_texted(admin_user: User, phone: str) -> None:
    with pytest.raises(ValidationError, match="number"):
        ask_trial(draft=REMINDER, phone=phone, actor=admin_user, now=NOW)


def test_no_trial_goes_while_sending_is_paused(admin_user: User) -> None:
    pause_sending(actor=admin_user, reason="Wrong times", now=NOW)
    with pytest.raises(ValidationError, match="paused"):
        ask_trial(draft=REMINDER, phone="+13125550187", actor=admin_user, now=NOW)


def test_trials_are_so_many_a_day(admin_user: User) -> None:
    for _ in range(20):
        ask_trial(draft=REMINDER, phone="+13125550187", actor=admin_user, now=NOW)
    with pytest.raises(ValidationError, match="20 trials"):
        ask_trial(draft=REMINDER, phone="+13125550187", actor=admin_user, now=NOW)
    ask_trial(draft=REMINDER, phone="+13125550187", actor=admin_user, now=NOW + timedelta(days=1, seconds=1))


@pytest.mark.django_db(transaction=True)
def test_a_trial_that_waited_too_long_is_not_sent(talking_sandbox: Sandbox, admin_user: User) -> None:
    ask_trial(draft=REMINDER, phone="+13125550187", actor=admin_user, now=NOW)
    assert send_trials(now=NOW + timedelta(minutes=31)) == 0
    assert (Trial.objects.get().state, Trial.objects.get().code) == ("failed", "too late")
