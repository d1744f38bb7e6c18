"""What a client can do on their page, what it does, and what the page never tells."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.utils.html import strip_tags

from accounts.models import Practice, User
from clients.models import Case, Client, ContactPoint
from reminders.models import InboundMessage
from sessions_app.models import Occupancy, Room, Service, TherapySession
from sessions_app.services import cancel_participant
from tests.conftest import ZONE
from tests.portal.conftest import FRIDAY_MORNING, link_of, path

Book = Callable[..., TherapySession]
EVERY_PAGE = ("time", "another-time", "move-request", "cancellation", "worry", "reach", "stop")


def words_of(browser: Browser, name: str, token: str, **query: str) -> str:
    answer = browser.get(path(name, token), query)
    assert answer.status_code == 200, name
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def pressed(browser: Browser, name: str, token: str, **fields: str) -> str:
    """Press, and read the confirmation that follows."""
    answer = browser.post(path(name, token), fields)
    assert answer.status_code == 303, answer.content.decode()
    after = browser.get(answer["Location"])
    assert after.status_code == 200
    return re.sub(r"\s+", " ", strip_tags(after.content.decode()))


def offered(browser: Browser, token: str) -> list[str]:
    page = browser.get(path("another-time", token)).content.decode()
    return re.findall(r'name="slot" value="(\w+)"', page)


# Confirming


def test_confirming_is_one_press_and_says_what_happens_next(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    token = link_of(friday)
    said = pressed(phone, "confirmation", token)
    assert "See you Friday, November 27, 3:00 PM" in said
    assert "nothing more to do" in said
    rosa = friday.participants.get()
    assert (rosa.response, rosa.responded_by, rosa.responded_version) == ("confirmed", "link", 1)
    assert "You have confirmed" in words_of(phone, "time", token)


def test_confirming_twice_is_confirming(at_nine: None, friday: TherapySession, phone: Browser) -> None:
    token = link_of(friday)
    pressed(phone, "confirmation", token)
    assert "See you" in pressed(phone, "confirmation", token)


# Another time


def test_another_time_is_chosen_from_the_free_ones(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    token = link_of(friday)
    slots = offered(phone, token)
    # More than two hours ahead, within the clinician's hours.
    assert slots[0] == "20261120T1730Z"
    said = pressed(phone, "another-time", token, slot="20261123T1600Z")
    assert "Your time is now Monday, November 23, 10:00 AM" in said
    friday.refresh_from_db()
    assert (friday.on, friday.at, friday.version) == (date(2026, 11, 23), time(10), 2)
    assert friday.participants.get().current_response == "confirmed"
    assert phone.get(path("time", token)).status_code == 410


def test_the_way_on_after_moving_is_a_link_to_the_new_time(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    answer = phone.post(path("another-time", link_of(friday)), {"slot": "20261123T1600Z"})
    done = phone.get(answer["Location"]).content.decode()
    [page] = re.findall(r'href="(/t/[^"]+)"', done)
    assert "Monday, November 23" in phone.get(page).content.decode()


def test_a_taken_time_is_not_offered(
    at_nine: None, friday: TherapySession, quinn_case: Case, amara: User, book: Book, phone: Browser
) -> None:
    book(quinn_case, clinicians=(amara,), room=None, on=date(2026, 11, 23), at="10:00")
    assert "20261123T1600Z" not in offered(phone, link_of(friday))


def test_a_time_at_which_they_are_expected_elsewhere_is_not_offered(
    at_nine: None, friday: TherapySession, rosa: Client, quinn_case: Case, book: Book, phone: Browser
) -> None:
    book(quinn_case, clients=(rosa,), room=None, on=date(2026, 11, 23), at="10:00")
    assert "20261123T1600Z" not in offered(phone, link_of(friday))


def test_who_was_slower_sees_other_times_and_keeps_their_own(
    at_nine: None, friday: TherapySession, quinn_case: Case, amara: User, book: Book, phone: Browser
) -> None:
    token = link_of(friday)
    assert "20261123T1600Z" in offered(phone, token)
    book(quinn_case, clinicians=(amara,), room=None, on=date(2026, 11, 23), at="10:00")
    answer = phone.post(path("another-time", token), {"slot": "20261123T1600Z"})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "That time has just been taken. Yours is still Friday, November 27, 3:00 PM" in words
    assert "20261123T1700Z" in words
    friday.refresh_from_db()
    assert friday.version == 1


@pytest.mark.parametrize("slot", ["", "now", "20261123T0300Z", "20261123T1610Z", "20201123T1600Z"])
def test_a_time_that_was_never_offered_moves_nothing(
    slot: str, at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    answer = phone.post(path("another-time", link_of(friday)), {"slot": slot})
    assert answer.status_code == 422
    friday.refresh_from_db()
    assert friday.version == 1


def test_later_days_are_a_press_away(at_nine: None, friday: TherapySession, phone: Browser) -> None:
    page = phone.get(path("another-time", link_of(friday)), {"from": "2026-12-07"}).content.decode()
    assert "Monday, December 7" in page
    assert "November 23" not in page


def test_so_soon_before_nobody_moves_it_here(friday: TherapySession, phone: Browser) -> None:
    with time_machine.travel(friday.starts_at - timedelta(hours=1), tick=False):
        token = link_of(friday)
        assert "please call" in words_of(phone, "time", token)
        assert phone.post(path("another-time", token), {"slot": "20261130T1600Z"}).status_code == 200
    friday.refresh_from_db()
    assert friday.version == 1


# One of two


def test_one_partner_cannot_move_a_joint_session_and_asks_instead(
    at_nine: None, couple: TherapySession, maya: Client, phone: Browser
) -> None:
    token = link_of(couple, maya)
    assert "Choose another time" not in words_of(phone, "time", token)
    assert phone.post(path("another-time", token), {"slot": "20261123T1600Z"}).status_code == 200
    assert "kept for you" in pressed(phone, "move-request", token, words="Mornings are hard")
    couple.refresh_from_db()
    assert couple.version == 1
    task = InboundMessage.objects.get()
    assert (task.kind, task.channel, task.client, task.body) == (
        "reschedule",
        "page",
        maya,
        "Mornings are hard",
    )
    assert task.resolved_at is None
    assert couple.participants.get(client=maya).response == "asks_to_move"


def test_cancelling_is_only_their_own_part(
    at_nine: None, couple: TherapySession, maya: Client, jonah: Client, phone: Browser
) -> None:
    token = link_of(couple, maya)
    assert "your own place only" in words_of(phone, "cancellation", token)
    pressed(phone, "cancellation", token)
    couple.refresh_from_db()
    assert not couple.is_cancelled
    assert couple.participants.get(client=maya).is_cancelled
    assert not couple.participants.get(client=jonah).is_cancelled


def test_nothing_on_the_page_changes_with_what_the_partner_does(
    at_nine: None, couple: TherapySession, maya: Client, jonah: Client, phone: Browser
) -> None:
    token = link_of(couple, maya)
    before = {name: words_of(phone, name, token) for name in EVERY_PAGE}
    his = couple.participants.get(client=jonah)
    cancel_participant(participant=his, by="client", reason="Rather not", actor=None, now=FRIDAY_MORNING)
    assert {name: words_of(phone, name, token) for name in EVERY_PAGE} == before


# Another way to meet


@pytest.fixture
def with_link(friday: TherapySession) -> TherapySession:
    TherapySession.objects.filter(pk=friday.pk).update(video_link="https://meet.example/ab12")
    friday.refresh_from_db()
    return friday


def test_video_is_one_press_and_frees_the_room(
    at_nine: None, with_link: TherapySession, room: Room, phone: Browser
) -> None:
    said = pressed(phone, "mode", link_of(with_link), modality="video")
    assert "We meet by video, Friday, November 27, 3:00 PM" in said
    with_link.refresh_from_db()
    assert (with_link.modality, with_link.room, with_link.version) == ("video", None, 2)
    assert not Occupancy.objects.filter(session=with_link, resource=f"room:{room.pk}").exists()
    assert "https://meet.example/ab12" in phone.get(path("time", link_of(with_link))).content.decode()


def test_a_clinician_s_own_room_serves_where_the_session_has_no_link(
    at_nine: None, friday: TherapySession, amara: User, phone: Browser
) -> None:
    User.objects.filter(pk=amara.pk).update(video_link="https://meet.example/amara")
    pressed(phone, "mode", link_of(friday), modality="video")
    friday.refresh_from_db()
    assert friday.video_link == "https://meet.example/amara"


def test_video_is_not_offered_without_a_link(at_nine: None, friday: TherapySession, phone: Browser) -> None:
    token = link_of(friday)
    assert "Meet by video" not in words_of(phone, "time", token)
    assert phone.post(path("mode", token), {"modality": "video"}).status_code == 422
    friday.refresh_from_db()
    assert friday.modality == "in_person"


def test_neither_is_offered_where_the_service_needs_them_there(
    at_nine: None, with_link: TherapySession, service: Service, phone: Browser
) -> None:
    Service.objects.filter(pk=service.pk).update(video_offered=False)
    words = words_of(phone, "time", link_of(with_link))
    assert "by video" not in words
    assert "by telephone" not in words


def test_the_telephone_is_offered_to_who_may_be_called(
    at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    token = link_of(friday)
    assert "Talk by telephone instead" in words_of(phone, "time", token)
    ContactPoint.objects.filter(client=rosa).update(may_call=False)
    assert "Talk by telephone instead" not in words_of(phone, "time", token)


# Cancelling


def test_cancelling_in_time_is_one_press_and_frees_the_time(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    token = link_of(friday)
    words = words_of(phone, "cancellation", token)
    assert "That is all right" in words
    assert "less than" not in words
    said = pressed(phone, "cancellation", token, reason="My mother is ill")
    assert "It is cancelled. Thank you for telling us." in said
    assert "(312) 555-0100" in said
    rosa = friday.participants.get()
    assert (rosa.cancelled_by, rosa.cancelled_late, rosa.cancel_reason) == (
        "client",
        False,
        "My mother is ill",
    )
    friday.refresh_from_db()
    assert friday.is_cancelled


def test_a_late_cancellation_shows_the_policy_beforehand_without_threat(
    friday: TherapySession, practice: Practice, phone: Browser
) -> None:
    Practice.objects.update(late_policy="A late cancellation costs 20 dollars, unless you are ill.")
    with time_machine.travel(friday.starts_at - timedelta(hours=5), tick=False):
        token = link_of(friday)
        words = words_of(phone, "cancellation", token)
        assert "less than 24 hours away" in words
        assert "costs 20 dollars" in words
        assert "telling us now still helps" in words
        assert not {"must", "penalty", "failure", "violation"} & set(words.lower().split())
        pressed(phone, "cancellation", token)
    assert friday.participants.get().cancelled_late


def test_cancelling_can_be_taken_back_for_a_moment(
    friday: TherapySession, practice: Practice, phone: Browser
) -> None:
    with time_machine.travel(FRIDAY_MORNING, tick=False) as clock:
        answer = phone.post(path("cancellation", link_of(friday)))
        receipt = answer["Location"].split("/")[2]
        assert "rather keep it" in phone.get(answer["Location"]).content.decode()
        assert "is kept" in pressed(phone, "reinstatement", receipt)
        friday.refresh_from_db()
        assert not friday.is_cancelled
        answer = phone.post(path("cancellation", link_of(friday)))
        clock.shift(timedelta(minutes=practice.undo_minutes + 1))
        assert "rather keep it" not in phone.get(answer["Location"]).content.decode()
        late = phone.post(path("reinstatement", answer["Location"].split("/")[2]))
        assert late.status_code == 422


# Saying something first


def test_a_worry_reaches_the_inbox_and_the_clinician_s_today(
    friday: TherapySession, amara: User, phone: Browser, client: Browser
) -> None:
    with time_machine.travel(friday.starts_at - timedelta(hours=3), tick=False):
        said = pressed(phone, "worry", link_of(friday), words="I am afraid of the first time")
        assert "We read it before you come" in said
        client.force_login(amara)
        assert "I am afraid of the first time" in client.get("/").content.decode()
        assert "I am afraid of the first time" in client.get("/messages/inbox/").content.decode()


def test_who_writes_a_worry_reads_whom_to_call_in_danger(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    words = words_of(phone, "worry", link_of(friday))
    assert "around the clock" in words
    assert "911" in words
    assert "988" in words


@pytest.mark.parametrize("words", ["", "   ", "x" * 601])
def test_an_empty_or_endless_worry_is_asked_for_again(
    words: str, at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    answer = phone.post(path("worry", link_of(friday)), {"words": words})
    assert answer.status_code == 422
    assert words.strip() in answer.content.decode()
    assert not InboundMessage.objects.exists()


# The calendar


def test_the_calendar_is_offered_only_where_the_link_went_to_a_private_address(
    at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    private, other = link_of(friday, is_private=True), link_of(friday)
    assert "calendar" not in words_of(phone, "time", private)
    ContactPoint.objects.filter(client=rosa, kind="email").update(is_private=True)
    assert "Add to my calendar" in words_of(phone, "time", private)
    assert "calendar" not in words_of(phone, "time", other)
    assert phone.get(path("calendar", other)).status_code == 404
    file = phone.get(path("calendar", private))
    assert "SUMMARY:Lakeside" in file.content.decode()
    assert "DTSTART:20261127T210000Z" in file.content.decode()


# Language, addresses, stopping


def test_the_language_changes_at_once(
    at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    token = link_of(friday)
    assert "Guardado" in pressed(phone, "reach", token, language="es")
    rosa.refresh_from_db()
    assert rosa.language == "es"
    words = words_of(phone, "time", token)
    assert "viernes 27 de noviembre" in words
    assert "15:00" in words


def test_another_address_comes_first(
    at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    mail = rosa.contact_points.get(kind="email")
    page = phone.get(path("reach", link_of(friday))).content.decode()
    assert "••• 0101" in page
    assert "r•••@example.org" in page
    assert "+13125550101" not in page
    pressed(phone, "reach", link_of(friday), language="en", first=str(mail.public_id))
    assert [one.kind for one in rosa.contact_points.all()] == ["email", "phone"]


def test_somebody_else_s_address_is_never_put_first(
    at_nine: None, friday: TherapySession, rosa: Client, maya: Client, phone: Browser
) -> None:
    hers = maya.contact_points.get(kind="email")
    pressed(phone, "reach", link_of(friday), language="en", first=str(hers.public_id))
    assert [one.position for one in maya.contact_points.all()] == [0, 1]


def test_a_new_address_is_a_request_to_the_desk_and_used_by_nobody(
    at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    pressed(phone, "reach", link_of(friday), language="en", new_address="(312) 555-0177")
    assert rosa.contact_points.count() == 2
    asked = InboundMessage.objects.get()
    assert "+13125550177" in asked.body
    assert (asked.client, asked.resolved_at) == (rosa, None)


def test_an_address_that_cannot_be_one_is_asked_for_again(
    at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    answer = phone.post(path("reach", link_of(friday)), {"language": "es", "new_address": "nobody"})
    assert answer.status_code == 422
    assert "nobody" in answer.content.decode()
    rosa.refresh_from_db()
    assert rosa.language == "en"


def test_stopping_ends_every_message_and_no_session(
    at_nine: None, friday: TherapySession, rosa: Client, maya: Client, phone: Browser
) -> None:
    said = pressed(phone, "stop", link_of(friday))
    assert "No more messages" in said
    assert not rosa.contact_points.filter(consents__withdrawn_at=None).exists()
    assert maya.contact_points.filter(consents__withdrawn_at=None).exists()
    friday.refresh_from_db()
    assert not friday.is_cancelled


# What the pages never tell


def test_no_page_names_the_service_a_specialty_or_anybody(
    at_nine: None, couple: TherapySession, maya: Client, amara: User, service: Service, phone: Browser
) -> None:
    Service.objects.filter(pk=service.pk).update(name="Addiction counselling")
    User.objects.filter(pk=amara.pk).update(credentials="LCADC")
    Case.objects.update(title="Recovery couple", presenting_issues="Alcohol", is_addiction=True)
    token = link_of(couple, maya, is_private=True)
    ContactPoint.objects.filter(client=maya).update(is_private=True)
    pages = [phone.get(path(name, token)).content.decode() for name in (*EVERY_PAGE, "calendar")]
    answer = phone.post(path("confirmation", token))
    pages.append(phone.get(answer["Location"]).content.decode())
    for never in (
        "Addiction",
        "counsel",
        "LCADC",
        "Amara",
        "Okafor",
        "Jonah",
        "Maya",
        "Field",
        "Recovery",
        "Alcohol",
        "Couple",
        "couple",
        "Room 2",
        "therap",
    ):
        assert not [page for page in pages if never in page.replace("Lakeside Counseling", "")], never


# Whose clock


@pytest.mark.parametrize(
    ("modality", "zone", "shown"),
    [
        ("in_person", "", "3:00 PM In person"),
        ("in_person", ZONE, "3:00 PM In person"),
        ("in_person", "America/Denver", "3:00 PM CST 2:00 PM MST where you are"),
        ("video", "America/Denver", "2:00 PM MST By video"),
        ("video", "Asia/Tokyo", "Saturday, November 28 6:00 AM JST"),
    ],
)
def test_the_time_is_theirs_and_names_its_zone_where_that_is_not_plain(
    modality: str, zone: str, shown: str, at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    Client.objects.filter(pk=rosa.pk).update(timezone=zone)
    TherapySession.objects.filter(pk=friday.pk).update(modality=modality)
    assert shown in words_of(phone, "time", link_of(friday))


def test_during_the_session_the_page_only_shows_it(friday: TherapySession, phone: Browser) -> None:
    with time_machine.travel(friday.starts_at + timedelta(minutes=5), tick=False):
        token = link_of(friday)
        assert "This is your time now" in words_of(phone, "time", token)
        for name in ("another-time", "cancellation", "move-request"):
            assert phone.post(path(name, token)).status_code == 200
    friday.refresh_from_db()
    assert (friday.version, friday.is_cancelled) == (1, False)
