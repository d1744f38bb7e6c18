"""Away for a while: follow-ups come to who stands in, as far as they may read them, and go back."""

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Practice, User
from accounts.roles import Role
from clients.models import Case, CaseClinician, Client
from followups.access import follow_ups_visible_to
from followups.models import FollowUp, ProtocolCode
from followups.presenting import present_rows
from followups.protocols import install_shipped
from followups.reconcile import reconcile
from followups.services import open_follow_up, reassign
from followups.standing_in import Absence, be_away, be_back, possible_stand_ins
from sessions_app.models import Participant, TimeOff
from sessions_app.services import absent_day, cancel_time_off
from tests.conftest import ZONE
from tests.followups.conftest import NOON

Missed = Callable[..., Participant]

TODAY = date(2026, 11, 16)
BACK = date(2026, 11, 23)
WEEK = Absence(away_from=TODAY, away_until=BACK)
PRACTICE_ZONE = ZoneInfo(ZONE)


@pytest.fixture
def rosas(missed: Missed, rosa_case: Case, rosa: Client) -> FollowUp:
    """Rosa was missed at ten; it is Amara's to call."""
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    return FollowUp.objects.get()


def with_stand_in(person: User) -> Absence:
    return Absence(away_from=TODAY, away_until=BACK, stands_in=person)


def mine(user: User, today: date = TODAY) -> list[FollowUp]:
    return list(follow_ups_visible_to(user).owned_by(user, today=today, zone=PRACTICE_ZONE))


def test_without_a_stand_in_the_supervisor_has_them_until_one_is_back(
    rosas: FollowUp, amara: User, dana: User, luis: User, desk: User
) -> None:
    assert (mine(amara), mine(dana)) == ([rosas], [])
    be_away(person=amara, absence=WEEK, actor=amara, today=TODAY)
    assert mine(dana) == mine(amara) == [rosas]
    assert mine(luis) == mine(desk) == []
    assert mine(dana, BACK) == mine(dana, TODAY - timedelta(days=1)) == []
    [row] = present_rows(dana, [rosas_with_people()], now=NOON)
    assert (row.owner_name, row.back_on) == ("Dr. Amara Okafor", BACK)
    be_back(person=amara, actor=amara)
    assert (mine(amara), mine(dana)) == ([rosas], [])
    [row] = present_rows(dana, [rosas_with_people()], now=NOON)
    assert row.back_on is None


def rosas_with_people() -> FollowUp:
    return FollowUp.objects.with_people().get()


def test_only_who_may_read_them_all_can_stand_in(
    rosas: FollowUp, rosa_case: Case, amara: User, dana: User, luis: User, desk: User
) -> None:
    assert list(possible_stand_ins(amara)) == [dana]
    with pytest.raises(ValidationError, match="may not read"):
        be_away(person=amara, absence=with_stand_in(luis), actor=amara, today=TODAY)
    CaseClinician.objects.create(case=rosa_case, clinician=luis, is_lead=False)
    assert list(possible_stand_ins(amara)) == [dana, luis]
    be_away(person=amara, absence=with_stand_in(luis), actor=amara, today=TODAY)
    assert (mine(luis), mine(dana)) == ([rosas], [])


def test_what_a_stand_in_may_no_longer_read_is_the_supervisors(
    rosas: FollowUp, rosa_case: Case, amara: User, dana: User, luis: User
) -> None:
    shared = CaseClinician.objects.create(case=rosa_case, clinician=luis, is_lead=False)
    be_away(person=amara, absence=with_stand_in(luis), actor=amara, today=TODAY)
    shared.until_on = TODAY
    shared.save()
    assert (mine(luis), mine(dana)) == ([], [rosas])


@pytest.mark.parametrize("why", ["away too", "left"])
def test_a_stand_in_who_is_not_there_loses_nothing(
    why: str, rosas: FollowUp, rosa_case: Case, amara: User, dana: User, luis: User
) -> None:
    CaseClinician.objects.create(case=rosa_case, clinician=luis, is_lead=False)
    be_away(person=amara, absence=with_stand_in(luis), actor=amara, today=TODAY)
    if why == "left":
        User.objects.filter(pk=luis.pk).update(is_active=False)
    else:
        be_away(person=luis, absence=WEEK, actor=luis, today=TODAY)
    assert mine(dana) == [rosas]


def test_without_a_supervisor_the_desk_calls_and_reads_no_more_than_before(
    rosas: FollowUp, rosa: Client, rosa_case: Case, amara: User, desk: User
) -> None:
    User.objects.filter(pk=amara.pk).update(supervisor=None)
    be_away(person=amara, absence=WEEK, actor=amara, today=TODAY)
    assert mine(desk) == [rosas]
    install_shipped()
    open_follow_up(client=rosa, case=rosa_case, protocol_code=ProtocolCode.AT_RISK, actor=amara, now=NOON)
    [row] = present_rows(desk, mine(desk), now=NOON)
    assert row.is_walled
    assert row.protocol_name == ""


def test_a_day_off_in_the_calendar_counts_and_ends_when_it_is_taken_back(
    rosas: FollowUp, amara: User, dana: User
) -> None:
    absent_day(clinician=amara, on=TODAY, zone=PRACTICE_ZONE, reason="Ill", actor=dana, now=NOON)
    assert mine(dana) == [rosas]
    assert mine(dana, TODAY + timedelta(days=1)) == []
    [row] = present_rows(dana, [rosas_with_people()], now=NOON)
    assert row.back_on == TODAY + timedelta(days=1)
    cancel_time_off(time_off=TimeOff.objects.get(ends_at__gt=NOON), actor=dana, now=NOON)
    assert mine(dana) == []


def test_the_desks_people_stand_in_for_one_another(
    rosas: FollowUp, amara: User, desk: User, practice: Practice
) -> None:
    sam = User.objects.create_user("sam@lakeside.example", "x", name="Sam", roles=[Role.FRONT_DESK])
    reassign(follow_up=rosas, owner=desk, actor=amara, now=NOON)
    assert list(possible_stand_ins(desk)) == [sam]
    assert mine(sam) == []
    be_away(person=desk, absence=with_stand_in(sam), actor=desk, today=TODAY)
    assert mine(sam) == [rosas]


def test_days_have_to_make_sense_and_who_sees_no_client_has_none(
    amara: User, admin_user: User, practice: Practice
) -> None:
    for wrong in (
        Absence(away_from=TODAY, away_until=TODAY),
        Absence(away_from=TODAY - timedelta(days=9), away_until=TODAY),
        Absence(away_from=TODAY, away_until=TODAY + timedelta(days=400)),
    ):
        with pytest.raises(ValidationError):
            be_away(person=amara, absence=wrong, actor=amara, today=TODAY)
    with pytest.raises(PermissionDenied):
        be_away(person=admin_user, absence=WEEK, actor=admin_user, today=TODAY)


def test_somebody_elses_absence_is_not_ones_to_say(amara: User, luis: User) -> None:
    with pytest.raises(PermissionDenied):
        be_away(person=amara, absence=WEEK, actor=luis, today=TODAY)


def test_a_list_costs_the_same_with_one_and_with_many_who_are_away(
    missed: Missed, rosa_case: Case, rosa: Client, field_case: Case, maya: Client, jonah: Client,
    amara: User, dana: User,
) -> None:  # fmt: skip
    def cost() -> int:
        reconcile(now=NOON)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = follow_ups_visible_to(dana).owned_by(dana, today=TODAY, zone=PRACTICE_ZONE)
            assert present_rows(dana, found.with_people(), now=NOON)
        return len(asked)

    missed(rosa_case, rosa)
    be_away(person=amara, absence=WEEK, actor=amara, today=TODAY)
    with_one = cost()
    missed(field_case, maya, at="11:00")
    assert cost() == with_one
    assert with_one <= 6
