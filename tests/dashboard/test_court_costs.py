"""What the pages about court orders cost: as many queries with six rows as with one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import get_practice
from clients.disclosing import BasisDetails, record_basis
from clients.mandates import MandateDetails, record_mandate
from clients.models import Case, CaseMember, Mandate
from followups.court import Report, disclose, grant_exception
from followups.models import FollowUp
from followups.services import AttemptDetails, log_attempt, open_follow_up
from tests.conftest import case_of, person

Count = Callable[[User, str], int]
ALSO_TRIED = AttemptDetails(channel="call", result="no_answer")


@pytest.fixture
def count(client: Browser) -> Count:
    """How many queries a page costs somebody, once the process is warm."""

    def counted(user: User, url: str) -> int:
        client.force_login(user)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    return counted


def order_for(case: Case, actor: User) -> Mandate:
    """An order whose next report is due in three days, and the follow-up that it leads."""
    now = timezone.now()
    mandate = record_mandate(
        case=case,
        client=case.clients.get(),
        details=MandateDetails(order_reference="26-CF-7"),
        due_on=(get_practice().today(now) + timedelta(days=3),),
        actor=actor,
    )
    open_follow_up(client=mandate.client, case=case, protocol_code="court_mandated", actor=actor, now=now)
    return mandate


def test_lists_cost_the_same_with_one_order_and_with_six(rosa_case: Case, amara: User, count: Count) -> None:
    order_for(rosa_case, amara)
    lists = (reverse("dashboard:follow-ups"), reverse("dashboard:today"), reverse("api:follow-ups"))
    few = [count(amara, url) for url in lists]
    for number in range(5):
        order_for(case_of(amara, Case.Kind.INDIVIDUAL, person("Ann", f"A{number}", 300 + number)), amara)
    assert [count(amara, url) for url in lists] == few


def test_order_costs_the_same_with_one_of_everything_and_with_six(
    rosa_case: Case, amara: User, dana: User, count: Count
) -> None:
    mandate = order_for(rosa_case, amara)
    add_a_day_with_everything(mandate, amara, dana, number=1)
    url = reverse("dashboard:mandate", args=[mandate.public_id])
    few = count(dana, url)
    for number in range(2, 7):
        add_a_day_with_everything(mandate, amara, dana, number=number)
    assert count(dana, url) == few


def test_follow_up_costs_the_same_with_one_attempt_and_with_six(
    rosa_case: Case, amara: User, count: Count
) -> None:
    order_for(rosa_case, amara)
    follow_up = FollowUp.objects.get()
    log_attempt(follow_up=follow_up, attempt=ALSO_TRIED, actor=amara, now=timezone.now())
    pages = [reverse(name, args=[follow_up.public_id]) for name in ("dashboard:follow-up", "api:follow-up")]
    few = [count(amara, url) for url in pages]
    for _ in range(5):
        log_attempt(follow_up=follow_up, attempt=ALSO_TRIED, actor=amara, now=timezone.now())
    assert [count(amara, url) for url in pages] == few


def test_case_costs_the_same_with_one_order_and_with_six(rosa_case: Case, amara: User, count: Count) -> None:
    order_for(rosa_case, amara)
    url = reverse("dashboard:case", args=[rosa_case.public_id])
    few = count(amara, url)
    for number in range(5):
        member = CaseMember.objects.create(
            case=rosa_case,
            client=person("Bo", f"B{number}", 400 + number),
            joined_on=get_practice().today(timezone.now()),
        )
        details = MandateDetails(order_reference=f"26-CF-{number}")
        record_mandate(case=rosa_case, client=member.client, details=details, actor=amara)
    assert count(amara, url) == few


def add_a_day_with_everything(mandate: Mandate, clinician: User, supervisor: User, *, number: int) -> None:
    """A consent, a day with a supervisor's exception, and a report that went for another."""
    now = timezone.now()
    today = get_practice().today(now)
    details = BasisDetails(
        kind="consent", discloser="Lakeside", recipient="Pat Lowell", purpose="Reports",
        signed_on=today, expires_on=today + timedelta(days=90),
    )  # fmt: skip
    record_basis(mandate=mandate, details=details, actor=clinician, now=now)
    day = mandate.reporting_dates.create(due_on=today + timedelta(days=10 + number))
    grant_exception(reporting_date=day, because="The hearing is then.", actor=supervisor, now=now)
    disclose(mandate=mandate, report=Report(kind="routine"), actor=clinician, now=now)
