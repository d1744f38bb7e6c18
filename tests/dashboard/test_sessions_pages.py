"""One session's page, and moving, changing and calling it off; days off; the week."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from clients.models import Case, Consent
from clients.services import suppress
from sessions_app.models import Location, Participant, Room, TherapySession
from sessions_app.services import NewTime, mark_arrived, reschedule_session
from tests.conftest import case_of, person
from tests.dashboard.test_booking_pages import instant, soon, text

SignIn = Callable[[User], Browser]
Book = Callable[..., TherapySession]


@pytest.fixture
def ahead(field_case: Case, book: Book) -> TherapySession:
    """Maya and Jonah in a week, at ten."""
    return book(field_case, on=soon(), at="10:00", now=timezone.now() - timedelta(hours=1))


@pytest.fixture
def hours(amara: User, keep_hours: Callable[..., None]) -> None:
    """Amara sees people every day from nine to eight."""
    keep_hours(amara)


def url_of(name: str, session: TherapySession) -> str:
    return reverse(f"dashboard:{name}", args=[session.public_id])


def test_the_page_tells_what_happened_and_who_did_it(
    ahead: TherapySession, amara: User, desk: User, browser_of: SignIn
) -> None:
    browser = browser_of(desk)
    move = {"slot": instant(soon(8), "11:00"), "seen_version": "1", "tell_clients": "on", "when": "any"}
    assert browser.post(url_of("rescheduling", ahead), move).status_code == 302
    shown = text(browser.get(url_of("session", ahead)))
    assert "Moved from" in shown
    assert "11:00" in shown
    assert "Fran Desk" in shown


def test_a_session_of_others_is_nobodys(ahead: TherapySession, luis: User, browser_of: SignIn) -> None:
    browser = browser_of(luis)
    for name in ("session", "rescheduling", "session-setting", "cancellation"):
        assert browser.get(url_of(name, ahead)).status_code == 404


def test_a_session_is_moved_to_a_free_time(
    ahead: TherapySession, desk: User, hours: None, browser_of: SignIn
) -> None:
    browser = browser_of(desk)
    wish = {"seen_version": "1", "first": soon().isoformat(), "show": "times", "when": "any"}
    offered = text(browser.post(url_of("rescheduling", ahead), wish))
    assert f'value="{instant(soon(), "10:00")}"' in offered, "its own time counts as free"
    move = {"slot": instant(soon(), "15:00"), "seen_version": "1", "when": "any"}
    browser.post(url_of("rescheduling", ahead), move)
    ahead.refresh_from_db()
    assert (ahead.at, ahead.version, ahead.tell_clients) == (time(15), 2, False)


def undo_offered(page: str) -> tuple[str, dict[str, str]]:
    """Where the toast's Undo leads, and what it is sent with."""
    [(address, fields)] = re.findall(
        r'<form method="post" action="([^"]+/undo/)">(.*?)</form>', page, re.DOTALL
    )
    return address, dict(re.findall(r'name="(seen_version)" value="(\d+)"', fields))


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("rescheduling", {"slot": instant(soon(), "15:00"), "when": "any"}),
        ("session-setting", {"modality": "phone"}),
    ],
)
def test_what_was_moved_or_changed_can_be_put_back_before_anybody_hears(
    name: str,
    sent: dict[str, str],
    ahead: TherapySession,
    amara: User,
    luis: User,
    desk: User,
    hours: None,
    browser_of: SignIn,
) -> None:
    ahead.participants.update(response="confirmed", responded_version=1)
    browser, facts = browser_of(desk), {"clinician": str(luis.public_id), "seen_version": "1", **sent}
    done = text(browser.post(url_of(name, ahead), {**facts, "tell_clients": "on"}, follow=True))
    was = (ahead.at, ahead.modality, ahead.room, [amara], True, False)
    assert standing(ahead) != was
    address, seen = undo_offered(done)
    assert "It is back as it was." in text(browser.post(address, seen, follow=True))
    assert standing(ahead) == was


def standing(session: TherapySession) -> tuple[Any, ...]:
    """When, how, where, with whom, whether the answers count, and whether anybody is told."""
    now = TherapySession.objects.get(pk=session.pk)
    answered = all(one.responded_version == now.version for one in now.participants.all())
    return now.at, now.modality, now.room, list(now.clinicians.all()), answered, now.tell_clients


def test_who_hands_a_session_over_is_led_to_what_they_may_still_see(
    ahead: TherapySession, amara: User, luis: User, browser_of: SignIn
) -> None:
    ahead.case.clinicians.remove(amara)
    handed = {"clinician": str(luis.public_id), "modality": "phone", "seen_version": "1"}
    answer = browser_of(amara).post(url_of("session-setting", ahead), handed, follow=True)
    assert answer.redirect_chain[0][0] == reverse("dashboard:calendar")
    assert "Changed." in text(answer)
    assert "/undo/" not in text(answer), "a way back that would end nowhere"


def test_a_change_made_meanwhile_is_not_overwritten(
    ahead: TherapySession, desk: User, browser_of: SignIn
) -> None:
    browser = browser_of(desk)
    move = {"slot": instant(soon(), "15:00"), "seen_version": "1", "when": "any"}
    browser.post(url_of("rescheduling", ahead), move)
    late = browser.post(url_of("rescheduling", ahead), {**move, "slot": instant(soon(), "16:00")})
    assert late.status_code == 422
    assert "A colleague has just changed this session." in text(late)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("rescheduling", {"slot": instant(soon(), "15:00"), "when": "any"}),
        ("moving", {"on": soon().isoformat(), "at": "16:00", "minutes": "50"}),
        ("session-setting", {"modality": "phone"}),
        ("cancellation", {"who": "everybody", "by": "client"}),
    ],
)
def test_whoever_has_looked_again_may_decide(
    name: str, facts: dict[str, str], ahead: TherapySession, amara: User, desk: User, browser_of: SignIn
) -> None:
    """Refused once, on a page that shows how it stands by now; the same press then counts."""
    browser, sent = browser_of(desk), {**facts, "clinician": str(amara.public_id), "seen_version": "1"}
    to = NewTime(on=soon(), at=time(12))
    reschedule_session(session=ahead, to=to, actor=None, now=timezone.now())
    late = browser.post(url_of(name, ahead), sent)
    assert late.status_code == 422
    assert "A colleague has just changed this session." in text(late)
    assert "12:00" in text(late)
    [seen] = re.findall(r'name="seen_version" value="(\d+)"', text(late))
    assert browser.post(url_of(name, ahead), {**sent, "seen_version": seen}).status_code == 302


def test_moving_says_who_will_hear_of_it(ahead: TherapySession, desk: User, browser_of: SignIn) -> None:
    Consent.objects.filter(contact_point__client__given_name="Jonah").delete()
    shown = text(browser_of(desk).get(url_of("rescheduling", ahead)))
    assert "<strong>Maya Field</strong> by text" in shown
    assert "Nothing may be written to them" in shown
    assert "(312) 555-0112" in shown


def test_how_and_where_is_changed(ahead: TherapySession, desk: User, amara: User, browser_of: SignIn) -> None:
    facts = {
        "modality": "video",
        "video_link": "https://video.example/room",
        "clinician": str(amara.public_id),
        "seen_version": "1",
        "tell_clients": "on",
    }
    browser = browser_of(desk)
    browser.post(url_of("session-setting", ahead), facts)
    ahead.refresh_from_db()
    assert (ahead.modality, ahead.room, ahead.video_link) == ("video", None, "https://video.example/room")
    assert "by video" in text(browser.get(url_of("session", ahead)))


def test_a_page_that_was_sent_as_it_stood_changes_nothing_and_tells_nobody(
    ahead: TherapySession, amara: User, desk: User, browser_of: SignIn
) -> None:
    browser, seen = browser_of(desk), {"seen_version": "1", "tell_clients": "on"}
    same_time = {**seen, "slot": instant(soon(), "10:00"), "when": "any"}
    same_setting = {
        **seen,
        "modality": "in_person",
        "where": str(ahead.room.public_id) if ahead.room else "",
        "clinician": str(amara.public_id),
    }
    for name, sent in (("rescheduling", same_time), ("session-setting", same_setting)):
        shown = browser.post(url_of(name, ahead), sent, follow=True)
        assert "Nothing was changed." in text(shown)
    ahead.refresh_from_db()
    assert (ahead.version, ahead.changed_at) == (1, None)


def test_going_over_to_video_without_a_link_is_warned_of(
    ahead: TherapySession, amara: User, desk: User, browser_of: SignIn
) -> None:
    facts = {"modality": "video", "clinician": str(amara.public_id), "seen_version": "1"}
    browser = browser_of(desk)
    warned = browser.post(url_of("session-setting", ahead), facts)
    assert warned.status_code == 422
    assert "Without a link no reminder" in text(warned)
    assert "I will add the link later" in text(warned)
    assert browser.post(url_of("session-setting", ahead), {**facts, "linkless_ok": "on"}).status_code == 302
    ahead.refresh_from_db()
    assert (ahead.modality, ahead.video_link) == ("video", "")


def test_a_session_is_not_moved_into_the_past(ahead: TherapySession, desk: User, browser_of: SignIn) -> None:
    move = {"slot": "own", "own_on": soon(-2).isoformat(), "own_at": "10:00", "seen_version": "1"}
    refused = browser_of(desk).post(url_of("rescheduling", ahead), move)
    assert refused.status_code == 422
    assert "That time is over already" in text(refused)


def test_a_taken_room_refuses_the_change(
    ahead: TherapySession,
    quinn_case: Case,
    place: Location,
    amara: User,
    desk: User,
    book: Book,
    browser_of: SignIn,
) -> None:
    other = Room.objects.create(location=place, name="Room 9")
    book(quinn_case, on=soon(), at="10:00", room=other, now=timezone.now())
    facts = {
        "modality": "in_person",
        "where": str(other.public_id),
        "clinician": str(amara.public_id),
        "seen_version": "1",
    }
    refused = browser_of(desk).post(url_of("session-setting", ahead), facts)
    assert refused.status_code == 422
    assert "Room 9 is taken" in text(refused)


def test_one_of_a_couple_is_called_off_and_taken_back(
    ahead: TherapySession, desk: User, browser_of: SignIn
) -> None:
    jonah = ahead.participants.get(client__given_name="Jonah")
    browser = browser_of(desk)
    facts = {"who": str(jonah.public_id), "by": "client", "reason": "Ill", "tell_clients": "on"}
    browser.post(url_of("cancellation", ahead), facts)
    jonah.refresh_from_db()
    ahead.refresh_from_db()
    assert (jonah.cancelled_by, jonah.cancelled_late, ahead.is_cancelled) == ("client", False, False)
    assert "Take it back" in text(browser.get(url_of("session", ahead)))
    browser.post(url_of("reinstatement", ahead), {"participant": str(jonah.public_id)})
    jonah.refresh_from_db()
    assert not jonah.is_cancelled


def test_the_whole_session_is_called_off_quietly(
    ahead: TherapySession, desk: User, browser_of: SignIn
) -> None:
    browser_of(desk).post(url_of("cancellation", ahead), {"who": "everybody", "by": "practice"})
    ahead.refresh_from_db()
    assert (ahead.cancelled_by, ahead.tell_clients) == ("practice", False)


def test_a_session_without_a_place_names_none(ahead: TherapySession, desk: User, browser_of: SignIn) -> None:
    """As other systems' files bring some in."""
    TherapySession.objects.filter(pk=ahead.pk).update(location=None, room=None)
    page = browser_of(desk).get(url_of("cancellation", ahead)).content.decode()
    assert "Dr. Amara Okafor</span>" in page
    assert "None" not in page


def test_a_late_cancellation_is_named_before_it_is_made(
    field_case: Case, desk: User, book: Book, browser_of: SignIn
) -> None:
    soonest = timezone.now() + timedelta(hours=5)
    near = book(field_case, on=soonest.date(), at=f"{soonest:%H:%M}", timezone="UTC", now=timezone.now())
    shown = text(browser_of(desk).get(url_of("cancellation", near)))
    assert "this is a late cancellation: less than 24 hours before" in shown


def test_who_is_already_here_is_not_called_off(ahead: TherapySession, desk: User, browser_of: SignIn) -> None:
    maya = ahead.participants.get(client__given_name="Maya")
    mark_arrived(participant=maya, actor=desk, now=timezone.now())
    refused = browser_of(desk).post(url_of("cancellation", ahead), {"who": "everybody", "by": "practice"})
    assert refused.status_code == 422
    assert "Undo that before cancelling" in text(refused)


def test_closing_a_day_is_previewed_and_lists_the_calls(
    ahead: TherapySession, quinn_case: Case, place: Location, desk: User, book: Book, browser_of: SignIn
) -> None:
    Consent.objects.filter(contact_point__client__given_name="Nora").delete()
    book(quinn_case, on=soon(), at="12:00", now=timezone.now())
    browser, url = browser_of(desk), reverse("dashboard:closure-new")
    day = {"place": str(place.public_id), "on": soon().isoformat(), "reason": "Water damage"}
    preview = text(browser.post(url, day))
    assert "2 sessions are called off" in preview
    assert "Nora Quinn" in preview
    assert not TherapySession.objects.exclude(cancelled_at=None).exists()
    done = browser.post(url, {**day, "confirm": "yes"}, follow=True)
    assert TherapySession.objects.filter(cancelled_by="practice").count() == 2
    assert "Nora Quinn" in text(done)
    assert "(312) 555-0121" in text(done)
    assert done.redirect_chain[-1][0] in text(browser.get(url))


def test_a_minor_hears_of_it_through_who_stands_in(
    place: Location, luis: User, desk: User, book: Book, browser_of: SignIn
) -> None:
    ella = person("Ella", "Quinn", 123, born_on=date(2014, 5, 2))
    nora = person("Nora", "Quinn", 121)
    ella.guardianships.create(guardian=nora, may_receive=True)
    book(case_of(luis, Case.Kind.INDIVIDUAL, ella), on=soon(), now=timezone.now())
    day = {"place": str(place.public_id), "on": soon().isoformat()}
    preview = text(browser_of(desk).post(reverse("dashboard:closure-new"), day))
    assert "<strong>Nora Quinn</strong>" in preview
    assert "for Ella" in preview


def test_a_clinician_says_that_they_are_not_there(
    ahead: TherapySession, amara: User, luis: User, browser_of: SignIn
) -> None:
    browser, url = browser_of(amara), reverse("dashboard:absence-new")
    other = {"clinician": str(luis.public_id), "on": soon().isoformat()}
    assert browser.post(url, {**other, "confirm": "yes"}).status_code == 422
    own = {"clinician": str(amara.public_id), "on": soon().isoformat(), "confirm": "yes"}
    browser.post(url, own)
    ahead.refresh_from_db()
    assert ahead.cancelled_by == "practice"
    # Who is asked again whom it touched finds the day from here.
    assert reverse("dashboard:absence", args=[amara.public_id, soon().isoformat()]) in text(browser.get(url))
    assert "Noted already" not in text(browser_of(luis).get(url))


def test_only_the_desk_closes_a_place(ahead: TherapySession, amara: User, browser_of: SignIn) -> None:
    assert browser_of(amara).get(reverse("dashboard:closure-new")).status_code == 403


@pytest.mark.parametrize("sessions", [2, 9])
def test_a_preview_costs_the_same_whatever_it_touches(
    sessions: int,
    place: Location,
    amara: User,
    desk: User,
    book: Book,
    browser_of: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(sessions):
        someone = person(f"Person{n}", "Many", 300 + n)
        book(case_of(amara, "individual", someone), on=soon(), at=f"{9 + n:02}:00", now=timezone.now())
    browser = browser_of(desk)
    day = {"place": str(place.public_id), "on": soon().isoformat()}
    # Room for the frame's own counts, and less than one query for each row.
    with django_assert_max_num_queries(21):
        browser.post(reverse("dashboard:closure-new"), day)


@pytest.mark.parametrize("sessions", [2, 9])
def test_the_week_costs_the_same_whatever_is_on_it(
    sessions: int,
    amara: User,
    hours: None,
    book: Book,
    browser_of: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(sessions):
        someone = person(f"Person{n}", "Many", 300 + n)
        book(case_of(amara, "individual", someone), on=soon(), at=f"{9 + n:02}:00", now=timezone.now())
    browser = browser_of(amara)
    # Room for the frame's own counts, and less than one query for each row.
    with django_assert_max_num_queries(20):
        shown = browser.get(reverse("dashboard:calendar"), {"on": soon().isoformat()})
    assert text(shown).count("data-session=") == sessions
    with django_assert_max_num_queries(15):
        feed = browser.get(reverse("dashboard:calendar-entries"), {"on": soon().isoformat()})
    assert len(feed.json()["sessions"]) == sessions


def test_the_week_of_everybody_holds_only_what_one_may_see(
    ahead: TherapySession, quinn_case: Case, amara: User, book: Book, browser_of: SignIn
) -> None:
    book(quinn_case, on=soon(), at="12:00", now=timezone.now())
    shown = text(
        browser_of(amara).get(reverse("dashboard:calendar"), {"who": "all", "on": soon().isoformat()})
    )
    assert "Maya Field" in shown
    assert "Nora Quinn" not in shown


def test_a_cancelled_person_is_no_hearer(ahead: TherapySession, desk: User, browser_of: SignIn) -> None:
    Participant.objects.filter(client__given_name="Jonah").update(
        cancelled_at=timezone.now(), cancelled_by="client"
    )
    shown = text(browser_of(desk).get(url_of("cancellation", ahead)))
    assert "<strong>Jonah Field</strong>" not in shown


def test_who_asked_us_to_stop_is_called_even_where_an_address_is_left(
    ahead: TherapySession, desk: User, browser_of: SignIn
) -> None:
    suppress(address="+13125550111", channel="sms", reason="opted_out", actor=None, now=timezone.now())
    shown = text(browser_of(desk).get(url_of("cancellation", ahead)))
    assert "They asked for no more texts" in shown
    assert "(312) 555-0111" in shown
