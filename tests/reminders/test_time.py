"""When messages go out: hours where the recipient is, time that nobody was there, and words that stay true."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from accounts.models import User
from clients.models import Case, Client, ContactPoint, Guardianship
from reminders.day_words import relative_day
from reminders.dispatch import dispatch
from reminders.hours import CLOSES, OPENS, next_open
from reminders.models import Message, ReminderRule, State
from reminders.reconcile import reconcile
from reminders.services import RuleDetails, change_rule, change_template, write_to_client
from reminders.words import SHIPPED
from sandbox.launch import Sandbox
from sessions_app.models import TherapySession
from tests.conftest import NOW, ZONE, case_of, person
from tests.reminders.conftest import FRIDAY, pass_at

Book = Callable[..., TherapySession]
ROSA = "+13125550101"
TUESDAY = datetime(2026, 11, 17, 15, 0, tzinfo=ZoneInfo(ZONE))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Both hemispheres, half an hour of summer time, a clock change at midnight, and none at all.
ZONES = (
    "America/Chicago",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Kathmandu",
)


def _texts(sandbox: Sandbox, to: str = ROSA) -> list[str]:
    return [text["body"] for text in sandbox.messages(to=to, direction="outbound-api")]


def _is_open(at: datetime, zone: str) -> bool:
    return OPENS <= at.astimezone(ZoneInfo(zone)).time() < CLOSES


@given(
    zones=st.frozensets(st.sampled_from(ZONES), min_size=1, max_size=2),
    at=st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 20), timezones=st.just(UTC)),  # noqa: DTZ001
)
@example(zones=frozenset({"America/Santiago"}), at=datetime(2026, 9, 6, 3, 30, tzinfo=UTC))
@example(zones=frozenset({"America/Chicago"}), at=datetime(2026, 11, 1, 7, 30, tzinfo=UTC))
def test_the_next_open_hour_is_the_first_that_is_open_everywhere(zones: frozenset[str], at: datetime) -> None:
    opens_at = next_open(at, zones)
    assert opens_at >= at
    steps = [at + n * timedelta(minutes=10) for n in range(6 * 24 * 2)]
    first = next((step for step in steps if all(_is_open(step, zone) for zone in zones)), None)
    if first is None:
        return
    assert all(_is_open(opens_at, zone) for zone in zones)
    assert first - timedelta(minutes=10) < opens_at <= first


@pytest.mark.parametrize(
    ("zone", "goes_at"),
    [
        # Due at 15:00 in Chicago, which is the middle of the night in Honolulu's... morning: 11:00.
        ("Pacific/Honolulu", datetime(2026, 11, 17, 21, 0, tzinfo=UTC)),
        # 22:00 in Berlin: the next morning there.
        ("Europe/Berlin", datetime(2026, 11, 18, 7, 0, tzinfo=UTC)),
        # 8:00 the next day in Sydney.
        ("Australia/Sydney", datetime(2026, 11, 17, 21, 0, tzinfo=UTC)),
        # 6:00 in Tokyo.
        ("Asia/Tokyo", datetime(2026, 11, 17, 23, 0, tzinfo=UTC)),
    ],
)
def test_hours_are_those_of_the_recipient(
    sandbox: Sandbox, friday: TherapySession, zone: str, goes_at: datetime
) -> None:
    Client.objects.update(timezone=zone)
    pass_at(TUESDAY)
    message = Message.objects.get(rule__lead_days=3)
    if goes_at > TUESDAY:
        assert (message.state, message.reason, message.not_before) == (
            State.PLANNED,
            "quiet_hours",
            goes_at,
        )
        dispatch(now=goes_at)
    assert len(_texts(sandbox)) == 1


def test_an_unknown_zone_waits_for_the_practice_and_the_area_code_both(
    sandbox: Sandbox, rosa_case: Case, book: Book
) -> None:
    # A number of Los Angeles; 9:30 in Chicago is 7:30 there.
    ContactPoint.objects.filter(kind="phone").update(address="+13105550101")
    book(rosa_case, on=FRIDAY, at="09:30")
    pass_at(datetime(2026, 11, 17, 9, 30, tzinfo=ZoneInfo(ZONE)))
    message = Message.objects.get(rule__lead_days=3)
    assert message.not_before == datetime(2026, 11, 17, 16, 0, tzinfo=UTC)
    dispatch(now=message.not_before)
    assert len(_texts(sandbox, "+13105550101")) == 1


def test_an_edited_rule_says_nothing_twice(sandbox: Sandbox, friday: TherapySession, dana: User) -> None:
    pass_at(TUESDAY)
    rule = ReminderRule.objects.get(lead_days=3)
    change_rule(rule=rule, details=RuleDetails(name="Two days before", lead_days=2), actor=dana, now=NOW)
    pass_at(TUESDAY + DAY)
    assert len(_texts(sandbox)) == 1


def test_a_rule_edited_to_an_hour_that_is_past_still_helps(
    sandbox: Sandbox, friday: TherapySession, dana: User
) -> None:
    reconcile(now=NOW)
    rule = ReminderRule.objects.get(lead_days=3)
    change_rule(rule=rule, details=RuleDetails(name="Five days before", lead_days=5), actor=dana, now=NOW)
    # The session was booked after that hour, so that there is nothing to repeat.
    pass_at(NOW + HOUR)
    assert _texts(sandbox) == []
    change_rule(rule=rule, details=RuleDetails(name="Two days before", lead_days=2), actor=dana, now=NOW)
    pass_at(TUESDAY + DAY)
    assert len(_texts(sandbox)) == 1


@pytest.mark.parametrize("away", [timedelta(hours=3), timedelta(days=3), timedelta(weeks=3)])
def test_after_downtime_what_is_still_useful_goes_once_and_the_rest_is_expired_with_its_reason(
    sandbox: Sandbox, rosa_case: Case, book: Book, away: timedelta
) -> None:
    monday = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo(ZONE))
    for day in (1, 2, 4, 7, 9, 11, 22, 23, 26):
        book(rosa_case, on=(monday + day * DAY).date(), at="16:00")
    reconcile(now=monday)
    back = monday + DAY + away
    pass_at(back)
    dispatch(now=back + timedelta(minutes=1))
    assert len(_texts(sandbox)) <= 1
    told = Message.objects.filter(state__in=[State.SENT]) | Message.objects.filter(reason="combined")
    assert told.exists()
    # Whatever it names is still ahead, and every time that was due is named.
    assert not told.filter(session__starts_at__lte=back).exists()
    over = Message.objects.filter(session__starts_at__lte=back)
    assert over.exists() == (away > DAY)
    assert set(over.values_list("state", "reason")) <= {("expired", "overtaken")}
    assert not Message.objects.filter(state=State.PLANNED, not_before__lte=back).exists()
    assert not Message.objects.exclude(state__in=[State.PLANNED, State.SENT]).filter(reason="").exists()


def test_each_participant_and_each_guardian_hears_by_themselves_after_downtime(
    sandbox: Sandbox, quinn_case: Case, book: Book
) -> None:
    nora, pete, ella = (Client.objects.get(given_name=name) for name in ("Nora", "Pete", "Ella"))
    aunt = person("Zoe", "Quinn", 131)
    Guardianship.objects.create(guardian=aunt, minor=ella, may_receive=True)
    book(quinn_case, on=FRIDAY, at="15:00")
    book(case_of(quinn_case.clinicians.get(), Case.Kind.INDIVIDUAL, nora), on=FRIDAY, at="17:00")
    reconcile(now=NOW)
    pass_at(TUESDAY + DAY)
    phones = {
        one: ContactPoint.objects.get(client=one, kind="phone").address for one in (nora, pete, ella, aunt)
    }
    said = {one: _texts(sandbox, phones[one]) for one in phones}
    assert said[ella] == []
    assert [len(said[one]) for one in (nora, pete, aunt)] == [1, 1, 1]
    # Nothing of Nora's own hour is told to the others.
    assert "5:00 PM" in said[nora][0]
    assert not any("5:00 PM" in text for text in said[pete] + said[aunt])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("See you tomorrow!", "tomorrow"),
        ("Tonight we are closed", "Tonight"),
        ("Nos vemos mañana", "mañana"),
        ("Hoy no abrimos", "Hoy"),
        ("A las 9 de la mañana", ""),
        ("Monday at three", ""),
        ("todays", ""),
    ],
)
def test_words_that_are_true_on_one_day_only_are_found(words: str, found: str) -> None:
    assert relative_day(words) == found


def test_no_shipped_words_are_true_on_one_day_only() -> None:
    assert [words.body for words in SHIPPED.values() if relative_day(words.body + words.subject)] == []


def test_a_wording_that_says_tomorrow_cannot_be_saved(dana: User) -> None:
    body = "{practice}: See you tomorrow, {when}{video}. {phone}"
    with pytest.raises(ValidationError, match="another one than “tomorrow”"):
        change_template(key="reminder", language="en", channel="sms", body=body, actor=dana)


def test_a_colleagues_tomorrow_does_not_arrive_the_day_after(
    sandbox: Sandbox, rosa: Client, dana: User
) -> None:
    night = datetime(2026, 11, 17, 22, 0, tzinfo=ZoneInfo(ZONE))
    write_to_client(client=rosa, words="Could you come at nine tomorrow?", actor=dana, now=night)
    write_to_client(client=rosa, words="Could you come on Thursday?", actor=dana, now=night)
    pass_at(night)
    morning = datetime.combine(date(2026, 11, 18), time(8), tzinfo=ZoneInfo(ZONE))
    pass_at(morning)
    assert _texts(sandbox) == ["Could you come on Thursday?"]
    held_back = Message.objects.get(words__contains="tomorrow")
    assert held_back.state == State.EXPIRED
    assert held_back.reason
