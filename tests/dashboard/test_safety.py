"""Asked alone, whether it is safe: each one's own record, and what rests until it is known (rows 1.4, 5.2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from clients.models import Case, Client, CoercionScreen
from clients.screening import is_safe_for_each, take_screen
from followups.gates import UNTIL_EACH_IS_SAFE
from followups.models import FollowUp, StepKind
from followups.presenting import present
from followups.services import complete_step, open_follow_up, send_text, skip_step
from tests.conftest import NOW

SignIn = Callable[[User], Browser]
WORDS = "He reads my telephone"


def page_of(client: Client) -> str:
    return reverse("dashboard:safety", args=[client.public_id])


def say(client: Client, result: str, actor: User, hours: int = 0) -> CoercionScreen:
    return take_screen(
        client=client,
        result=result,
        words=WORDS,
        was_alone=True,
        actor=actor,
        now=NOW + timedelta(hours=hours),
    )


@pytest.fixture
def his(field_case: Case, jonah: Client, amara: User) -> FollowUp:
    """Jonah did not come, and his clinician decided to reach him: a call is next."""
    opened = open_follow_up(
        client=jonah, case=field_case, protocol_code="absent_partner", actor=amara, now=NOW
    )
    return complete_step(follow_up=opened, actor=amara, now=NOW)


def lock_on(follow_up: FollowUp, reader: User) -> str:
    return present(reader, FollowUp.objects.with_people().with_attempts().get(pk=follow_up.pk), now=NOW).lock


def test_nobody_is_safe_before_each_was_asked_and_the_latest_answer_counts(
    field_case: Case, maya: Client, jonah: Client, amara: User, rosa_case: Case
) -> None:
    assert not is_safe_for_each(field_case)
    say(maya, "safe", amara)
    assert not is_safe_for_each(field_case)  # not yet asked counts as not safe
    say(jonah, "safe", amara)
    assert is_safe_for_each(field_case)
    say(maya, "unsure", amara, hours=1)
    assert not is_safe_for_each(field_case)
    say(maya, "safe", amara, hours=2)
    assert is_safe_for_each(field_case)
    assert not is_safe_for_each(rosa_case)


def test_an_answer_beside_somebody_else_is_none(
    browser_of: SignIn, amara: User, maya: Client, field_case: Case
) -> None:
    refused = browser_of(amara).post(page_of(maya), {"result": "safe", "words": WORDS})
    assert refused.status_code == 422
    assert "Ask when nobody else is there" in refused.content.decode()
    assert WORDS in refused.content.decode()
    assert not CoercionScreen.objects.exists()
    with pytest.raises(ValidationError, match="nobody else is there"):
        take_screen(client=maya, result="safe", words="", was_alone=False, actor=amara, now=NOW)


def test_only_who_treats_them_reads_or_asks(
    browser_of: SignIn, amara: User, luis: User, dana: User, desk: User, maya: Client, field_case: Case
) -> None:
    browser_of(amara).post(page_of(maya), {"result": "unsafe", "was_alone": "on", "words": WORDS})
    assert WORDS in browser_of(amara).get(page_of(maya)).content.decode()
    client = reverse("dashboard:client", args=[maya.public_id])
    assert "Asked alone on" in browser_of(amara).get(client).content.decode()
    for user in (dana, desk):
        assert browser_of(user).get(page_of(maya)).status_code == 403
        assert "sked alone" not in browser_of(user).get(client).content.decode()
    assert browser_of(luis).get(page_of(maya)).status_code == 404
    with pytest.raises(PermissionDenied):
        take_screen(client=maya, result="safe", words="", was_alone=True, actor=luis, now=NOW)


def test_what_one_said_is_not_on_the_others_page_nor_on_the_cases(
    browser_of: SignIn, amara: User, maya: Client, jonah: Client, field_case: Case, his: FollowUp
) -> None:
    say(maya, "unsafe", amara)
    browser = browser_of(amara)
    for page in (
        reverse("dashboard:client", args=[jonah.public_id]),
        reverse("dashboard:case", args=[field_case.public_id]),
        reverse("dashboard:follow-up", args=[his.public_id]),
    ):
        shown = browser.get(page).content.decode()
        assert WORDS not in shown
        assert "Not safe" not in shown


def test_reaching_a_partner_rests_until_each_was_asked_alone(
    his: FollowUp, maya: Client, jonah: Client, amara: User
) -> None:
    assert his.current_step
    assert his.current_step.kind == StepKind.CALL
    assert lock_on(his, amara) == UNTIL_EACH_IS_SAFE
    skip_step(follow_up=his, because="Better in writing", actor=amara, now=NOW)
    with pytest.raises(ValidationError, match="asked alone"):
        send_text(follow_up=his, words="You are welcome.", actor=amara, now=NOW)
    say(maya, "unsafe", amara)
    say(jonah, "safe", amara)
    assert lock_on(his, amara) == UNTIL_EACH_IS_SAFE  # the same sentence: it tells nobody's answer
    say(maya, "safe", amara, hours=1)
    assert lock_on(his, amara) == ""


def test_a_worry_about_their_wellbeing_outranks_the_screen(
    his: FollowUp, field_case: Case, jonah: Client, amara: User
) -> None:
    open_follow_up(client=jonah, case=field_case, protocol_code="at_risk", actor=amara, now=NOW)
    assert lock_on(his, amara) == ""


def test_the_number_to_call_is_not_offered_while_it_rests(
    browser_of: SignIn, his: FollowUp, maya: Client, jonah: Client, amara: User
) -> None:
    browser, page = browser_of(amara), reverse("dashboard:follow-up", args=[his.public_id])
    shown = browser.get(page).content.decode()
    assert UNTIL_EACH_IS_SAFE in shown
    assert "tel:" not in shown
    for client in (maya, jonah):
        say(client, "safe", amara)
    assert "tel:+1312" in browser.get(page).content.decode()


def test_the_page_costs_the_same_queries_with_many_answers(
    browser_of: SignIn, amara: User, maya: Client, field_case: Case
) -> None:
    browser = browser_of(amara)
    say(maya, "unsafe", amara)
    browser.get(page_of(maya))
    with CaptureQueriesContext(connection) as few:
        browser.get(page_of(maya))
    for hours in range(1, 9):
        say(maya, "safe", amara, hours=hours)
    with CaptureQueriesContext(connection) as many:
        browser.get(page_of(maya))
    assert len(many) == len(few)
