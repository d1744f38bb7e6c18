"""R offers free times to answer with 1, 2 or 3; the first answer takes one, and the second hears so kindly."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from itertools import count

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.models import Case, Client, Guardianship
from reminders.dispatch import dispatch
from reminders.models import InboundKind, InboundMessage, Message, SlotOffer
from reminders.reconcile import reconcile
from reminders.services import Reply, receive_inbound
from sandbox.launch import Sandbox
from sessions_app.models import Response, TherapySession
from sessions_app.services import NewTime, reschedule_session
from tests.conftest import NOW, case_of, person
from tests.reminders.conftest import FRIDAY

Book = Callable[..., TherapySession]
ROSA, BEN = "+13125550101", "+13125550131"
WEDNESDAY = NOW + timedelta(days=2)
_ids = count(1)


def write(body: str, *, sender: str = ROSA, now: datetime = WEDNESDAY) -> InboundMessage:
    reply = Reply(
        provider_id=f"SM{next(_ids):032d}", from_address=sender, to_address="+12125550100", body=body
    )
    return receive_inbound(reply=reply, now=now)


def answers() -> list[str]:
    said = Message.objects.filter(purpose="answer").order_by("pk")
    return list(said.values_list("template_key", flat=True))


def local(moments: list[datetime], session: TherapySession) -> list[str]:
    return [f"{moment.astimezone(session.zone):%a %-d %H:%M}" for moment in moments]


def tell(*sessions: TherapySession) -> None:
    reconcile(now=NOW)
    Message.objects.filter(session__in=sessions, rule__lead_days=3).update(state="sent", tries=1)


@pytest.fixture
def hours(amara: User, keep_hours: Callable[..., None]) -> None:
    """Amara sees people from two to six, Monday to Friday."""
    keep_hours(amara, starts=14, ends=18, days=5)


@pytest.fixture
def told(hours: None, friday: TherapySession) -> TherapySession:
    """Rosa has been reminded of Friday at three."""
    tell(friday)
    return friday


def test_r_offers_three_free_times_like_their_usual_one(told: TherapySession) -> None:
    inbound = write("R")
    offer = SlotOffer.objects.get()
    assert local(offer.times, told) == ["Wed 18 15:00", "Thu 19 15:00", "Fri 20 14:30"]
    assert answers() == ["offered"]
    assert Message.objects.get(purpose="answer").words == (
        "1 Wed Nov 18, 3:00 PM; 2 Thu Nov 19, 3:00 PM; 3 Fri Nov 20, 2:30 PM"
    )
    assert told.participants.get().current_response == Response.ASKS_TO_MOVE
    assert list(InboundMessage.objects.unresolved()) == [inbound]


def test_a_digit_moves_the_session_and_confirms_it(told: TherapySession) -> None:
    asked = write("R")
    chosen = write("2", now=WEDNESDAY + timedelta(minutes=5))
    told.refresh_from_db()
    assert (told.on, told.at, told.version) == (date(2026, 11, 19), time(15), 2)
    assert told.participants.get().current_response == Response.CONFIRMED
    assert answers() == ["offered", "chosen"]
    asked.refresh_from_db()
    assert asked.resolved_at
    assert chosen.resolved_at
    # Said already: the notice of a move would be the same thing once more.
    reconcile(now=WEDNESDAY + timedelta(hours=1))
    assert not Message.objects.filter(purpose="moved").exists()


def test_the_whole_talk_by_telephone(talking_sandbox: Sandbox, told: TherapySession) -> None:
    write("R")
    dispatch(now=WEDNESDAY)
    write("1", now=WEDNESDAY + timedelta(minutes=1))
    dispatch(now=WEDNESDAY + timedelta(minutes=1))
    offered = (
        "Lakeside: Free: 1 Wed Nov 18, 3:00 PM; 2 Thu Nov 19, 3:00 PM; 3 Fri Nov 20, 2:30 PM. "
        "Answer with its number; else Fri Nov 20, 3:00 PM stands."
    )
    thanks = (
        "Lakeside: Thank you. Your time is now Wed Nov 18, 3:00 PM. R finds another, or call (312) 555-0100."
    )
    sent = talking_sandbox.messages(to=ROSA, direction="outbound-api")
    assert [text["body"] for text in sent] == [offered, thanks]


def test_who_is_second_hears_so_kindly_and_gets_others(
    told: TherapySession, amara: User, book: Book, practice: object
) -> None:
    ben = person("Ben", "Adler", 131)
    his = book(case_of(amara, Case.Kind.INDIVIDUAL, ben), on=FRIDAY, at="16:00")
    tell(told, his)
    write("R")
    write("R", sender=BEN)
    assert local(SlotOffer.objects.get(recipient=ben).times, his)[0] == "Wed 18 16:00"
    # Both were offered one time, and Ben answers first.
    mine = SlotOffer.objects.exclude(recipient=ben).get()
    SlotOffer.objects.filter(recipient=ben).update(times=mine.times)
    write("1", sender=BEN, now=WEDNESDAY + timedelta(minutes=1))
    late = write("1", now=WEDNESDAY + timedelta(minutes=2))
    told.refresh_from_db()
    assert told.on == FRIDAY
    assert answers() == ["offered", "offered", "chosen", "offered_again"]
    others = SlotOffer.objects.get(ended_at=None)
    assert others.inbound == late
    assert mine.times[0] not in others.times
    assert late.resolved_at is None
    write("1", now=WEDNESDAY + timedelta(minutes=3))
    told.refresh_from_db()
    assert told.starts_at == others.times[0]


def test_the_desk_sees_what_was_offered_and_what_came_of_it(
    told: TherapySession, client: Browser, desk: User, rosa: Client
) -> None:
    client.force_login(desk)
    write("R")
    thread = reverse("dashboard:thread", args=[rosa.public_id])
    offered = "Asks for another time. Offered: Wed 18 Nov, 15:00 · Thu 19 Nov, 15:00 · Fri 20 Nov, 14:30."
    for page in ("/messages/inbox/", thread):
        html = client.get(page).content.decode()
        assert offered in html
        assert "They can choose until Thu 19 Nov, 9:00" in html
    write("1", now=WEDNESDAY + timedelta(minutes=1))
    html = client.get(thread).content.decode()
    assert "A time was chosen." in html
    assert "Chose a time that we offered; now Wed 18 Nov, 15:00" in html


def test_a_new_r_replaces_the_old_offer(told: TherapySession) -> None:
    write("R")
    write("R", now=WEDNESDAY + timedelta(hours=1))
    assert list(SlotOffer.objects.order_by("offered_at").values_list("end", flat=True)) == ["replaced", ""]


@pytest.mark.parametrize("body", ["1", "3"])
def test_a_digit_without_a_live_offer_is_free_text(told: TherapySession, body: str) -> None:
    inbound = write(body)
    assert (inbound.kind, inbound.resolved_at) == (InboundKind.FREE, None)
    assert answers() == ["not_watched"]


def test_an_offer_that_is_too_old_takes_nothing(told: TherapySession) -> None:
    write("R", now=WEDNESDAY)
    inbound = write("1", now=WEDNESDAY + timedelta(hours=24))
    told.refresh_from_db()
    assert (told.version, inbound.kind) == (1, InboundKind.FREE)
    assert SlotOffer.objects.get().end == "expired"


def test_a_number_that_was_not_offered_takes_nothing(told: TherapySession) -> None:
    write("R")
    SlotOffer.objects.update(times=SlotOffer.objects.get().times[:2])
    assert write("3", now=WEDNESDAY + timedelta(minutes=1)).kind == InboundKind.FREE
    assert SlotOffer.objects.get().ended_at is None


def test_a_session_that_the_desk_moved_meanwhile_is_not_moved_again(told: TherapySession) -> None:
    write("R")
    to = NewTime(on=date(2026, 11, 25), at=time(14))
    reschedule_session(session=told, to=to, actor=None, now=WEDNESDAY + timedelta(minutes=1))
    inbound = write("1", now=WEDNESDAY + timedelta(minutes=2))
    told.refresh_from_db()
    assert told.on == date(2026, 11, 25)
    assert answers() == ["offered", "too_late"]
    assert inbound.resolved_at is None


def test_a_joint_session_is_for_the_desk_to_move(hours: None, field_case: Case, book: Book) -> None:
    session = book(field_case, on=FRIDAY, at="15:00")
    tell(session)
    write("R", sender="+13125550111")
    assert not SlotOffer.objects.exists()
    assert answers() == ["asks_to_move"]


def test_without_a_free_time_the_desk_finds_one(friday: TherapySession) -> None:
    tell(friday)
    write("R")
    assert not SlotOffer.objects.exists()
    assert answers() == ["asks_to_move"]


def test_of_two_guardians_the_other_hears_of_the_new_time(
    hours: None, amara: User, rosa: Client, maya: Client, book: Book
) -> None:
    child = person("Ella", "Field", 123, birth_year=2014)
    for adult in (rosa, maya):
        Guardianship.objects.create(minor=child, guardian=adult, may_receive=True)
    session = book(case_of(amara, Case.Kind.INDIVIDUAL, child), on=FRIDAY, at="15:00")
    tell(session)
    write("R")
    write("1", now=WEDNESDAY + timedelta(minutes=1))
    reconcile(now=WEDNESDAY + timedelta(hours=1))
    heard = Message.objects.filter(purpose="moved").values_list("recipient", flat=True)
    assert maya.pk in heard


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_takes_the_time(
    practice: object, told: TherapySession, amara: User, book: Book
) -> None:
    ben = person("Ben", "Adler", 131)
    his = book(case_of(amara, Case.Kind.INDIVIDUAL, ben), on=FRIDAY, at="16:00")
    tell(told, his)
    write("R")
    write("R", sender=BEN)
    wanted = SlotOffer.objects.get(recipient=ben).times[0]
    SlotOffer.objects.update(times=[wanted])

    def take(sender: str) -> None:
        try:
            write("1", sender=sender, now=WEDNESDAY + timedelta(minutes=1))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(take, (ROSA, BEN)))
    assert TherapySession.objects.filter(starts_at=wanted, cancelled_at=None).count() == 1
    assert sorted(answers()) == ["chosen", "offered", "offered", "offered_again"]
