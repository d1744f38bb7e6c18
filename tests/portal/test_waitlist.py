"""A freed time goes to who waits longest, is held while they are asked, and the first answer wins (row 3.6)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import Practice, User
from clients.models import Case, Client, Consent
from reminders.links import Link, LinkFor, tag_of, token_of
from reminders.models import Message
from reminders.offering import offer_freed_times
from sessions_app.models import Occupancy, Offer, OfferState, TherapySession, Vacancy, WaitlistEntry
from sessions_app.services import (
    SlotTaken,
    Wish,
    add_to_waitlist,
    cancel_participant,
    cancel_session,
    close_vacancy,
    end_waiting,
    take_offer,
)
from tests.conftest import case_of
from tests.portal.conftest import FRIDAY_MORNING, NEXT_FRIDAY, path
from tests.sessions_app.test_booking import race

Book = Callable[..., TherapySession]
CANCELLED = FRIDAY_MORNING
AFTER_GRACE = FRIDAY_MORNING + timedelta(minutes=4)


@pytest.fixture
def freed(friday: TherapySession) -> TherapySession:
    """Rosa cancels next Friday's session."""
    cancel_participant(participant=friday.participants.get(), by="client", actor=None, now=CANCELLED)
    friday.refresh_from_db()
    return friday


def asked() -> list[tuple[str, str]]:
    offers = Offer.objects.select_related("entry__client").order_by("pk")
    return [(offer.entry.client.given_name, offer.state) for offer in offers]


def token(offer: Offer) -> str:
    return token_of(
        Link(
            purpose=LinkFor.OFFER,
            subject_id=offer.public_id,
            recipient_tag=tag_of(offer.recipient.public_id),
            version=1,
            expires_at=offer.expires_at,
        )
    )


def test_a_freed_time_is_offered_to_who_waits_longest_once_it_is_freed_for_good(
    freed: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    assert offer_freed_times(now=CANCELLED + timedelta(minutes=1)) == 0
    assert offer_freed_times(now=AFTER_GRACE) == 1
    assert asked() == [("Wait0", "open")]
    message = Message.objects.get(purpose="offer")
    assert (message.recipient, message.subject_id) == (waiting[0].client, Offer.objects.get().public_id)


def test_a_second_pass_asks_nobody_more(freed: TherapySession, waiting: list[WaitlistEntry]) -> None:
    offer_freed_times(now=AFTER_GRACE)
    assert offer_freed_times(now=AFTER_GRACE) == 0
    assert Message.objects.filter(purpose="offer").count() == 1


def test_a_held_time_cannot_be_booked_until_it_is_given_back(
    freed: TherapySession, waiting: list[WaitlistEntry], rosa_case: Case, book: Book, desk: User
) -> None:
    offer_freed_times(now=AFTER_GRACE)
    with pytest.raises(SlotTaken, match="waitlist"):
        book(rosa_case, on=NEXT_FRIDAY, at="15:00")
    close_vacancy(vacancy=Vacancy.objects.get(), end="released", actor=desk, now=AFTER_GRACE)
    assert book(rosa_case, on=NEXT_FRIDAY, at="15:00").pk
    assert asked() == [("Wait0", "withdrawn")]


def test_who_does_not_answer_in_time_makes_way_for_the_next(
    freed: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    offer_freed_times(now=AFTER_GRACE)
    offer_freed_times(now=AFTER_GRACE + timedelta(hours=3))
    assert asked() == [("Wait0", "expired"), ("Wait1", "open")]


def test_who_cannot_be_written_to_is_not_asked_and_who_was_not_reached_is_passed_over(
    freed: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    Consent.objects.filter(contact_point__client=waiting[0].client, purpose="offers").delete()
    offer_freed_times(now=AFTER_GRACE)
    assert asked() == [("Wait1", "open")]
    Message.objects.filter(purpose="offer").update(state="suppressed")
    offer_freed_times(now=AFTER_GRACE)
    assert asked() == [("Wait1", "unreached"), ("Wait2", "open")]


def test_at_night_nobody_is_asked(freed: TherapySession, waiting: list[WaitlistEntry]) -> None:
    assert offer_freed_times(now=AFTER_GRACE + timedelta(hours=14)) == 0


def test_a_time_too_near_is_offered_to_nobody(friday: TherapySession, waiting: list[WaitlistEntry]) -> None:
    now = friday.starts_at - timedelta(hours=3)
    cancel_session(session=friday, by="practice", actor=None, now=now)
    assert offer_freed_times(now=now + timedelta(minutes=4)) == 0
    assert not Vacancy.objects.exists()


def test_a_time_that_nobody_takes_is_free_again(freed: TherapySession, waiting: list[WaitlistEntry]) -> None:
    for entry in waiting[1:]:
        end_waiting(entry=entry, actor=None, now=CANCELLED)
    offer_freed_times(now=AFTER_GRACE)
    offer_freed_times(now=AFTER_GRACE + timedelta(hours=3))
    assert Vacancy.objects.get().end == "nobody"
    assert not Occupancy.objects.filter(vacancy__isnull=False, released_at=None).exists()


@pytest.mark.parametrize(
    ("wish", "suits"),
    [
        ({"weekdays": [4]}, True),
        ({"weekdays": [0, 1]}, False),
        ({"from_time": "15:00"}, True),
        ({"from_time": "15:30"}, False),
        ({"until_time": "15:50"}, True),
        ({"until_time": "15:30"}, False),
        ({"until_on": date(2026, 11, 27)}, True),
        ({"until_on": date(2026, 11, 26)}, False),
    ],
)
def test_only_a_time_that_was_wished_for_is_offered(
    wish: dict[str, object], suits: bool, freed: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    WaitlistEntry.objects.exclude(pk=waiting[0].pk).delete()
    WaitlistEntry.objects.update(**wish)
    assert offer_freed_times(now=AFTER_GRACE) == int(suits)


def test_a_group_is_asked_by_telephone(freed: TherapySession, field_case: Case, maya: Client) -> None:
    Case.objects.filter(pk=field_case.pk).update(kind=Case.Kind.GROUP, title="Tuesdays")
    field_case.refresh_from_db()
    add_to_waitlist(wish=Wish(case=field_case, client=maya), actor=None, now=CANCELLED)
    assert offer_freed_times(now=AFTER_GRACE) == 0


@pytest.fixture
def couple(freed: TherapySession, field_case: Case, maya: Client) -> Offer:
    """Maya and Jonah wait together, and are asked."""
    add_to_waitlist(wish=Wish(case=field_case, client=maya), actor=None, now=CANCELLED)
    assert offer_freed_times(now=AFTER_GRACE) == 1
    return Offer.objects.get()


def token_for(offer: Offer, reader: Client) -> str:
    return token_of(
        Link(
            purpose=LinkFor.OFFER,
            subject_id=offer.public_id,
            recipient_tag=tag_of(reader.public_id),
            version=1,
            expires_at=offer.expires_at,
        )
    )


def test_of_a_couple_each_is_asked_and_the_first_answer_takes_it_for_both(
    couple: Offer, maya: Client, jonah: Client, rosa: Client, phone: Browser
) -> None:
    messages = Message.objects.filter(purpose="offer")
    assert {message.recipient for message in messages} == {maya, jonah}
    with time_machine.travel(AFTER_GRACE, tick=False):
        assert phone.get(path("offer", token_for(couple, rosa))).status_code == 404
        assert phone.get(path("offer", token_for(couple, maya))).status_code == 200
        answer = phone.post(path("taking", token_for(couple, jonah)))
        assert "It is yours" in phone.get(answer["Location"]).content.decode()
        also = phone.post(path("taking", token_for(couple, maya)))
        assert "It is yours" in phone.get(also["Location"]).content.decode()
    session = TherapySession.objects.get(case=couple.entry.case)
    assert {seat.client for seat in session.participants.all()} == {maya, jonah}


def test_of_a_couple_only_who_agreed_is_asked(
    freed: TherapySession, field_case: Case, maya: Client, jonah: Client
) -> None:
    Consent.objects.filter(contact_point__client=maya, purpose="offers").delete()
    add_to_waitlist(wish=Wish(case=field_case, client=maya), actor=None, now=CANCELLED)
    assert offer_freed_times(now=AFTER_GRACE) == 1
    assert Message.objects.get(purpose="offer").recipient == jonah


def test_a_couple_is_passed_over_only_if_nobody_of_them_was_reached(
    couple: Offer, maya: Client, jonah: Client
) -> None:
    messages = Message.objects.filter(purpose="offer")
    messages.filter(recipient=maya).update(state="failed")
    offer_freed_times(now=AFTER_GRACE)
    assert asked() == [("Maya", "open")]
    messages.filter(recipient=jonah).update(state="suppressed")
    offer_freed_times(now=AFTER_GRACE)
    assert asked() == [("Maya", "unreached")]


def test_a_couple_is_not_asked_while_one_of_them_is_expected_elsewhere(
    freed: TherapySession, field_case: Case, maya: Client, jonah: Client, luis: User, book: Book
) -> None:
    book(case_of(luis, Case.Kind.INDIVIDUAL, jonah), on=NEXT_FRIDAY, at="15:00", room=None)
    add_to_waitlist(wish=Wish(case=field_case, client=maya), actor=None, now=CANCELLED)
    assert offer_freed_times(now=AFTER_GRACE) == 0


def test_taking_it_on_the_page_books_it_and_ends_the_waiting(
    freed: TherapySession, waiting: list[WaitlistEntry], phone: Browser
) -> None:
    offer_freed_times(now=AFTER_GRACE)
    offer = Offer.objects.get()
    with time_machine.travel(AFTER_GRACE, tick=False):
        page = phone.get(path("offer", token(offer))).content.decode()
        assert "Friday, November 27" in page
        assert "Rosa" not in page
        answer = phone.post(path("taking", token(offer)))
        assert "It is yours: Friday, November 27, 3:00 PM" in phone.get(answer["Location"]).content.decode()
        for again in (phone.post(path("taking", token(offer))), phone.get(path("offer", token(offer)))):
            assert "It is yours: Friday" in phone.get(again["Location"]).content.decode()
    session = TherapySession.objects.get(case=waiting[0].case)
    assert session.starts_at == freed.starts_at
    waiting[0].refresh_from_db()
    assert (waiting[0].end, Vacancy.objects.get().end) == ("taken", "taken")


def test_their_own_session_moves_into_the_freed_time(
    freed: TherapySession, waiting: list[WaitlistEntry], book: Book
) -> None:
    later = book(waiting[0].case, on=date(2026, 12, 4), at="09:00")
    WaitlistEntry.objects.filter(pk=waiting[0].pk).update(session=later)
    offer_freed_times(now=AFTER_GRACE)
    moved = take_offer(offer=Offer.objects.get(), now=AFTER_GRACE)
    assert (moved.pk, moved.starts_at, moved.version) == (later.pk, freed.starts_at, 2)
    assert Occupancy.objects.filter(session=later, released_at=None).count() == 2


def test_declining_asks_the_next_and_keeps_the_place_in_the_queue(
    freed: TherapySession, waiting: list[WaitlistEntry], phone: Browser
) -> None:
    offer_freed_times(now=AFTER_GRACE)
    with time_machine.travel(AFTER_GRACE, tick=False):
        for _press in ("once", "and the same again"):
            answer = phone.post(path("declining", token(Offer.objects.get())))
            assert "You stay on the list" in answer.content.decode()
    offer_freed_times(now=AFTER_GRACE)
    assert asked() == [("Wait0", "declined"), ("Wait1", "open")]
    waiting[0].refresh_from_db()
    assert waiting[0].ended_at is None


@pytest.mark.django_db(transaction=True)
def test_of_three_who_answer_at_once_one_has_it_and_two_hear_so_kindly(
    freed: TherapySession, waiting: list[WaitlistEntry]
) -> None:
    Practice.objects.update(offer_batch=3)
    offer_freed_times(now=AFTER_GRACE)
    offers = list(Offer.objects.select_related("recipient"))
    assert len(offers) == 3
    answers: list[tuple[int, str]] = []

    def take(number: int) -> None:
        answer = Browser().post(path("taking", token(offers[number])))
        answers.append((answer.status_code, answer.content.decode()))

    with time_machine.travel(AFTER_GRACE, tick=False):
        _, errors, _ = race(3, take)
    assert errors == []
    assert all(code == 303 or "You stay on the list" in words for code, words in answers)
    assert [code for code, _ in answers].count(303) == 1
    assert Offer.objects.filter(state=OfferState.TAKEN).count() == 1
    assert TherapySession.objects.filter(starts_at=freed.starts_at, cancelled_at=None).count() == 1
