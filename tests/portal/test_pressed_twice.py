"""A thumb that presses twice, and who goes back: they read what the first press did, and nothing is done twice."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser

from clients.models import Client
from reminders.models import InboundMessage
from sessions_app.models import TherapySession
from sessions_app.services import cancel_session
from tests.portal.conftest import FRIDAY_MORNING, link_of, path
from tests.portal.test_page import pressed
from tests.sessions_app.test_booking import race


def test_cancelling_twice_reads_that_it_is_cancelled_and_can_still_keep_it(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    token = link_of(friday)
    pressed(phone, "cancellation", token)
    said = pressed(phone, "cancellation", token)
    assert "It is cancelled" in said
    assert "rather keep it" in said


def test_moving_twice_reads_the_new_time(at_nine: None, friday: TherapySession, phone: Browser) -> None:
    token = link_of(friday)
    pressed(phone, "another-time", token, slot="20261123T1600Z")
    assert "Your time is now Monday" in pressed(phone, "another-time", token, slot="20261123T1600Z")
    friday.refresh_from_db()
    assert friday.version == 2


def test_another_time_than_the_one_they_have_by_now_is_refused(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    token = link_of(friday)
    pressed(phone, "another-time", token, slot="20261123T1600Z")
    assert phone.post(path("another-time", token), {"slot": "20261123T1700Z"}).status_code == 410


def test_the_telephone_chosen_twice_is_the_telephone(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    token = link_of(friday)
    pressed(phone, "mode", token, modality="phone")
    assert "We call you Friday" in pressed(phone, "mode", token, modality="phone")
    for other in ("video", "", "nothing"):
        assert phone.post(path("mode", token), {"modality": other}).status_code == 410


def test_taking_it_back_twice_keeps_it(at_nine: None, friday: TherapySession, phone: Browser) -> None:
    answer = phone.post(path("cancellation", link_of(friday)))
    receipt = answer["Location"].split("/")[2]
    pressed(phone, "reinstatement", receipt)
    assert "is kept" in pressed(phone, "reinstatement", receipt)


def test_who_goes_back_after_cancelling_finds_the_way_back(friday: TherapySession, phone: Browser) -> None:
    token = link_of(friday)
    with time_machine.travel(FRIDAY_MORNING, tick=False) as clock:
        pressed(phone, "cancellation", token)
        for name in ("time", "cancellation"):
            after = phone.get(path(name, token))
            assert "rather keep it" in phone.get(after["Location"]).content.decode()
        clock.shift(timedelta(hours=2))
        assert phone.get(path("time", token)).status_code == 410


def test_nothing_is_told_again_once_contact_is_not_safe(
    at_nine: None, friday: TherapySession, rosa: Client, phone: Browser
) -> None:
    token = link_of(friday)
    pressed(phone, "cancellation", token)
    rosa.safe_contacts.create(level="do_not_contact")
    assert phone.post(path("cancellation", token)).status_code == 410


def test_what_the_practice_cancelled_is_not_theirs_to_take_back(
    at_nine: None, friday: TherapySession, phone: Browser
) -> None:
    token = link_of(friday)
    cancel_session(session=friday, by="practice", actor=None, now=FRIDAY_MORNING)
    assert phone.get(path("time", token)).status_code == 410


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("worry", {"words": "The bus does not go on Fridays."}),
        ("move-request", {"words": ""}),
        ("reach", {"language": "en", "new_address": "rosa@example.org"}),
    ],
)
def test_words_sent_twice_reach_the_inbox_once(
    name: str, fields: dict[str, str], friday: TherapySession, phone: Browser
) -> None:
    with time_machine.travel(FRIDAY_MORNING, tick=False) as clock:
        for _press in ("once", "and the same again"):
            pressed(phone, name, link_of(friday), **fields)
        assert InboundMessage.objects.count() == 1
        clock.shift(timedelta(hours=1))
        pressed(phone, name, link_of(friday), **fields)
    assert InboundMessage.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "fields", "says"),
    [
        ("cancellation", {}, "It is cancelled"),
        ("another-time", {"slot": "20261123T1600Z"}, "Your time is now Monday"),
        ("mode", {"modality": "phone"}, "We call you"),
        ("worry", {"words": "The bus."}, "Thank you for telling us"),
    ],
)
def test_presses_at_the_same_moment_all_read_what_was_done(
    name: str, fields: dict[str, str], says: str, friday: TherapySession
) -> None:
    token, read = link_of(friday), []

    def press(_number: int) -> None:
        read.append(pressed(Browser(), name, token, **fields))

    with time_machine.travel(FRIDAY_MORNING, tick=False):
        _, errors, _ = race(3, press)
    assert errors == []
    assert all(says in one for one in read)
    assert InboundMessage.objects.count() <= 1
