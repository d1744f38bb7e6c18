"""The calendar's page and feed, and the page that moves or lengthens: whom it shows, asks and tells."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from clients.models import Case
from sessions_app.models import Closure, Location, Room, TherapySession
from sessions_app.services import NewTime, absent_day, reschedule_session
from tests.conftest import ZONE
from tests.dashboard.test_booking_pages import instant, soon, text

SignIn = Callable[[User], Browser]
Book = Callable[..., TherapySession]
BookWeekly = Callable[..., list[TherapySession]]
EARLIER = timedelta(hours=1)


def monday() -> date:
    """The one after next: nothing of it is past."""
    return soon(14) - timedelta(days=soon(14).weekday())


@pytest.fixture
def hours(amara: User, keep_hours: Callable[..., None]) -> None:
    """Amara sees people on weekdays from nine to eight."""
    keep_hours(amara, days=5)


@pytest.fixture
def ahead(field_case: Case, book: Book) -> TherapySession:
    """Maya and Jonah on that Monday at ten."""
    return book(field_case, on=monday(), at="10:00", now=timezone.now() - EARLIER)


@pytest.fixture
def weekly(book_weekly: BookWeekly) -> list[TherapySession]:
    """Rosa with Amara on four Tuesdays at ten."""
    return book_weekly(monday() + timedelta(days=1), count=4, now=timezone.now())


def feed(browser: Browser, **asked: str) -> dict[str, Any]:
    answer: dict[str, Any] = browser.get(
        reverse("dashboard:calendar-entries"), {"on": monday().isoformat(), **asked}
    ).json()
    return answer


def url_of(session: TherapySession) -> str:
    return reverse("dashboard:moving", args=[session.public_id])


def move(session: TherapySession, **changed: object) -> dict[str, object]:
    """What the form sends as it stands, with something changed."""
    known = {
        "on": session.on.isoformat(),
        "at": f"{session.at:%H:%M}",
        "minutes": session.minutes,
        "leader": str(session.clinicians.get().public_id),
        "where": str(session.room.public_id) if session.room else "",
        "scope": "this",
        "seen_version": session.version,
        "tell": [str(one.client.public_id) for one in session.participants.all()],
    }
    return {**known, **changed}


def kinds(told: dict[str, Any]) -> set[str]:
    return {block["kind"] for block in told["blocks"]}


def test_a_colleagues_sessions_are_taken_time_and_nothing_more(
    ahead: TherapySession, desk: User, amara: User, luis: User, browser_of: SignIn
) -> None:
    week = {"who": str(amara.public_id)}
    told = feed(browser_of(luis), **week)
    assert (told["sessions"], "session" in kinds(told)) == ([], True)
    assert "Maya" not in str(told)
    shown = text(browser_of(luis).get(reverse("dashboard:calendar"), {"on": monday().isoformat(), **week}))
    assert "Taken" in shown
    assert "Maya" not in shown
    [seen] = feed(browser_of(desk), **week)["sessions"]
    assert seen["names"] == ["Maya Field", "Jonah Field"]


@pytest.mark.parametrize("by", ["clinician", "room", "place"])
@pytest.mark.parametrize("view", ["week", "day"])
def test_the_calendar_is_read_by_clinician_room_or_place(
    by: str, view: str, ahead: TherapySession, desk: User, browser_of: SignIn
) -> None:
    look = {"by": by, "view": view, "who": "all"}
    told = feed(browser_of(desk), **look)
    [session] = told["sessions"]
    assert set(session["columns"]) <= {column["id"] for column in told["columns"]}
    assert session["columns"]
    page = text(browser_of(desk).get(reverse("dashboard:calendar"), {"on": monday().isoformat(), **look}))
    assert page.count("Maya Field</a>") == 1


def test_hours_time_off_closed_days_evenings_and_weekends_are_all_there(
    amara: User, desk: User, place: Location, hours: None, browser_of: SignIn
) -> None:
    absent_day(
        clinician=amara, on=monday(), zone=ZoneInfo(ZONE), reason="Dentist", actor=desk, now=timezone.now()
    )
    Closure.objects.create(location=place, on=monday() + timedelta(days=2), reason="Holiday")
    browser, week = browser_of(desk), {"who": str(amara.public_id), "on": monday().isoformat()}
    assert kinds(feed(browser, **week)) == {"hours", "away", "evening", "weekend"}
    shown = text(browser.get(reverse("dashboard:calendar"), week))
    assert "Away" in shown
    assert "Dentist" not in shown
    assert f"{place.name} is closed: Holiday" in shown
    assert "closed" in kinds(feed(browser, by="place", who=str(place.public_id), on=monday().isoformat()))


@pytest.mark.parametrize(("language", "begins", "before"), [("en", 0, 0), ("es", 1, 6)])
def test_the_week_of_a_sunday_is_the_readers_own_on_the_page_and_in_the_grid(
    language: str, begins: int, before: int, amara: User, desk: User, browser_of: SignIn
) -> None:
    User.objects.filter(pk=desk.pk).update(language=language)
    sunday = monday() + timedelta(days=6)
    first, week = sunday - timedelta(days=before), {"who": str(amara.public_id), "on": sunday.isoformat()}
    told = feed(browser_of(desk), **week)
    assert (told["on"], told["firstDay"]) == (first.isoformat(), begins)
    strip = browser_of(desk).get(reverse("dashboard:calendar"), week).context["day_links"]
    assert [day for day, _address in strip] == [first + timedelta(days=n) for n in range(7)]


def test_a_free_hour_and_every_session_have_a_link_for_what_the_mouse_does(
    ahead: TherapySession, amara: User, desk: User, hours: None, browser_of: SignIn
) -> None:
    week = {"who": str(amara.public_id), "on": monday().isoformat()}
    shown = text(browser_of(desk).get(reverse("dashboard:calendar"), week))
    assert f"?on={monday().isoformat()}&amp;at=09:00&amp;clinician={amara.public_id}" in shown
    assert 'aria-label="Move Maya Field, Jonah Field, 10:00"' in shown
    assert 'aria-label="Lengthen Maya Field, Jonah Field, 10:00"' in shown


def test_a_drag_is_read_on_the_clock_of_the_page(
    ahead: TherapySession, desk: User, browser_of: SignIn
) -> None:
    dropped = {"begins": f"{monday().isoformat()}T15:00", "zone": "America/New_York", "minutes": "50"}
    shown = text(browser_of(desk).get(url_of(ahead), dropped))
    assert 'value="14:00"' in shown


def test_only_who_is_chosen_is_told(ahead: TherapySession, desk: User, browser_of: SignIn) -> None:
    maya, jonah = ahead.participants.order_by("pk")
    browser = browser_of(desk)
    assert text(browser.get(url_of(ahead))).count("by text") == 2
    sent = move(ahead, at="14:00", tell=[str(maya.client.public_id)])
    assert browser.post(url_of(ahead), sent).status_code == 302
    ahead.refresh_from_db()
    jonah.refresh_from_db()
    maya.refresh_from_db()
    assert (ahead.at, ahead.tell_clients) == (time(14), True)
    assert (maya.untold_version, jonah.untold_version) == (None, 2)


def test_a_longer_session_is_nobodys_news_unless_asked_for(
    ahead: TherapySession, desk: User, browser_of: SignIn
) -> None:
    browser = browser_of(desk)
    shown = text(browser.get(url_of(ahead), {"minutes": "80"}))
    assert "checked" not in shown.partition("moving__tell")[2]
    browser.post(url_of(ahead), move(ahead, minutes=80, tell=[]))
    ahead.refresh_from_db()
    assert (ahead.minutes, ahead.tell_clients) == (80, False)


def boxes(page: str) -> dict[str, list[str]]:
    """What the part about whom it tells would send along as it stands."""
    told = page.partition('id="moving-means"')[2]
    names = ("tell", "offered", "usual")
    ticked = re.findall(r'<input type="checkbox" name="tell" value="([^"]*)" checked>', told)
    hidden = {name: re.findall(rf'type="hidden" name="{name}" value="([^"]*)"', told) for name in names}
    return {**hidden, "tell": [*hidden["tell"], *ticked]}


def test_who_is_told_follows_the_wish_and_is_not_lost_where_a_time_is_taken(
    ahead: TherapySession, rosa_case: Case, desk: User, hours: None, book: Book, browser_of: SignIn
) -> None:
    rosa = book(rosa_case, on=monday(), at="14:00", now=timezone.now() - EARLIER)
    [told] = [str(one.client.public_id) for one in rosa.participants.all()]
    browser = browser_of(desk)

    def after(shown: str, show: str = "means", **wish: object) -> str:
        return text(browser.post(url_of(rosa), {**move(rosa, **wish), **boxes(shown), "show": show}))

    # Pulled longer nobody has to be told; at another hour somebody has.
    longer = text(browser.get(url_of(rosa), {"minutes": "80"}))
    assert boxes(longer)["tell"] == []
    assert boxes(after(longer, minutes=80, at="15:00"))["tell"] == [told]
    # Dropped on what is taken, and a free time chosen instead.
    taken = text(browser.get(url_of(rosa), {"at": "10:30"}))
    assert "data-agree" not in taken
    assert boxes(after(taken, show=instant(monday(), "11:00"), at="10:30"))["tell"] == [told]
    # Whoever was left out stays so.
    left_out = text(browser.get(url_of(rosa), {"at": "15:00"})).replace(" checked>", ">")
    taken = after(left_out, at="10:30")
    assert boxes(after(taken, show=instant(monday(), "11:00"), at="10:30"))["tell"] == []


def test_an_overlap_says_what_is_in_the_way_and_offers_the_next_free_times(
    ahead: TherapySession, rosa_case: Case, desk: User, hours: None, book: Book, browser_of: SignIn
) -> None:
    rosa = book(rosa_case, on=monday(), at="14:00", now=timezone.now() - EARLIER)
    browser = browser_of(desk)
    shown = text(browser.get(url_of(rosa), {"at": "10:30"}))
    assert "Dr. Amara Okafor is taken" in shown
    assert f'value="{instant(monday(), "11:00")}"' in shown
    assert "data-agree" not in shown
    assert browser.post(url_of(rosa), move(rosa, at="10:30")).status_code == 422
    chosen = text(browser.post(url_of(rosa), {**move(rosa, at="10:30"), "show": instant(monday(), "11:00")}))
    assert 'value="11:00"' in chosen
    assert "data-agree" in chosen


def test_the_later_ones_of_a_series_move_too_and_the_page_says_which(
    weekly: list[TherapySession], desk: User, browser_of: SignIn
) -> None:
    browser, second = browser_of(desk), weekly[1]
    asked = {**move(second, at="15:00", scope="later"), "show": "form"}
    shown = text(browser.post(url_of(second), asked))
    assert "And 2 more" in shown
    assert "Change 3 sessions" in shown
    browser.post(url_of(second), move(second, at="15:00", scope="later"))
    times = [session.at for session in TherapySession.objects.order_by("starts_at")]
    assert times == [time(10), time(15), time(15), time(15)]


def test_a_colleagues_change_meanwhile_is_not_overwritten(
    ahead: TherapySession, desk: User, browser_of: SignIn
) -> None:
    sent = move(ahead, at="15:00")
    reschedule_session(session=ahead, to=NewTime(on=monday(), at=time(11)), actor=None, now=timezone.now())
    browser = browser_of(desk)
    dragged = text(browser.get(url_of(ahead), {"at": "15:00", "seen_version": "1"}))
    assert "A colleague has changed this session meanwhile" in dragged
    late = browser.post(url_of(ahead), sent, headers={"HX-Request": "true"})
    assert late.status_code == 422
    assert "A colleague has just changed this session." in text(late)


def test_the_calendar_is_told_what_was_done_and_draws_itself_anew(
    ahead: TherapySession, desk: User, browser_of: SignIn
) -> None:
    done = browser_of(desk).post(url_of(ahead), move(ahead, at="15:00"), headers={"HX-Request": "true"})
    assert "calendar-changed" in done.headers["HX-Trigger"]
    assert "15:00, 50 minutes." in text(done)


def test_the_toast_puts_a_move_back_and_nobody_hears_of_either(
    weekly: list[TherapySession], amara: User, luis: User, place: Location, desk: User, browser_of: SignIn
) -> None:
    browser, first = browser_of(desk), weekly[0]
    other = Room.objects.create(location=place, name="Room 9")
    with_luis = {"leader": str(luis.public_id), "instead_of": str(amara.public_id)}
    sent = move(first, at="15:00", scope="later", where=str(other.public_id), **with_luis)
    toast = text(browser.post(url_of(first), sent, headers={"HX-Request": "true"}))
    undo = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', toast))
    address = reverse("dashboard:moving-undo", args=[first.public_id])
    assert f'action="{address}"' in toast
    undone = browser.post(address, undo, headers={"HX-Request": "true"})
    assert "calendar-changed" in undone.headers["HX-Trigger"]
    assert "4 sessions are back as they were." in text(undone)
    for session in TherapySession.objects.all():
        found = (session.at, [*session.clinicians.all()], session.room, session.tell_clients)
        assert found == (time(10), [amara], first.room, False)
    # Pressed once more it says why not, and changes nothing.
    again = browser.post(address, undo, headers={"HX-Request": "true"})
    assert "A colleague has just changed this session." in text(again)


def test_an_undo_that_comes_late_or_of_nothing_says_so(
    ahead: TherapySession, desk: User, browser_of: SignIn
) -> None:
    browser, undo = browser_of(desk), reverse("dashboard:moving-undo", args=[ahead.public_id])
    browser.post(url_of(ahead), move(ahead, at="15:00"))
    TherapySession.objects.update(changed_at=timezone.now() - timedelta(minutes=9))
    said = text(browser.post(undo, {"seen_version": 2}, follow=True))
    assert "others may know by now" in said
    assert "Nothing was changed." in text(browser.post(undo, {}, headers={"HX-Request": "true"}))
    ahead.refresh_from_db()
    assert ahead.at == time(15)


def test_a_form_that_was_not_touched_changes_nothing_and_tells_nobody(
    ahead: TherapySession, desk: User, browser_of: SignIn
) -> None:
    done = browser_of(desk).post(url_of(ahead), move(ahead), headers={"HX-Request": "true"})
    assert "Nothing was changed." in text(done)
    assert "data-undo" not in text(done)
    ahead.refresh_from_db()
    assert (ahead.version, ahead.changed_at) == (1, None)


def test_those_of_the_series_that_go_along_are_no_overlap(
    weekly: list[TherapySession], desk: User, browser_of: SignIn
) -> None:
    first = weekly[0]
    sent = move(first, on=weekly[1].on.isoformat(), scope="later")
    assert "another session at that time" not in text(
        browser_of(desk).post(url_of(first), {**sent, "show": "form"})
    )
    assert browser_of(desk).post(url_of(first), sent).status_code == 302
    first.refresh_from_db()
    assert first.on == weekly[1].on


def test_it_is_handed_to_a_colleague_in_another_room(
    ahead: TherapySession, amara: User, luis: User, place: Location, desk: User, browser_of: SignIn
) -> None:
    other = Room.objects.create(location=place, name="Room 9")
    sent = move(
        ahead, leader=str(luis.public_id), instead_of=str(amara.public_id), where=str(other.public_id)
    )
    assert browser_of(desk).post(url_of(ahead), sent).status_code == 302
    ahead.refresh_from_db()
    assert ([*ahead.clinicians.all()], ahead.room) == ([luis], other)
