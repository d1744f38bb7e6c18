"""Fees through the API: the same locks and the same walls as on the pages (row 3.5)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from accounts.models import User
from attendance.models import FeeTerms
from clients.models import Case, Client
from followups.fees import TermsDetails, write_terms
from sessions_app.models import Participant, TherapySession
from tests.api.conftest import Caller
from tests.followups.conftest import NOON
from tests.followups.missing import missed_and_called


@pytest.fixture(autouse=True)
def _in_the_afternoon() -> Iterator[None]:
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def terms(practice: object, admin_user: User) -> FeeTerms:
    details = TermsDetails(
        missed_amount=Decimal(40),
        late_amount=None,
        free_absences=0,
        words="A missed session costs 40 dollars.",
        words_es="",
        in_force_from=date(2026, 11, 9),
    )
    return write_terms(details=details, actor=admin_user, now=NOON - timedelta(days=7))


@pytest.fixture
def missed_today(
    rosa_case: Case, rosa: Client, amara: User, book: Callable[..., TherapySession]
) -> Participant:
    session = book(rosa_case, on=NOON.date(), at="10:00", now=NOON - timedelta(days=7))
    return missed_and_called(session, rosa, amara)


def test_api_has_the_same_locks_and_the_same_walls(
    as_user: Caller,
    terms: FeeTerms,
    missed_today: Participant,
    rosa: Client,
    amara: User,
    desk: User,
) -> None:
    of_rosa, of_today = (
        f"/api/v1/clients/{rosa.public_id}/fees/",
        f"/api/v1/participants/{missed_today.public_id}/fee/",
    )
    refused = as_user(amara).put(of_today, {"decision": "charged"}, format="json")
    assert refused.status_code == 422
    assert "not told beforehand" in refused.content.decode()
    noted = {"in_force_from": "2026-11-09", "how": "said", "told_on": "2026-11-10"}
    assert as_user(desk).post(f"{of_rosa}told/", noted, format="json").status_code == 200
    charged = as_user(amara).put(of_today, {"decision": "charged"}, format="json")
    assert charged.json()["absences"][0]["charged"] == "40.00"
    waived = as_user(amara).put(of_today, {"decision": "waived", "because": "Illness"}, format="json")
    assert waived.json()["absences"][0]["because"] == "Illness"
    at_the_desk = as_user(desk).get(of_rosa).json()["absences"][0]
    assert (at_the_desk["decision"], at_the_desk["because"], at_the_desk["lock"]) == ("waived", "", "")
    exempt = as_user(desk).put(f"{of_rosa}exemption/", {"because": "payer"}, format="json")
    assert exempt.json()["exempt_because"] == "payer"
    assert as_user(desk).delete(f"{of_rosa}exemption/").json()["exempt_because"] == ""
