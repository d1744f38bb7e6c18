"""Anybody may worry about a client: a named person is asked, by an hour, and the supervisor if nobody takes it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import Practice, User
from clients.models import Case, Client
from followups.ending import close_case, what_stands_in_the_way
from followups.models import ProtocolCode, WellbeingConcern
from followups.services import close_follow_up
from followups.wellbeing import (
    escalate_untaken,
    finish_wellbeing_concern,
    open_concerns_of,
    raise_wellbeing_concern,
    take_wellbeing_concern,
)
from sessions_app.models import TherapySession
from tests.followups.conftest import NOON, only_follow_up

Book = Callable[..., TherapySession]
SAID = "She sounded hopeless on the telephone"


@pytest.fixture
def worry(rosa: Client, rosa_case: Case, desk: User, amara: User) -> WellbeingConcern:
    return raise_wellbeing_concern(client=rosa, case=rosa_case, words=SAID, actor=desk, now=NOON)


def test_the_lead_is_asked_by_name_within_the_practices_hours(
    worry: WellbeingConcern, rosa: Client, amara: User
) -> None:
    assert (worry.asked, worry.due_at, worry.state) == (amara, NOON + timedelta(hours=4), "waiting")
    follow_up = only_follow_up()
    assert follow_up.protocol.code == ProtocolCode.AT_RISK
    assert (follow_up.owner, follow_up.due_at) == (amara, worry.due_at)


def test_the_hours_run_through_the_night(rosa: Client, rosa_case: Case, amara: User, desk: User) -> None:
    Practice.objects.update(wellbeing_hours=3)
    late_evening = NOON + timedelta(hours=11)
    raised = raise_wellbeing_concern(client=rosa, case=rosa_case, words=SAID, actor=desk, now=late_evening)
    assert raised.due_at == late_evening + timedelta(hours=3)
    assert only_follow_up().due_at == raised.due_at


def test_what_nobody_takes_goes_to_the_supervisor_once(
    worry: WellbeingConcern, dana: User, luis: User
) -> None:
    assert escalate_untaken(now=worry.due_at - timedelta(seconds=1)) == 0
    assert escalate_untaken(now=worry.due_at) == 1
    assert escalate_untaken(now=worry.due_at + timedelta(hours=1)) == 0
    worry.refresh_from_db()
    assert (worry.escalated_to, worry.state) == (dana, "escalated")
    assert list(open_concerns_of(dana)) == [worry]
    assert not open_concerns_of(luis).exists()


def test_what_is_taken_in_time_is_not_escalated(worry: WellbeingConcern, amara: User, dana: User) -> None:
    take_wellbeing_concern(concern=worry, actor=amara, now=NOON)
    taken = take_wellbeing_concern(concern=worry, actor=dana, now=NOON + timedelta(minutes=1))
    assert taken.taken_by == amara
    assert escalate_untaken(now=worry.due_at) == 0


def test_it_ends_with_a_named_persons_words(worry: WellbeingConcern, amara: User, luis: User) -> None:
    with pytest.raises(ValidationError, match="Say in a few words"):
        finish_wellbeing_concern(concern=worry, outcome=" ", actor=amara, now=NOON)
    with pytest.raises(PermissionDenied):
        finish_wellbeing_concern(concern=worry, outcome="Well", actor=luis, now=NOON)
    done = finish_wellbeing_concern(concern=worry, outcome="Safe, with her sister", actor=amara, now=NOON)
    assert (done.done_by, done.taken_by, done.state) == (amara, amara, "done")
    assert not open_concerns_of(amara).exists()


def test_a_second_worry_adds_its_words_and_leaves_the_hour(
    worry: WellbeingConcern, rosa: Client, rosa_case: Case, amara: User
) -> None:
    again = raise_wellbeing_concern(
        client=rosa, case=rosa_case, words="And she wrote", actor=amara, now=NOON + timedelta(hours=1)
    )
    assert again.pk == worry.pk
    assert SAID in again.words
    assert "And she wrote" in again.words
    assert again.due_at == worry.due_at


def test_nothing_ends_while_somebody_worries(worry: WellbeingConcern, rosa_case: Case, amara: User) -> None:
    with pytest.raises(ValidationError, match="Say first what came of the worry"):
        close_follow_up(follow_up=only_follow_up(), because="Well", actor=amara, now=NOON)
    assert "Somebody worries about Rosa" in " ".join(what_stands_in_the_way(case=rosa_case, now=NOON))
    finish_wellbeing_concern(concern=worry, outcome="Safe", actor=amara, now=NOON)
    close_follow_up(follow_up=only_follow_up(), because="Well", actor=amara, now=NOON)
    assert close_case(case=rosa_case, because="Reached it", actor=amara, now=NOON).closed_on


def test_only_who_treats_or_supervises_can_be_asked(
    rosa: Client, rosa_case: Case, dana: User, luis: User, desk: User, amara: User, admin_user: User
) -> None:
    with pytest.raises(ValidationError, match="Choose one of the case's clinicians"):
        raise_wellbeing_concern(client=rosa, case=rosa_case, words=SAID, asked=luis, actor=desk, now=NOON)
    with pytest.raises(PermissionDenied):
        raise_wellbeing_concern(client=rosa, case=rosa_case, words=SAID, actor=admin_user, now=NOON)
    raised = raise_wellbeing_concern(
        client=rosa, case=rosa_case, words=SAID, asked=dana, actor=desk, now=NOON
    )
    assert raised.asked == dana


def test_the_desk_writes_it_and_cannot_read_it_back(
    client: Browser, rosa: Client, rosa_case: Case, desk: User, amara: User, book: Book
) -> None:
    session = book(rosa_case)
    with time_machine.travel(NOON, tick=False):
        client.force_login(desk)
        url = reverse("dashboard:worry-new", args=[rosa.public_id])
        typed = {"words": SAID, "case": rosa_case.public_id, "session": session.public_id}
        answer = client.post(url, typed, follow=True)
        assert "Dr. Amara Okafor is asked to see to it, today by" in answer.content.decode()
        concern = WellbeingConcern.objects.get()
        assert concern.session == session
        page = reverse("dashboard:worry", args=[concern.public_id])
        assert client.get(page).status_code == 403
        seen = [
            reverse("dashboard:client", args=[rosa.public_id]),
            reverse("dashboard:follow-ups"),
            reverse("dashboard:follow-up", args=[concern.follow_up.public_id]),
            reverse("api:follow-ups"),
            reverse("dashboard:session", args=[session.public_id]),
        ]
        for address in seen:
            assert "hopeless" not in client.get(address).content.decode()
        client.force_login(amara)
        for address in ("dashboard:today", "dashboard:follow-ups"):
            assert "Somebody is worried" in client.get(reverse(address)).content.decode()
        assert SAID in client.get(page).content.decode()
        client.post(reverse("dashboard:worry-taking", args=[concern.public_id]))
        refused = client.post(reverse("dashboard:worry-outcome", args=[concern.public_id]), {"outcome": ""})
        assert refused.status_code == 422
        client.post(reverse("dashboard:worry-outcome", args=[concern.public_id]), {"outcome": "Safe"})
        concern.refresh_from_db()
        assert concern.state == "done"
        assert "Somebody is worried" not in client.get(reverse("dashboard:today")).content.decode()


def test_the_api_raises_and_shows_it_by_the_same_rules(
    client: Browser, rosa: Client, rosa_case: Case, desk: User, amara: User
) -> None:
    here = reverse("api:wellbeing-concerns")
    sent = {"client": str(rosa.public_id), "case": str(rosa_case.public_id), "words": SAID}
    client.force_login(desk)
    raised = client.post(here, sent, content_type="application/json")
    assert raised.status_code == 201
    assert set(raised.json()) == {"asked", "due_at"}
    assert client.get(here).status_code == 403
    client.force_login(amara)
    [shown] = client.get(here).json()["results"]
    assert (shown["words"], shown["state"], shown["asked"]) == (SAID, "waiting", "Dr. Amara Okafor")
    taking = reverse("api:wellbeing-taking", args=[shown["id"]])
    assert client.post(taking).json()["state"] == "taken"
    outcome = reverse("api:wellbeing-outcome", args=[shown["id"]])
    done = client.post(outcome, {"outcome": "Safe"}, content_type="application/json").json()
    assert (done["state"], done["outcome"]) == ("done", "Safe")
