"""Settings: a practice admin changes how the practice works; everybody has their own API keys."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import ApiToken, Practice, User
from clients.models import Case
from dashboard.settings.urls import urlpatterns
from reminders.models import ReminderRule
from reminders.providers import channel_states
from sessions_app.models import Availability, Closure, Location, Room, Service, TherapySession, TimeOff
from sessions_app.services import absent_day
from tests.conftest import ZONE

AHEAD = date(2036, 11, 17)
PRACTICE = {
    "name": "Lakeside Counseling",
    "display_name": "Lakeside",
    "phone": "+1 312 555 0100",
    "email": "",
    "timezone": ZONE,
    "country": "us",
    "emergency_number": "911",
    "crisis_line": "988",
    "opens_at": "08:00",
    "closes_at": "19:00",
    "live_from": "2026-01-01",
    "undo_minutes": "5",
    "late_cancellation_hours": "48",
    "offer_hold_minutes": 120,
    "offer_batch": 1,
    "offer_lead_hours": 4,
    "waiting_minutes": "10",
    "texts_per_day": "2",
    "texts_per_week": "4",
    "follow_up_owner": "desk",
}
EXAMPLE = {
    "public_id": uuid.UUID(int=1),
    "day": "2036-11-17",
    "key": "reminder",
    "language": "en",
    "channel": "sms",
    "code": "at_risk",
}
OWN = {"keys", "key-revocation"}


@pytest.fixture
def ari(client: Browser, admin_user: User) -> Browser:
    """The practice admin at the browser."""
    client.force_login(admin_user)
    return client


def url(name: str, record: object = None, **words: object) -> str:
    if record is not None:
        words["public_id"] = record.public_id  # type: ignore[attr-defined]
    return reverse(f"dashboard:{name}", kwargs=words)


def words(response: object) -> str:
    return str(response.content.decode())  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["amara", "desk", "dana"])
def test_settings_are_the_admins_only(client: Browser, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    for pattern in urlpatterns:
        if pattern.name in OWN:
            continue
        kwargs = {key: EXAMPLE[key] for key in pattern.pattern.converters}
        path = url(str(pattern.name), **kwargs)
        assert {client.get(path).status_code, client.post(path).status_code} <= {403, 405}, path
        assert client.post(path).status_code in {403, 405}


def test_practice_is_changed(ari: Browser, practice: Practice) -> None:
    assert ari.post(url("settings"), PRACTICE).status_code == 302
    practice.refresh_from_db()
    assert (practice.country, practice.undo_minutes, practice.follow_up_owner) == ("US", 5, "desk")
    assert practice.closes_at == time(19)
    assert not practice.mfa_required


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("display_name", "Lakeside “Café” 🌊", "Texts would cost double"),
        ("display_name", "L" * 41, "at most 40"),
        ("display_name", "Lakeside Counseling", "Choose a neutral name"),
        ("crisis_line", "988 day \u2013 night", "Texts would cost double"),
        ("timezone", "Chicago", "Select a valid choice"),
        ("closes_at", "07:00", "closes after it opens"),
        ("undo_minutes", "31", "less than or equal to 30"),
        ("phone", "12", "valid phone number"),
        ("country", "U1", "Two letters"),
    ],
)
def test_what_cannot_be_is_refused_and_kept(
    ari: Browser, practice: Practice, field: str, typed: str, sentence: str
) -> None:
    response = ari.post(url("settings"), {**PRACTICE, "name": "Lakeside Two", field: typed})
    assert response.status_code == 422
    assert sentence in words(response)
    assert 'value="Lakeside Two"' in words(response)
    practice.refresh_from_db()
    assert practice.name == "Lakeside Counseling"


def test_a_name_that_tells_is_pointed_out(ari: Browser, practice: Practice) -> None:
    assert "Every text says" not in words(ari.get(url("settings")))
    Practice.objects.update(display_name="Lakeside Therapy")
    assert "Every text says “Therapy”" in words(ari.get(url("settings")))


def test_an_address_of_links_or_mail_that_tells_is_pointed_out(
    ari: Browser, practice: Practice, settings: Settings
) -> None:
    settings.KEPT_PUBLIC_BASE_URL = "https://lakesidetherapy.example"
    assert "Every text says “lakesidetherapy”" in words(ari.get(url("settings")))


def test_second_step_can_be_required(ari: Browser, practice: Practice) -> None:
    ari.post(url("settings"), {**PRACTICE, "mfa_required": "on"})
    assert ari.get(url("settings")).headers["Location"] == reverse("mfa_index")


def test_sending_is_paused_with_a_reason_and_resumed(ari: Browser, practice: Practice) -> None:
    without = ari.post(url("sending-pause"), {"reason": ""})
    assert without.status_code == 422
    assert "Sending is paused" in words(
        ari.post(url("sending-pause"), {"reason": "Wrong times"}, follow=True)
    )
    assert "Wrong times" in words(ari.get(url("settings")))
    practice.refresh_from_db()
    assert practice.sending_paused_at is not None
    ari.post(url("sending-resumption"))
    practice.refresh_from_db()
    assert practice.sending_paused_at is None


def test_place_and_rooms_come_and_go(ari: Browser, practice: Practice) -> None:
    ari.post(url("new-place"), {"name": "Harbor House", "timezone": ZONE, "address": "1 Harbor Rd"})
    place = Location.objects.get(name="Harbor House")
    ari.post(url("new-room", place), {"name": "Room 7"})
    twice = ari.post(url("new-room", place), {"name": "room 7"})
    assert (twice.status_code, "has a room of that name" in words(twice)) == (422, True)
    room = Room.objects.get(name="Room 7")
    ari.post(url("room", room), {"name": "The blue room"})
    ari.post(url("room-retirement", room))
    ari.post(url("place-retirement", place))
    room.refresh_from_db()
    place.refresh_from_db()
    assert (room.name, room.is_active, place.is_active) == ("The blue room", False, False)
    ari.post(url("room-restoration", room))
    ari.post(url("place-restoration", place))
    assert Room.objects.get(is_active=True, location__is_active=True) == room


def test_place_of_a_known_name_is_refused(ari: Browser, place: Location) -> None:
    response = ari.post(url("new-place"), {"name": place.name, "timezone": ZONE, "address": "Elsewhere"})
    assert response.status_code == 422
    assert 'value="Elsewhere"' in words(response)


def test_place_and_room_with_sessions_ahead_stay(
    ari: Browser, rosa_case: Case, book: Callable[..., TherapySession], place: Location, room: Room
) -> None:
    book(rosa_case, on=AHEAD)
    for path in (url("room-retirement", room), url("place-retirement", place)):
        assert "1 session is still ahead there" in words(ari.post(path, follow=True))
    place.refresh_from_db()
    assert place.is_active


def test_service_is_added_changed_and_retired(ari: Browser, practice: Practice) -> None:
    typed = {"name": "Couple session", "kind": "couple", "minutes": "80", "video_offered": "on"}
    ari.post(url("new-service"), typed)
    service = Service.objects.get(name="Couple session")
    ari.post(url("service", service), {**typed, "minutes": "90", "video_offered": ""})
    ari.post(url("service-retirement", service))
    service.refresh_from_db()
    assert (service.minutes, service.video_offered, service.is_active) == (90, False, False)
    ari.post(url("service-restoration", service))
    assert "also by video" not in words(ari.get(url("services")))
    assert ari.post(url("service", service), {**typed, "minutes": "4"}).status_code == 422


def test_hours_are_added_moved_and_taken_away(ari: Browser, amara: User, place: Location) -> None:
    typed = {"weekday": "0", "starts": "09:00", "ends": "12:00", "location": str(place.public_id)}
    ari.post(url("clinician-hours", amara), typed)
    window = Availability.objects.get(clinician=amara)
    assert (window.weekday, window.starts, window.location, window.timezone) == (0, time(9), place, ZONE)
    overlapping = ari.post(url("clinician-hours", amara), {**typed, "starts": "11:00", "ends": "13:00"})
    assert (overlapping.status_code, "overlap" in words(overlapping)) == (422, True)
    backwards = ari.post(url("clinician-hours", amara), {**typed, "weekday": "1", "ends": "08:00"})
    assert "comes after the beginning" in words(backwards)
    ari.post(url("window", window), {**typed, "weekday": "4", "location": ""})
    window.refresh_from_db()
    assert (window.weekday, window.location) == (4, None)
    assert "9:00\u201312:00" in words(ari.get(url("hours")))
    ari.post(url("window-removal", window))
    assert not Availability.objects.exists()


def test_place_with_somebodys_hours_stays(ari: Browser, amara: User, place: Location) -> None:
    typed = {"weekday": "0", "starts": "09:00", "ends": "12:00", "location": str(place.public_id)}
    ari.post(url("clinician-hours", amara), typed)
    assert "weekly hours are still there" in words(ari.post(url("place-retirement", place), follow=True))


def test_desk_has_no_hours(ari: Browser, desk: User) -> None:
    assert ari.get(url("clinician-hours", desk)).status_code == 404


def test_clinician_is_there_after_all(ari: Browser, amara: User, practice: Practice, now: datetime) -> None:
    absent_day(clinician=amara, on=AHEAD, zone=practice.zone, reason="Travels", actor=amara, now=now)
    shown = words(ari.get(url("hours")))
    assert "Travels" in shown
    # The whole day, without its midnights.
    assert f"{AHEAD:%a} {AHEAD.day} {AHEAD:%b}" in shown
    assert ", 0:00" not in shown
    ari.post(url("time-off-cancellation", TimeOff.objects.get()))
    assert "Nobody is away" in words(ari.get(url("hours")))


def test_closed_day_is_opened_after_all(ari: Browser, place: Location) -> None:
    Closure.objects.create(location=place, on=AHEAD, reason="Thanksgiving")
    assert "Thanksgiving" in words(ari.get(url("places")))
    ari.post(url("reopening", place, day="2036-11-17"))
    assert not Closure.objects.exists()
    assert ari.post(url("reopening", place, day="2036-11-17")).status_code == 404
    assert ari.post(url("reopening", place, day="2036-13-99")).status_code == 404


def test_a_day_is_closed_with_the_counts_and_nobodys_name(
    ari: Browser, place: Location, rosa_case: Case, book: Callable[..., TherapySession]
) -> None:
    session = book(rosa_case, on=AHEAD)
    closing = url("closure-new")
    assert f"{closing}?place={place.public_id}" in words(ari.get(url("place", place)))
    asked = words(ari.get(closing, {"place": str(place.public_id)}))
    assert f'<option value="{place.public_id}" selected>' in asked
    day = {"place": str(place.public_id), "on": AHEAD.isoformat(), "reason": "Thanksgiving"}
    preview = words(ari.post(closing, day))
    assert "1 session is called off" in preview
    assert "1 person is told once" in preview
    assert "Rosa" not in preview
    done = words(ari.post(closing, {**day, "confirm": "yes"}, follow=True))
    session.refresh_from_db()
    assert session.cancelled_by == "practice"
    assert "1 session called off" in done
    assert "Thanksgiving" in done
    assert "Thanksgiving" in words(ari.get(url("place", place)))


RULE = {"name": "A week before", "lead_days": "7", "audience": "all", "template_key": "reminder"}


def test_reminder_is_added_moved_and_switched_off(ari: Browser, practice: Practice) -> None:
    ari.post(url("new-reminder-rule"), {**RULE, "is_active": "on"})
    rule = ReminderRule.objects.get(lead_days=7)
    taken = ari.post(url("reminder-rule", rule), {**RULE, "lead_days": "1", "is_active": "on"})
    assert (taken.status_code, "already a reminder" in words(taken)) == (422, True)
    ari.post(url("reminder-rule", rule), {**RULE, "lead_days": "6"})
    rule.refresh_from_db()
    assert (rule.lead_days, rule.is_active) == (6, False)


def test_a_rule_says_when_for_whom_which_way_and_in_which_words(ari: Browser, practice: Practice) -> None:
    chosen = {
        "name": "The first time",
        "lead_days": "0",
        "lead_hours": "4",
        "audience": "first_session",
        "template_key": "reminder_first",
        "channels": "email,sms",
        "is_active": "on",
    }
    assert ari.post(url("new-reminder-rule"), chosen).status_code == 302
    rule = ReminderRule.objects.get(audience="first_session")
    assert (rule.lead_hours, rule.channels, rule.template_key) == (4, ["email", "sms"], "reminder_first")
    html = words(ari.get(url("reminder-rule", rule)))
    assert '<option value="email,sms" selected>' in html
    assert "4 hours before" in words(ari.get(url("reminder-rules")))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"lead_days": "0", "lead_hours": "2"}, "at least 3 hours before"),
        ({"lead_days": "14"}, "less than or equal to 13"),
        ({"audience": "strangers"}, "Select a valid choice"),
        ({"template_key": "missed"}, "Select a valid choice"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_kept(
    ari: Browser, practice: Practice, wrong: dict[str, str], sentence: str
) -> None:
    response = ari.post(url("new-reminder-rule"), {**RULE, "name": "Ours", **wrong})
    assert response.status_code == 422
    assert sentence in words(response)
    assert 'value="Ours"' in words(response)
    assert ReminderRule.objects.count() == 2


def test_a_rule_says_how_many_sessions_it_reaches_while_it_is_written(
    ari: Browser, rosa_case: Case, book: Callable[..., TherapySession]
) -> None:
    now = datetime.now(UTC)
    for days in (2, 5):
        book(rosa_case, on=(now + timedelta(days=days)).date(), now=now)
    html = words(ari.post(url("rule-reach"), {"audience": "all", "lead_days": "3"}))
    assert '<p class="figure-card__value">2</p>' in html
    assert "of the 2 sessions" in html
    assert "For 1 of them" in html
    by_video = words(ari.post(url("rule-reach"), {"audience": "telehealth", "lead_days": "3"}))
    assert '<p class="figure-card__value">0</p>' in by_video
    assert "Fill in" in words(ari.post(url("rule-reach"), {"audience": "", "lead_days": "x"}))


def test_key_is_shown_once_and_opens_the_api(client: Browser, amara: User) -> None:
    client.force_login(amara)
    response = client.post(url("keys"), {"name": "Waiting-room screen"})
    assert "no-store" in response.headers["Cache-Control"]
    key = response.context["new_key"]
    assert key in words(response)
    assert key not in words(client.get(url("keys")))
    bearer = {"Authorization": f"Bearer {key}"}
    assert Browser().get("/api/v1/me/", headers=bearer).json()["name"] == amara.name
    client.post(url("key-revocation", ApiToken.objects.get()))
    assert Browser().get("/api/v1/me/", headers=bearer).status_code == 401


def test_dates_are_those_of_the_practice(client: Browser, amara: User) -> None:
    client.force_login(amara)
    client.post(url("keys"), {"name": "Waiting-room screen"})
    # Two in the morning in Greenwich is still the evening before in Chicago.
    ApiToken.objects.update(created_at=datetime(2026, 11, 17, 2, 0, tzinfo=UTC))
    shown = words(client.get(url("keys")))
    assert "made 16 Nov 2026" in shown
    assert timezone.get_current_timezone_name() == "UTC"


def test_key_of_a_colleague_is_not_there(client: Browser, amara: User, luis: User) -> None:
    client.force_login(amara)
    client.post(url("keys"), {"name": "Waiting-room screen"})
    client.force_login(luis)
    assert "Waiting-room screen" not in words(client.get(url("keys")))
    assert client.post(url("key-revocation", ApiToken.objects.get())).status_code == 404


def _more_of_everything(amara: User, place: Location, number: int) -> None:
    Location.objects.create(name=f"Place {number}", timezone=ZONE).rooms.create(name="One")
    Closure.objects.create(location=place, on=AHEAD.replace(day=number + 1))
    Service.objects.create(name=f"Service {number}")
    colleague = User.objects.create_user(f"c{number}@lakeside.example", name="C", roles=["clinician"])
    for clinician in (amara, colleague):
        Availability.objects.create(
            clinician=clinician,
            weekday=number % 7,
            starts=time(8),
            ends=time(9),
            timezone=ZONE,
            location=place,
        )
    begins = datetime(2036, 1, number + 1, tzinfo=UTC)
    time_off = TimeOff.objects.create(clinician=colleague, starts_at=begins, ends_at=begins.replace(hour=5))
    time_off.occupancies.create(resource=f"clinician:{colleague.pk}", during=(begins, begins.replace(hour=5)))
    ReminderRule.objects.create(name=f"Rule {number}", lead_days=3, is_active=False)


@pytest.mark.parametrize("name", ["places", "services", "hours", "reminder-rules", "keys"])
def test_list_costs_the_same_however_long(ari: Browser, amara: User, place: Location, name: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ari.get(url(name)).status_code == 200
        return len(queries)

    _more_of_everything(amara, place, 0)
    few = cost()
    for number in range(1, 7):
        _more_of_everything(amara, place, number)
    assert cost() == few


def test_how_fast_texts_go_is_set_and_lifted(
    browser_of: Callable[[User], Browser], admin_user: User, practice: Practice
) -> None:
    browser, rate = browser_of(admin_user), "/settings/senders/sms/rate/"
    assert "Texts" in browser.get("/settings/senders/").content.decode()
    assert browser.post(rate, {"rate_per_second": "2.5", "burst": "10"}).status_code == 302
    state = channel_states()["sms"]
    assert (state.rate_per_second, state.burst) == (2.5, 10)
    assert 'value="2.5"' in browser.get("/settings/senders/").content.decode()
    browser.post(rate, {"rate_per_second": "", "burst": "10"})
    assert channel_states()["sms"].rate_per_second is None
    for wrong in ({"rate_per_second": "0", "burst": "1"}, {"rate_per_second": "1", "burst": "0"}, {}):
        assert browser.post(rate, wrong).status_code == 422
    assert browser.post("/settings/senders/pigeon/rate/", {"burst": "1"}).status_code == 404


def test_a_rule_can_call_first(
    browser_of: Callable[[User], Browser], admin_user: User, practice: Practice
) -> None:
    told = {
        "name": "The day before, by call",
        "lead_days": "2",
        "audience": "all",
        "template_key": "reminder",
    }
    browser_of(admin_user).post("/settings/reminders/new/", {**told, "channels": "voice,sms,email"})
    assert ReminderRule.objects.get(lead_days=2).channels == ["voice", "sms", "email"]
