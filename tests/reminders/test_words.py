"""The words that ship: one segment each, complete, and true when they arrive."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from reminders import access
from reminders.hours import next_open, zones_of
from reminders.reasons import REASONS
from reminders.rendering import SessionFacts, fields_in, fill, session_fields, when_words
from reminders.segments import size_of
from reminders.services import RuleDetails, add_rule, change_rule, change_template, restore_template
from reminders.words import FIELDS, KEYS, LANGUAGES, SHIPPED, needed_fields
from tests.conftest import NOW

# As long as a practice's alias and a meeting's link may well be.
SAMPLE = {
    "practice": "Lakeside Counseling",
    "phone": "(312) 555-0100",
    "emergency": "911",
    "crisis": "988",
    "link": "https://kept.example/o/" + "a" * 55 + "/",
    "until": "10:30 AM",
}
TIMES = {
    "en": "1 Wed Nov 25, 12:30 PM; 2 Thu Nov 26, 10:30 AM; 3 Mon Nov 30, 12:30 PM",
    "es": "1 mié 25 nov, 12:30; 2 jue 26 nov, 10:30; 3 lun 30 nov, 12:30",
}
LONGEST = SessionFacts(
    datetime(2026, 11, 25, 18, 30, tzinfo=UTC), "America/Chicago", "", False, "https://meet.example/ab12"
)
# In person, where it could be on a screen: no link, and one way more to answer.
LONGEST_IN_PERSON = SessionFacts(LONGEST.starts_at, "America/Chicago", "", True, "", could_be_video=True)
TEXTS = [(key, language) for key, language, channel in SHIPPED if channel == "sms"]


@pytest.mark.parametrize(("key", "language"), TEXTS)
def test_a_shipped_text_is_one_segment_of_the_cheap_alphabet(key: str, language: str) -> None:
    for facts in (LONGEST, LONGEST_IN_PERSON):
        fields = SAMPLE | session_fields([facts], language) | {"times": TIMES[language]}
        size = size_of(fill(SHIPPED[key, language, "sms"].body, fields))
        assert (size.odd_characters, size.segments) == ("", 1)


@pytest.mark.parametrize(("language", "words"), [("en", ", V for video,"), ("es", ", V por video,")])
def test_a_v_is_named_for_one_time_where_it_would_be_obeyed(language: str, words: str) -> None:
    body = SHIPPED["reminder", language, "sms"].body
    named = fill(body, SAMPLE | session_fields([LONGEST_IN_PERSON], language))
    assert words in named
    for times in ([LONGEST], [LONGEST_IN_PERSON, LONGEST]):
        assert words not in fill(body, SAMPLE | session_fields(times, language))


@pytest.mark.parametrize(("key", "language", "channel"), SHIPPED)
def test_shipped_words_have_every_field_they_need_and_none_unknown(
    key: str, language: str, channel: str
) -> None:
    named = fields_in(SHIPPED[key, language, channel].body)
    needed = needed_fields(key, channel)
    # A mail is signed with the phone number; it needs no more than its text does.
    assert needed <= named <= set(FIELDS)


def test_every_text_ships_in_every_language() -> None:
    assert set(TEXTS) == {(key, language) for key in KEYS for language in LANGUAGES}


@pytest.mark.parametrize("words", [w.body for w in SHIPPED.values()])
def test_no_text_says_today_or_tomorrow(words: str) -> None:
    assert not {"today", "tomorrow", "hoy", "mañana"} & set(words.lower().replace(",", " ").split())


def test_a_day_is_named_in_the_session_s_zone_and_language() -> None:
    at = datetime(2026, 11, 21, 2, 5, tzinfo=UTC)
    assert when_words(at, "America/Chicago", "en") == "Fri Nov 20, 8:05 PM"
    assert when_words(at, "America/Chicago", "es") == "vie 20 nov, 20:05"


def test_a_client_elsewhere_reads_their_own_time_for_a_video_session_with_its_zone() -> None:
    facts = SessionFacts(
        datetime(2026, 11, 20, 21, tzinfo=UTC), "America/Chicago", "America/Denver", False, ""
    )
    assert session_fields([facts], "en")["when"] == "Fri Nov 20, 2:00 PM MST"
    in_person = SessionFacts(facts.starts_at, facts.session_zone, facts.recipient_zone, True, "")
    assert session_fields([in_person], "en")["when"] == "Fri Nov 20, 3:00 PM CST"


@pytest.mark.parametrize(
    ("text", "segments", "odd"),
    [
        ("a" * 160, 1, ""),
        ("a" * 161, 2, ""),
        ("[" * 81, 2, ""),
        ("\u2019" + "a" * 69, 1, "\u2019"),
        ("\u2019" + "a" * 70, 2, "\u2019"),
        ("mañana í", 1, "í"),
    ],
)
def test_segments_are_counted_and_the_odd_character_named(text: str, segments: int, odd: str) -> None:
    assert (size_of(text).segments, size_of(text).odd_characters) == (segments, odd)


def test_an_unknown_zone_waits_for_practice_and_area_code_both() -> None:
    zones = zones_of("", "America/New_York", "+14155550123")
    assert zones == {"America/New_York", "America/Los_Angeles"}
    early_in_california = datetime(2026, 11, 17, 14, 0, tzinfo=UTC)
    assert next_open(early_in_california, zones) == datetime(2026, 11, 17, 16, 0, tzinfo=UTC)
    late_in_new_york = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)
    assert next_open(late_in_new_york, zones) == datetime(2026, 11, 18, 16, 0, tzinfo=UTC)


def test_a_known_zone_is_all_that_counts() -> None:
    assert zones_of("America/Denver", "America/New_York", "+14155550123") == {"America/Denver"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("{practice}{video}{phone}", "{when}"),
        ("{practice}{when}{video}{phone}{service}", "{service}"),
        ("{practice", "brace"),
    ],
)
def test_words_that_lose_the_time_or_name_an_unknown_field_are_refused(
    admin_user: User, body: str, complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint):
        change_template(key="reminder", language="en", channel="sms", body=body, actor=admin_user)


def test_own_words_are_listed_and_can_be_given_up(admin_user: User) -> None:
    body = "{practice}: {when}{video} {phone} \u2019"
    change_template(key="reminder", language="en", channel="sms", body=body, actor=admin_user)
    own = access.get_wording(admin_user, "reminder", "en", "sms")
    assert (own.is_own, own.size.odd_characters) == (True, "\u2019")
    restore_template(key="reminder", language="en", channel="sms", actor=admin_user)
    assert not access.get_wording(admin_user, "reminder", "en", "sms").is_own


def test_two_reminders_of_one_lead_are_refused(admin_user: User) -> None:
    with pytest.raises(ValidationError, match="already"):
        add_rule(details=RuleDetails(name="Again", lead_days=3), actor=admin_user, now=NOW)
    week = add_rule(details=RuleDetails(name="A week", lead_days=7), actor=admin_user, now=NOW)
    changed = change_rule(
        rule=week,
        details=RuleDetails(name="A week", lead_days=7, is_active=False),
        actor=admin_user,
        now=NOW,
    )
    assert not changed.is_active


def test_every_reason_has_a_sentence() -> None:
    assert all(str(words)[:1].isupper() for words in REASONS.values())
