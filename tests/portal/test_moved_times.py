"""The time that a moved session leaves is offered like one that was called off (row 3.6)."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.models import Practice, User
from clients.models import Case, Client
from reminders.facts import read_unlocked
from reminders.models import Message
from reminders.offering import offer_freed_times
from sessions_app.models import Occupancy, Offer, OfferState, TherapySession, Vacancy, WaitlistEntry
from sessions_app.services import (
    NewSetting,
    NewTime,
    Wish,
    add_to_waitlist,
    cancel_session,
    change_session,
    end_waiting,
    reschedule_session,
    take_offer,
)
from tests.portal.conftest import FRIDAY_MORNING, NEXT_FRIDAY, path
from tests.portal.test_waitlist import AFTER_GRACE, asked, token
from tests.sessions_app.test_booking import race

Book = Callable[..., TherapySession]
NEXT_MONDAY = date(2026, 11, 30)
MOVED = FRIDAY_MORNING


def move(session: TherapySession, on: date = NEXT_MONDAY, at: str = "11:00") -> TherapySession:
    to = NewTime(on=on, at=time.fromisoformat(at))
    return reschedule_session(session=session, to=to, actor=None, now=MOVED)


@pytest.fixture
def moved(friday: TherapySession) -> TherapySession:
    """Rosa's session of next Friday at three is on Monday at eleven."""
    return move(friday)


def test_a_moved_time_is_offered_once_the_move_stands(
    moved: TherapySession, waiting: list[WaitlistEntry], phone: Browser
) -> None:
    assert offer_freed_times(now=MOVED + timedelta(minutes=1)) == 0
    assert offer_freed_times(now=AFTER_GRACE) == 1
    assert offer_freed_times(now=AFTER_GRACE) == 0
    assert asked() == [("Wait0", "open")]
    assert Occupancy.objects.filter(vacancy__isnull=False, released_at=None).count() == 2
    with time_machine.travel(AFTER_GRACE, tick=False):
        assert "Friday, November 27" in phone.get(path("offer", token(Offer.objects.get()))).content.decode()


def test_who_takes_it_has_the_time_that_was_left_and_not_the_new_one(
    moved: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    offer_freed_times(now=AFTER_GRACE)
    session = take_offer(offer=Offer.objects.get(), now=AFTER_GRACE)
    assert (session.on, session.at, session.room) == (NEXT_FRIDAY, time(15), moved.room)
    assert list(session.clinicians.all()) == list(moved.clinicians.all())
    moved.refresh_from_db()
    assert (moved.on, moved.version) == (NEXT_MONDAY, 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_moved_time_at_once_one_has_it(
    moved: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    Practice.objects.update(offer_batch=2)
    assert offer_freed_times(now=AFTER_GRACE) == 2
    offers = list(Offer.objects.all())
    codes: list[int] = []

    def take(number: int) -> None:
        codes.append(Browser().post(path("taking", token(offers[number]))).status_code)

    with time_machine.travel(AFTER_GRACE, tick=False):
        _, errors, _ = race(2, take)
    assert errors == []
    assert codes.count(303) == 1
    assert Offer.objects.filter(state=OfferState.TAKEN).count() == 1
    assert TherapySession.objects.filter(on=NEXT_FRIDAY, cancelled_at=None).count() == 1


def test_a_time_that_was_moved_back_to_is_not_offered(
    moved: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    move(moved, NEXT_FRIDAY, "15:00")
    assert offer_freed_times(now=AFTER_GRACE) == 1  # the Monday that it left again
    assert Offer.objects.get().vacancy.on == NEXT_MONDAY
    assert Vacancy.objects.get(on=NEXT_FRIDAY).end == "gone"


def test_a_time_that_was_booked_meanwhile_is_not_offered(
    moved: TherapySession, waiting: list[WaitlistEntry], field_case: Case, book: Book
) -> None:
    book(field_case, on=NEXT_FRIDAY, at="15:30", now=MOVED)
    assert offer_freed_times(now=AFTER_GRACE) == 0


def test_a_session_that_is_moved_twice_frees_both_times(
    moved: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    move(moved, date(2026, 12, 1), "09:00")
    assert offer_freed_times(now=AFTER_GRACE) == 2
    assert {offer.vacancy.on for offer in Offer.objects.all()} == {NEXT_FRIDAY, NEXT_MONDAY}


def test_moved_and_then_called_off_it_frees_both_times(
    moved: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    cancel_session(session=moved, by="practice", actor=None, now=MOVED)
    assert offer_freed_times(now=AFTER_GRACE) == 2
    assert set(Vacancy.objects.values_list("on", "version")) == {(NEXT_FRIDAY, 1), (NEXT_MONDAY, 2)}


def test_who_takes_a_time_frees_their_own_for_the_next(
    moved: TherapySession, waiting: list[WaitlistEntry], book: Book
) -> None:
    later = book(waiting[0].case, on=date(2026, 12, 4), at="09:00", now=MOVED)
    WaitlistEntry.objects.filter(pk=waiting[0].pk).update(session=later)
    offer_freed_times(now=AFTER_GRACE)
    take_offer(offer=Offer.objects.get(), now=AFTER_GRACE)
    after = AFTER_GRACE + timedelta(minutes=4)
    assert offer_freed_times(now=after) == 1
    assert asked() == [("Wait0", "taken"), ("Wait1", "open")]
    session = take_offer(offer=Offer.objects.get(state="open"), now=after)
    assert (session.on, session.at) == (date(2026, 12, 4), time(9))


def test_who_moved_away_is_not_asked_for_the_time_they_left(
    moved: TherapySession, waiting: list[WaitlistEntry], rosa_case: Case, rosa: Client
) -> None:
    for entry in waiting:
        end_waiting(entry=entry, actor=None, now=MOVED)
    add_to_waitlist(wish=Wish(case=rosa_case, client=rosa), actor=None, now=MOVED)
    assert offer_freed_times(now=AFTER_GRACE) == 0


@pytest.mark.parametrize(("hours", "is_noted"), [(3, False), (5, True), (-0.1, False)])
def test_a_time_left_too_late_to_be_offered_is_not_noted(
    hours: float, is_noted: bool, friday: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    now = friday.starts_at - timedelta(hours=hours)
    to = NewTime(on=NEXT_MONDAY, at=time(11))
    reschedule_session(session=friday, to=to, actor=None, now=now)
    assert Vacancy.objects.exists() == is_noted
    assert offer_freed_times(now=now + timedelta(minutes=4)) == int(is_noted)


def test_a_session_that_moves_by_half_an_hour_frees_nothing(
    friday: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    move(friday, NEXT_FRIDAY, "15:30")
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize("keeps_room", [True, False])
def test_a_colleague_who_takes_over_elsewhere_frees_the_time(
    keeps_room: bool, friday: TherapySession, waiting: list[WaitlistEntry], luis: User, amara: User
) -> None:
    room = friday.room if keeps_room else None
    to = NewSetting(
        modality="in_person" if room else "video",
        location=friday.location if room else None,
        room=room,
        video_link="" if room else "https://video.example/luis",
        clinicians=(luis,),
    )
    change_session(session=friday, to=to, actor=None, now=MOVED)
    assert offer_freed_times(now=AFTER_GRACE) == int(not keeps_room)
    if not keeps_room:
        session = take_offer(offer=Offer.objects.get(), now=AFTER_GRACE)
        assert (list(session.clinicians.all()), session.modality) == ([amara], "in_person")


def test_a_moved_time_that_suits_nobody_waits_unseen_for_somebody(
    moved: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    WaitlistEntry.objects.update(weekdays=[1])
    assert offer_freed_times(now=AFTER_GRACE) == 0
    assert not Vacancy.objects.open().exists()
    assert not Occupancy.objects.exclude(vacancy=None).exists()
    WaitlistEntry.objects.filter(pk=waiting[2].pk).update(weekdays=[4])
    assert offer_freed_times(now=AFTER_GRACE) == 1
    assert asked() == [("Wait2", "open")]


def test_the_message_speaks_of_the_time_that_was_left(
    moved: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    offer_freed_times(now=AFTER_GRACE)
    facts = read_unlocked(Message.objects.get(purpose="offer").pk, today=MOVED.date(), now=AFTER_GRACE)
    vacancy = Vacancy.objects.get()
    assert (facts.starts_at, facts.ends_at) == (vacancy.starts_at, vacancy.ends_at)
    assert vacancy.starts_at != moved.starts_at
    assert (facts.session_zone, facts.modality) == (vacancy.timezone, "in_person")


def test_moving_asks_the_database_for_two_statements_more(friday: TherapySession) -> None:
    with CaptureQueriesContext(connection) as caught:
        move(friday)
    assert sum("sessions_app_vacancy" in query["sql"] for query in caught.captured_queries) == 2
