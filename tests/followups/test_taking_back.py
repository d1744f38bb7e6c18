"""An attempt logged by a slip is taken back, and everything stands as it stood."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import model_to_dict

from accounts.models import User
from clients.models import Case, CaseClinician, Client, Mandate
from followups.models import (
    AttemptChannel,
    AttemptResult,
    ContactAttempt,
    FollowUp,
    FollowUpStep,
    ProtocolCode,
)
from followups.reconcile import reconcile
from followups.services import AttemptDetails, close_follow_up, log_attempt, open_follow_up, snooze
from followups.taking_back import take_back_attempt
from sessions_app.models import Participant
from tests.followups.conftest import NOON

_ZONE = ZoneInfo("America/Chicago")
LATER = NOON + timedelta(hours=1)
SOON = LATER + timedelta(minutes=1)


@pytest.fixture
def rosas(missed: Callable[..., Participant], rosa_case: Case, rosa: Client) -> FollowUp:
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    return FollowUp.objects.get()


def tried(
    follow_up: FollowUp, actor: User, result: str = AttemptResult.NO_ANSWER, **details: object
) -> ContactAttempt:
    now = details.pop("now", LATER)
    attempt = AttemptDetails(channel=AttemptChannel.CALL, result=result, **details)  # type: ignore[arg-type]
    return log_attempt(follow_up=follow_up, attempt=attempt, actor=actor, now=now)  # type: ignore[arg-type]


def standing() -> list[dict[str, object]]:
    rows = [*FollowUp.objects.order_by("pk"), *FollowUpStep.objects.order_by("pk")]
    return [model_to_dict(row) for row in rows]


@pytest.mark.parametrize("result", AttemptResult.values)
@pytest.mark.parametrize("tries_before", [0, 1])
@pytest.mark.parametrize("code", [ProtocolCode.SINGLE_MISSED, ProtocolCode.AT_RISK])
def test_everything_stands_as_it_stood(
    code: str, tries_before: int, result: str, rosas: FollowUp, rosa: Client, rosa_case: Case, amara: User
) -> None:
    if code == ProtocolCode.AT_RISK:
        open_follow_up(client=rosa, case=rosa_case, protocol_code=code, actor=amara, now=NOON)
    for _try in range(tries_before):
        tried(rosas, amara, now=NOON)
    before = standing()
    attempt = tried(rosas, amara, result)
    assert standing() != before
    take_back_attempt(attempt=attempt, actor=amara, now=SOON)
    assert standing() == before
    assert ContactAttempt.objects.count() == tries_before


def test_twice_is_once(rosas: FollowUp, amara: User) -> None:
    attempt = tried(rosas, amara)
    again = ContactAttempt.objects.get()
    take_back_attempt(attempt=attempt, actor=amara, now=SOON)
    before = standing()
    take_back_attempt(attempt=again, actor=amara, now=SOON)
    assert standing() == before


def test_a_colleagues_is_theirs(rosas: FollowUp, amara: User, dana: User) -> None:
    attempt = tried(rosas, amara)
    with pytest.raises(PermissionDenied):
        take_back_attempt(attempt=attempt, actor=dana, now=SOON)


def test_what_was_a_while_ago_stays(rosas: FollowUp, amara: User) -> None:
    attempt = tried(rosas, amara)
    with pytest.raises(ValidationError, match="a while ago"):
        take_back_attempt(attempt=attempt, actor=amara, now=LATER + timedelta(hours=2))


def test_where_it_has_gone_on_it_stays(rosas: FollowUp, amara: User) -> None:
    first = tried(rosas, amara)
    tried(rosas, amara, now=SOON)
    with pytest.raises(ValidationError, match="gone on since"):
        take_back_attempt(attempt=first, actor=amara, now=SOON)


def test_after_another_protocol_took_over_it_stays(
    rosas: FollowUp, amara: User, rosa: Client, rosa_case: Case
) -> None:
    attempt = tried(rosas, amara)
    open_follow_up(client=rosa, case=rosa_case, protocol_code=ProtocolCode.AT_RISK, actor=amara, now=SOON)
    with pytest.raises(ValidationError, match="gone on since"):
        take_back_attempt(attempt=attempt, actor=amara, now=SOON)


def test_closed_by_hand_since_it_stays(rosas: FollowUp, amara: User) -> None:
    attempt = tried(rosas, amara)
    close_follow_up(follow_up=rosas, because="They wrote.", actor=amara, now=SOON)
    with pytest.raises(ValidationError, match="gone on since"):
        take_back_attempt(attempt=attempt, actor=amara, now=SOON)


def test_a_text_cannot_be_taken_back(rosas: FollowUp, amara: User) -> None:
    details = AttemptDetails(channel=AttemptChannel.TEXT, result=AttemptResult.LEFT_WORD)
    attempt = log_attempt(follow_up=rosas, attempt=details, actor=amara, now=LATER)
    with pytest.raises(ValidationError, match="cannot be taken back"):
        take_back_attempt(attempt=attempt, actor=amara, now=SOON)


def test_a_day_near_that_a_court_has_set_comes_right_after_a_worry(
    missed: Callable[..., Participant],
    rosa_case: Case,
    rosa: Client,
    quinn_case: Case,
    amara: User,
    luis: User,
) -> None:
    member = quinn_case.members.select_related("client").order_by("pk")[0]
    CaseClinician.objects.create(case=quinn_case, clinician=amara)
    missed(quinn_case, member.client, at="11:00")
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    theirs, hers = FollowUp.objects.get(client=member.client), FollowUp.objects.get(client=rosa)
    FollowUp.objects.filter(pk=theirs.pk).update(due_at=NOON - timedelta(days=1))
    assert order(amara) == [theirs.pk, hers.pk]
    mandate = Mandate.objects.create(case=rosa_case, client=rosa, order_reference="25-CF-1")
    mandate.reporting_dates.create(due_on=NOON.date() + timedelta(days=3))
    open_follow_up(
        client=rosa, case=rosa_case, protocol_code=ProtocolCode.COURT_MANDATED, actor=amara, now=NOON
    )
    assert order(amara) == [hers.pk, theirs.pk]
    open_follow_up(
        client=member.client, case=quinn_case, protocol_code=ProtocolCode.AT_RISK, actor=luis, now=NOON
    )
    assert order(amara) == [theirs.pk, hers.pk]


def test_first_call_of_a_day_comes_before_a_second_one(
    missed: Callable[..., Participant],
    rosa_case: Case,
    rosa: Client,
    field_case: Case,
    maya: Client,
    amara: User,
) -> None:
    missed(rosa_case, rosa)
    missed(field_case, maya, at="11:00")
    reconcile(now=NOON)
    first, second = FollowUp.objects.get(client=rosa), FollowUp.objects.get(client=maya)
    tried(first, amara, now=NOON)
    snooze(follow_up=first, until=NOON + timedelta(hours=1), actor=amara, now=NOON)
    assert first.pk != second.pk
    assert order(amara) == [second.pk, first.pk]


def order(user: User) -> list[int]:
    found = FollowUp.objects.visible_to(user).open().in_order_for(user, now=NOON, zone=_ZONE)
    return list(found.values_list("pk", flat=True))
