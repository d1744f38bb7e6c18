"""What is walled off (row 1.7, design "Who may see what") stays so in the API."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from clients.models import Barrier, Case, Client, Mandate, SafeContact
from clients.services import set_away
from followups.services import open_follow_up
from followups.standing_in import Absence, be_away
from sessions_app.models import TherapySession
from tests.api.conftest import Caller
from tests.conftest import NOW

Book = Callable[..., TherapySession]


def test_the_desk_reads_no_mandate(
    as_user: Caller, desk: User, amara: User, dana: User, rosa: Client, rosa_case: Case
) -> None:
    Mandate.objects.create(case=rosa_case, client=rosa, order_reference="24-CF-881")
    address = f"/api/v1/cases/{rosa_case.public_id}/"
    for reader in (amara, dana):
        assert (
            as_user(reader).get(address).json()["clinical"]["mandates"][0]["order_reference"] == "24-CF-881"
        )
    hidden = as_user(desk).get(address)
    assert hidden.json()["clinical"] is None
    assert "24-CF-881" not in hidden.content.decode()


def test_why_somebody_is_away_or_unsafe_to_reach_is_for_clinicians(
    as_user: Caller, desk: User, amara: User, rosa: Client, rosa_case: Case
) -> None:
    set_away(client=rosa, away_from=date(2026, 11, 1), away_until=None, reason="jail", actor=amara)
    SafeContact.objects.create(client=rosa, level="call_only", reason="He reads her phone")
    address = f"/api/v1/clients/{rosa.public_id}/"
    hers, theirs = as_user(amara).get(address).json(), as_user(desk).get(address)
    assert (hers["away_reason"], hers["safe_contacts"][0]["reason"]) == ("jail", "He reads her phone")
    assert theirs.json()["away_from"] == "2026-11-01"
    assert theirs.json()["safe_contacts"][0]["level"] == "call_only"
    assert "jail" not in theirs.content.decode()
    assert "reads her phone" not in theirs.content.decode()


def test_the_desk_writes_what_got_in_the_way_and_cannot_read_it_back(
    as_user: Caller, desk: User, amara: User, book: Book, rosa_case: Case
) -> None:
    Barrier.objects.get_or_create(code="anxiety", defaults={"group": "emotional", "label": "Anxiety"})
    participant = book(rosa_case, at="08:00").participants.get()
    address = f"/api/v1/participants/{participant.public_id}/"
    sent = {"outcome": "no_show", "barriers": ["anxiety"]}
    recorded = as_user(desk).put(f"{address}attendance/", sent)
    assert recorded.status_code == 200, recorded.json()
    assert recorded.json()["barriers"] is None
    assert as_user(amara).get(address).json()["barriers"] == ["anxiety"]


def test_a_clients_words_are_written_by_the_desk_and_read_by_clinicians(
    as_user: Caller, desk: User, amara: User, rosa: Client, rosa_case: Case
) -> None:
    follow_up = open_follow_up(
        client=rosa, case=rosa_case, protocol_code="repeated_no_shows", actor=amara, now=NOW
    )
    address = f"/api/v1/follow-ups/{follow_up.public_id}/attempts/"
    sent = {"channel": "call", "result": "reached", "client_words": "I was ashamed"}
    logged = as_user(desk).post(address, sent)
    assert logged.status_code == 201, logged.json()
    assert "ashamed" not in logged.content.decode()
    assert "ashamed" not in as_user(desk).get(address).content.decode()
    assert as_user(amara).get(address).json()[0]["client_words"] == "I was ashamed"


def test_the_cause_of_a_sensitive_follow_up_is_not_the_desks(
    as_user: Caller, desk: User, amara: User, rosa: Client, rosa_case: Case
) -> None:
    follow_up = open_follow_up(client=rosa, case=rosa_case, protocol_code="at_risk", actor=amara, now=NOW)
    seen = as_user(desk).get("/api/v1/follow-ups/").json()["results"][0]
    assert seen["protocol_name"] == ""
    shown = as_user(desk).get(f"/api/v1/follow-ups/{follow_up.public_id}/")
    assert "ellbeing" not in shown.content.decode()
    assert as_user(amara).get("/api/v1/follow-ups/").json()["results"][0]["protocol_name"] == "Wellbeing"
    closing = f"/api/v1/follow-ups/{follow_up.public_id}/closure/"
    assert as_user(desk).post(closing, {"because": "Spoke with them"}).status_code == 403


def test_while_a_colleague_is_away_theirs_are_among_ones_own_with_the_day_they_are_back(
    as_user: Caller, amara: User, dana: User, luis: User, rosa: Client, rosa_case: Case
) -> None:
    open_follow_up(client=rosa, case=rosa_case, protocol_code="at_risk", actor=amara, now=NOW)
    mine = "/api/v1/follow-ups/?mine=true"
    assert as_user(dana).get(mine).json()["results"] == []
    # The API asks by its own clock.
    today = timezone.localdate()
    week = Absence(away_from=today - timedelta(days=1), away_until=today + timedelta(days=7))
    be_away(person=amara, absence=week, actor=amara, today=today)
    [seen] = as_user(dana).get(mine).json()["results"]
    assert (seen["owner_name"], seen["owner_back_on"]) == (amara.name, f"{week.away_until}")
    assert as_user(luis).get(mine).json()["results"] == []


def test_a_clinician_sees_only_their_own_cases_of_a_shared_client(
    as_user: Caller, amara: User, luis: User, maya: Client, field_case: Case
) -> None:
    """Maya is in a couple with Amara and alone with Luis: neither learns of the other."""
    theirs = Case.objects.create(kind="individual", opened_on=date(2026, 1, 5))
    theirs.case_clinicians.create(clinician=luis)
    theirs.members.create(client=maya, joined_on=date(2026, 1, 5))
    address = f"/api/v1/clients/{maya.public_id}/"
    for reader, case in ((amara, field_case), (luis, theirs)):
        assert [c["id"] for c in as_user(reader).get(address).json()["cases"]] == [str(case.public_id)]
    found = as_user(luis).get(f"/api/v1/clients/?case={field_case.public_id}").json()
    assert found["results"] == []


def test_how_far_somebody_has_come_is_for_clinicians_and_the_desk_reads_who_takes_part(
    as_user: Caller, desk: User, amara: User, jonah: Client, field_case: Case
) -> None:
    field_case.members.filter(client=jonah).update(engagement="resists")
    for address in (f"/api/v1/cases/{field_case.public_id}/", "/api/v1/cases/"):
        assert "resists" in as_user(amara).get(address).content.decode()
        shown = as_user(desk).get(address)
        assert "resists" not in shown.content.decode()
        assert '"takes_part":false' in shown.content.decode().replace(" ", "")
    client = f"/api/v1/clients/{jonah.public_id}/"
    assert "resists" in as_user(amara).get(client).content.decode()
    assert "resists" not in as_user(desk).get(client).content.decode()
