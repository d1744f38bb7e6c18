"""Coming together through the API: the same verbs and the same walls as the pages."""

from collections.abc import Callable
from datetime import timedelta

from accounts.models import User
from clients.models import Case, Client
from clients.protection import ASK_THE_CLINICIAN
from clients.screening import take_screen
from sessions_app.models import TherapySession
from sessions_app.services import mark_arrived
from tests.api.conftest import Caller
from tests.conftest import NOW

Book = Callable[..., TherapySession]
TOGETHER = "/api/v1/cases/{}/together/"


def safe(*clients: Client, actor: User) -> None:
    for client in clients:
        take_screen(client=client, result="safe", words="", was_alone=True, actor=actor, now=NOW)


def test_what_comes_first_and_an_invitation_from_draft_to_given(
    as_user: Caller, amara: User, field_case: Case, maya: Client, jonah: Client
) -> None:
    caller, member = as_user(amara), field_case.members.get(client=jonah)
    engagement = f"/api/v1/members/{member.public_id}/engagement/"
    shown = caller.put(engagement, {"engagement": "hesitant"}, format="json").json()
    assert (shown["first"], shown["invitations"]) == ("ask_each_alone", [])
    assert [one["changes"][0]["engagement"] for one in shown["members"] if one["changes"]] == ["hesitant"]

    sent = {"asker": str(maya.public_id), "words": "Maya asked me to invite you. It is fine to say no."}
    new = f"/api/v1/members/{member.public_id}/invitations/"
    assert caller.post(new, sent, format="json").status_code == 422  # the screen comes first
    safe(maya, jonah, actor=amara)
    assert caller.get(TOGETHER.format(field_case.public_id)).json()["first"] == "joint_sessions"
    draft = caller.post(new, sent, format="json")
    assert draft.status_code == 201, draft.json()
    address = f"/api/v1/invitations/{draft.json()['id']}/"
    assert caller.post(f"{address}giving/").status_code == 422
    approval = {"how": "signed", "approved_as": "Maya Field", "imprint": "another"}
    assert caller.post(f"{address}approval/", approval, format="json").status_code == 409
    caller.post(f"{address}approval/", approval | {"imprint": draft.json()["imprint"]}, format="json")
    assert caller.post(f"{address}giving/").json()["given_at"]
    take_screen(
        client=jonah, result="unsafe", words="", was_alone=True, actor=amara, now=NOW + timedelta(hours=1)
    )
    assert caller.get(address).status_code == 422
    assert "asked me to invite" not in caller.get(TOGETHER.format(field_case.public_id)).content.decode()


def test_another_way_is_kept_until_its_day(
    as_user: Caller, amara: User, field_case: Case, jonah: Client
) -> None:
    caller, member = as_user(amara), field_case.members.get(client=jonah)
    sent = {"kind": "own_therapy", "revisit_on": "2026-12-01", "was_asked_for": True}
    noted = caller.post(f"/api/v1/members/{member.public_id}/later-options/", sent, format="json")
    assert noted.status_code == 201, noted.json()
    address = f"/api/v1/later-options/{noted.json()['id']}/"
    assert caller.put(address, {"revisit_on": "2026-11-16"}, format="json").status_code == 422
    assert (
        caller.put(address, {"revisit_on": "2026-12-08"}, format="json").json()["revisit_on"] == "2026-12-08"
    )
    assert caller.patch(address, {"state": "taken_up"}, format="json").json()["state"] == "taken_up"


def test_what_each_said_is_noted_and_the_funnel_is_read(
    as_user: Caller, amara: User, dana: User, field_case: Case, maya: Client, jonah: Client, book: Book
) -> None:
    session = book(field_case)
    for one in session.participants.all():
        mark_arrived(participant=one, actor=None, now=NOW)
    address = f"/api/v1/participants/{session.participants.get(client=maya).public_id}/joint-part/"
    sent = {"wishes": "An evening a week", "shareable": ["wishes"], "understanding": 6}
    noted = as_user(amara).put(address, sent, format="json")
    assert (noted.status_code, noted.json()["shareable"]) == (200, ["wishes"])
    assert as_user(amara).get(address).json()["understanding"] == 6
    assert as_user(dana).get(address).status_code == 403
    assert as_user(amara).get("/api/v1/joint-funnel/").json()[0]["invited"] == 0


def test_an_order_refuses_the_two_together_and_the_desk_reads_whom_to_ask(
    as_user: Caller, amara: User, desk: User, field_case: Case, maya: Client, jonah: Client, book: Book
) -> None:
    booked = book(field_case)
    address = f"/api/v1/clients/{maya.public_id}/protective-orders/"
    sent = {"other": str(jonah.public_id), "reference": "26-PO-3"}
    assert as_user(amara).post(address, sent, format="json").status_code == 201
    moved = as_user(desk).post(
        f"/api/v1/sessions/{booked.public_id}/rescheduling/",
        {"on": "2026-11-20", "at": "10:00"},
        format="json",
    )
    assert moved.status_code == 422
    assert ASK_THE_CLINICIAN in moved.content.decode()
    assert "rotective" not in moved.content.decode()
    [order] = as_user(amara).get(address).json()
    ended = as_user(amara).delete(f"/api/v1/protective-orders/{order['id']}/").json()
    assert ended[0]["ended_at"]
