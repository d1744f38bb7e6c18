"""What was agreed for the day when somebody cannot come, on the pages: who reads it, and one press."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from attendance.models import FallbackUse
from clients.contingency import Agreed, agree_on_plan
from clients.models import AwaySupport, Case, Client, ContingencyPlan
from clients.models.contingency import FallbackTime
from clients.screening import take_screen
from sessions_app.models import Availability, Location, Modality, Participant, TherapySession
from sessions_app.services import mark_arrived
from tests.conftest import NOW, TODAY, ZONE

SignIn = Callable[[User], Browser]
Book = Callable[..., TherapySession]
DURING = NOW + timedelta(hours=1, minutes=20)
EARLY = NOW + timedelta(hours=1, minutes=5)
HER_SISTER, NOTE = "Her sister drives her", "Not while her son is home"


@pytest.fixture
def missing(rosa_case: Case, rosa: Client, amara: User, place: Location, book: Book) -> Participant:
    """Rosa, whose ten o'clock began twenty minutes ago, and with whom it was foreseen."""
    amara.video_link = "https://meet.example/okafor"
    amara.save()
    Availability.objects.create(
        clinician=amara, location=place, weekday=3, starts=time(8), ends=time(20), timezone=ZONE
    )
    agreed = Agreed(
        agreed_on=TODAY,
        by_video=True,
        by_phone=True,
        times=(FallbackTime(3, time(17, 30)),),
        support=HER_SISTER,
        note=NOTE,
    )
    agree_on_plan(case=rosa_case, client=rosa, agreed=agreed, actor=amara, today=TODAY, now=NOW)
    return book(rosa_case).participants.get()


@pytest.fixture
def during() -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]  # of the test client


def pages(session: TherapySession) -> list[tuple[str, dict[str, str]]]:
    board = reverse("dashboard:board"), {"session": str(session.public_id)}
    return [board, (reverse("dashboard:session", args=[session.public_id]), {})]


def step_url(participant: Participant) -> str:
    return reverse("dashboard:fallback", args=[participant.public_id])


def test_plan_is_at_hand_in_the_row_of_who_is_missing(
    browser_of: SignIn, amara: User, missing: Participant, during: None
) -> None:
    browser = browser_of(amara)
    for page, query in [*pages(missing.session), (reverse("dashboard:today"), {})]:
        shown = words(browser.get(page, query))
        for step in (
            "Switch to video now",
            "By telephone instead",
            "Offer Thu 19 Nov 17:30",
            HER_SISTER,
            NOTE,
        ):
            assert step in shown


def test_nothing_is_offered_before_the_time_one_waits(
    browser_of: SignIn, amara: User, missing: Participant
) -> None:
    with time_machine.travel(EARLY, tick=False):
        assert "Switch to video now" not in words(browser_of(amara).get(reverse("dashboard:today")))


def test_desk_has_the_steps_and_none_of_the_clinicians_words(
    browser_of: SignIn, desk: User, missing: Participant, during: None
) -> None:
    client_page: tuple[str, dict[str, str]] = reverse("dashboard:client", args=[missing.client.public_id]), {}
    for page, query in [*pages(missing.session), client_page]:
        shown = words(browser_of(desk).get(page, query))
        assert "Thu" in shown
        assert HER_SISTER not in shown
        assert NOTE not in shown
    assert "Switch to video now" in words(browser_of(desk).get(*pages(missing.session)[0]))


def test_one_press_switches_and_says_so_in_the_row(
    browser_of: SignIn, desk: User, missing: Participant, during: None
) -> None:
    browser = browser_of(desk)
    said = words(browser.post(step_url(missing), {"step": "phone"}, follow=True))
    assert "By telephone now. Rosa is told that you call." in said
    assert TherapySession.objects.get().modality == Modality.PHONE
    shown = words(browser.get(*pages(missing.session)[0]))
    assert "By telephone since 10:20, as agreed." in shown
    assert 'href="tel:+13125550101"' in shown
    assert "By telephone instead" not in shown


def test_one_press_takes_the_agreed_time_and_another_takes_it_back(
    browser_of: SignIn, amara: User, missing: Participant, during: None
) -> None:
    browser = browser_of(amara)
    chosen = {"step": "other_time", "starts_at": "2026-11-19T23:30:00+00:00", "back": "session"}
    said = words(browser.post(step_url(missing), chosen, follow=True))
    assert "Thu 19 Nov 17:30, as agreed. Rosa hears of it." in said
    assert TherapySession.objects.get().on == date(2026, 11, 19)
    use = FallbackUse.objects.get()
    undo = reverse("dashboard:fallback-undo", args=[use.public_id])
    assert "Taken back" in words(browser.post(undo, {"back": "session"}, follow=True))
    assert TherapySession.objects.get().on == TODAY


def test_couples_plan_is_their_clinicians_alone_and_holding_comes_first(
    browser_of: SignIn,
    amara: User,
    dana: User,
    desk: User,
    field_case: Case,
    maya: Client,
    jonah: Client,
    book: Book,
    during: None,
) -> None:
    for one in (maya, jonah):
        take_screen(client=one, result="safe", words="", was_alone=True, actor=amara, now=NOW)
    agreed = Agreed(agreed_on=TODAY, by_phone=True, note=NOTE, agreed_by=(maya, jonah))
    agree_on_plan(case=field_case, client=jonah, agreed=agreed, actor=amara, today=TODAY, now=NOW)
    session = book(field_case)
    mark_arrived(participant=session.participants.get(client=maya), actor=None, now=NOW)
    his = session.participants.get(client=jonah)
    hers = words(browser_of(amara).get(reverse("dashboard:today")))
    assert "By telephone instead" in hers
    assert 'btn btn-primary" type="submit">Hold' in hers
    case_page: tuple[str, dict[str, str]] = reverse("dashboard:case", args=[field_case.public_id]), {}
    for other in (desk, dana):
        for page, query in [*pages(session), case_page]:
            shown = words(browser_of(other).get(page, query))
            assert "By telephone" not in shown
            assert NOTE not in shown
        assert browser_of(other).post(step_url(his), {"step": "phone"}).status_code == 403
    browser_of(amara).post(reverse("dashboard:holding", args=[session.public_id]))
    assert "By telephone instead" not in words(browser_of(amara).get(reverse("dashboard:today")))


def test_clinician_agrees_on_a_plan_on_its_page(
    browser_of: SignIn, amara: User, field_case: Case, maya: Client, jonah: Client
) -> None:
    browser = browser_of(amara)
    member = field_case.members.get(client=jonah)
    page = reverse("dashboard:plan", args=[member.public_id])
    filled = {"by_video": "on", "weekday_1": "3", "at_1": "17:30", "agreed_on": "2026-11-01"}
    refused = browser.post(page, {**filled, "at_1": ""})
    assert refused.status_code == 422
    assert "Say the day and the time" in words(refused)
    shown = words(browser.post(page, {**filled, "agreed_by": str(jonah.public_id)}, follow=True))
    assert "Not yet agreed to by Maya" in shown
    both = {**filled, "agreed_by": [str(maya.public_id), str(jonah.public_id)]}
    assert "Agreed on 1 Nov 2026" in words(browser.post(page, both, follow=True))
    assert "What was agreed so far" in words(browser.get(page))
    browser.post(reverse("dashboard:plan-ending", args=[member.public_id]))
    assert not ContingencyPlan.objects.in_force().exists()


def test_support_while_away_is_shown_meanwhile_and_greets_who_comes_back(
    browser_of: SignIn, amara: User, desk: User, rosa: Client, rosa_case: Case, during: None
) -> None:
    browser, page = browser_of(amara), reverse("dashboard:client", args=[rosa.public_id])
    away = reverse("dashboard:away", args=[rosa.public_id])
    shown = words(
        browser.post(
            away, {"away_from": TODAY, "reason": "hospital", "support": "Dr. Lee at St. Anne"}, follow=True
        )
    )
    assert "Meanwhile: Dr. Lee at St. Anne" in shown
    assert "Dr. Lee" not in words(browser_of(desk).get(page))
    assert "Dr. Lee" not in words(browser_of(desk).get(away))
    browser = browser_of(amara)
    back = words(browser.post(reverse("dashboard:coming-back", args=[rosa.public_id]), follow=True))
    assert "While they were away" in back
    settle = reverse("dashboard:away-support-settling", args=[AwaySupport.objects.get().public_id])
    assert "Dr. Lee" not in words(browser.post(settle, follow=True))
