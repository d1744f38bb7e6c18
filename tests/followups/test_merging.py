"""Two records of one person become one, and can be parted again."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404

from accounts.models import User
from attendance.services import Seen, record_outcome
from clients import doubles
from clients.access import get_client
from clients.doubles import doubles_of, likely_doubles, look_for_doubles
from clients.merging import differing
from clients.models import Case, Client, ClientMerge, Consent, ContactPoint, ProtectiveOrder
from clients.services import (
    ContactDetails,
    add_contact_point,
    add_guardian,
    set_safe_contact,
    stop_messages,
    withdraw_consent,
)
from followups.merging import BELONGINGS, merge_clients, part_clients, refusals
from followups.services import open_follow_up
from importing.known import Known
from reminders.models import InboundMessage
from sessions_app.models import TherapySession
from tests.conftest import NOW, case_of, person

Book = Callable[..., TherapySession]
# Queues that the workers empty, and the pointer of a merged record itself.
ELSEWHERE = {
    "followups.news.client", "reminders.planningnews.client", "clients.client.merged_into",
    "clients.clientmerge.kept", "clients.clientmerge.gone",
}  # fmt: skip


@pytest.fixture
def double(rosa: Client, luis: User) -> Client:
    """Rosa again, entered a second time with a slip, and a case with Luis."""
    client = person("Rosa", "Mendez", 190, born_on=date(1990, 5, 2))
    case_of(luis, Case.Kind.INDIVIDUAL, client)
    return client


def state_of(*clients: Client) -> dict[str, Any]:
    """Every row of these people, as it stands."""
    found: dict[str, Any] = {
        f"{one.key}:{client.pk}": list(one.of(client).values()) for one in BELONGINGS for client in clients
    }
    found["facts"] = list(Client.objects.filter(pk__in=[one.pk for one in clients]).order_by("pk").values())
    found["consents"] = list(Consent.objects.order_by("pk").values())
    return found


def test_whatever_names_a_client_moves_or_is_known_to_stay() -> None:
    """A new row that belongs to a person is declared in its room's `moving.py`, or here."""
    naming = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and not model.__name__.endswith("Event")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Client
    }
    assert naming == {one.key for one in BELONGINGS} | ELSEWHERE


def test_everything_of_one_record_is_the_others(
    rosa: Client, rosa_case: Case, double: Client, desk: User, luis: User, amara: User, book: Book
) -> None:
    his = book(double.cases.get(), clinicians=(luis,), room=None)
    book(rosa_case, at="14:00")
    record_outcome(
        participant=his.participants.get(),
        seen=Seen(outcome="no_show", source="board"),
        actor=desk,
        now=NOW + timedelta(hours=3),
    )
    follow_up = open_follow_up(
        client=double, case=double.cases.get(), protocol_code="single_missed", actor=luis, now=NOW
    )
    merge = merge_clients(gone=double, kept=rosa, chosen=("family_name",), actor=desk, now=NOW)
    rosa.refresh_from_db()
    follow_up.refresh_from_db()
    assert (rosa.family_name, rosa.born_on, rosa.birth_year) == ("Mendez", date(1990, 5, 2), 1990)
    assert rosa.cases.count() == 2
    assert rosa.participations.count() == 2
    assert follow_up.client == rosa
    assert {one.address for one in rosa.contact_points.all()} >= {"+13125550190", "+13125550101"}
    for one in BELONGINGS:
        assert not one.of(double).exists() or merge.journal["left"].get(one.key), one.key
    assert Client.objects.visible_to(desk).search("rosa").count() == 1


def test_parting_restores_both_records_exactly(
    rosa: Client, rosa_case: Case, double: Client, desk: User, amara: User, luis: User, book: Book
) -> None:
    book(double.cases.get(), clinicians=(luis,), room=None)
    add_contact_point(client=double, details=ContactDetails(kind="phone", address="+13125550101"), actor=desk)
    set_safe_contact(client=double, level="discreet", reason="Her brother", actor=amara)
    withdraw_consent(contact=double.contact_points.first(), purpose="outreach", actor=desk, now=NOW)  # type: ignore[arg-type]
    guardian = person("Gina", "Mendes", 198)
    for minor in (rosa, double):
        add_guardian(
            minor=minor,
            guardian=guardian,
            relation="",
            may_receive=minor == rosa,
            may_consent=True,
            actor=desk,
        )
    before = state_of(rosa, double)
    merge = merge_clients(gone=double, kept=rosa, chosen=("family_name",), actor=desk, now=NOW)
    assert state_of(rosa, double) != before
    part_clients(merge=merge, actor=desk, now=NOW + timedelta(days=29))
    assert state_of(rosa, double) == before


def test_what_was_added_meanwhile_follows_its_case(
    rosa: Client, rosa_case: Case, double: Client, desk: User, luis: User, book: Book
) -> None:
    case = double.cases.get()
    merge = merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    later = book(case, clinicians=(luis,), room=None)
    hers = book(rosa_case, at="14:00")
    assert later.participants.get().client == rosa
    new = add_contact_point(
        client=rosa, details=ContactDetails(kind="phone", address="+13125550177"), actor=desk
    )
    part_clients(merge=merge, actor=desk, now=NOW + timedelta(days=1))
    assert later.participants.get().client == double
    assert hers.participants.get().client == rosa
    new.refresh_from_db()
    assert new.client == rosa


def test_what_came_by_an_address_goes_back_with_it(
    rosa: Client, double: Client, desk: User, amara: User
) -> None:
    """What one of two people wrote is not for the other's record."""
    theirs, hers = (one.contact_points.filter(kind="phone").get() for one in (double, rosa))
    merge = merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    set_safe_contact(client=rosa, level="discreet", reason="", actor=amara, contact=theirs)
    wrote = [
        InboundMessage.objects.create(
            provider_id=sender.address, from_address=sender.address, kind="free", client=rosa, received_at=NOW
        )
        for sender in (theirs, hers)
    ]
    part_clients(merge=merge, actor=desk, now=NOW)
    for one in (*wrote, merge):
        one.refresh_from_db()
    assert [one.client for one in wrote] == [double, rosa]
    assert theirs.safe_contacts.get().client == double
    assert merge.journal["went"] == {"clients.safecontact.client": 1, "reminders.inboundmessage.client": 1}
    assert merge.journal["stayed"] == {"reminders.inboundmessage.client": 1}


def test_another_year_of_birth_is_chosen_and_not_overwritten(
    rosa: Client, double: Client, desk: User
) -> None:
    Client.objects.filter(pk=rosa.pk).update(birth_year=1985, born_on=None)
    rosa.refresh_from_db()
    assert differing(double, rosa) == ["family_name", "birth_year"]
    merge = merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    rosa.refresh_from_db()
    assert (rosa.born_on, rosa.birth_year) == (None, 1985)
    part_clients(merge=merge, actor=desk, now=NOW)
    merge_clients(gone=double, kept=rosa, chosen=("birth_year",), actor=desk, now=NOW)
    rosa.refresh_from_db()
    assert (rosa.born_on, rosa.birth_year) == (date(1990, 5, 2), 1990)


def test_a_later_correction_outlives_the_parting(rosa: Client, double: Client, desk: User) -> None:
    merge = merge_clients(gone=double, kept=rosa, chosen=("family_name",), actor=desk, now=NOW)
    Client.objects.filter(pk=rosa.pk).update(family_name="Mendoza")
    part_clients(merge=merge, actor=desk, now=NOW)
    rosa.refresh_from_db()
    assert (rosa.family_name, rosa.born_on) == ("Mendoza", None)
    merge.refresh_from_db()
    assert merge.journal["corrected"] == ["family_name"]


def test_the_stricter_word_wins_at_an_address_that_both_have(
    rosa: Client, double: Client, desk: User, amara: User
) -> None:
    details = ContactDetails(kind="phone", address="+13125550101", may_text=False, is_discreet=True)
    same = add_contact_point(client=double, details=details, actor=desk)
    set_safe_contact(client=double, level="do_not_contact", reason="", actor=amara, contact=same)
    merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    ours = ContactPoint.objects.get(client=rosa, address="+13125550101", ended_at=None)
    assert (ours.may_text, ours.is_discreet) == (False, True)
    assert ours.safe_contacts.get().level == "do_not_contact"
    assert ours.consents.filter(withdrawn_at=None).exists()


def test_who_refused_messages_in_one_record_refused_them(rosa: Client, double: Client, desk: User) -> None:
    stop_messages(client=double, actor=desk, now=NOW)
    merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    assert not Consent.objects.filter(contact_point__client=rosa, withdrawn_at=None).exists()


def test_two_people_are_not_merged_and_it_says_why(
    field_case: Case,
    maya: Client,
    jonah: Client,
    rosa: Client,
    double: Client,
    desk: User,
    amara: User,
    book: Book,
) -> None:
    book(field_case)
    said = " ".join(refusals(maya, jonah))
    assert "Both are in one case" in said
    assert "Both were expected at one session" in said
    add_guardian(minor=rosa, guardian=double, relation="", may_receive=True, may_consent=True, actor=desk)
    assert "guardian" in " ".join(refusals(rosa, double))
    with pytest.raises(ValidationError, match="guardian"):
        merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)


def test_an_order_between_them_refuses_without_a_word_of_it(
    rosa: Client, double: Client, desk: User, amara: User
) -> None:
    ProtectiveOrder.objects.create(client=rosa, other=double, noted_at=NOW, noted_by=amara)
    [said] = refusals(double, rosa)
    assert "ask the clinician" in said
    assert "order" not in said
    assert likely_doubles(desk) == []


def test_two_open_follow_ups_are_not_merged(
    rosa: Client, rosa_case: Case, double: Client, desk: User, amara: User
) -> None:
    for client, case in ((rosa, rosa_case), (double, double.cases.get())):
        open_follow_up(client=client, case=case, protocol_code="single_missed", actor=amara, now=NOW)
    assert "Both have an open follow-up" in " ".join(refusals(double, rosa))


def test_only_who_may_change_both_may_merge_them(
    rosa: Client, rosa_case: Case, double: Client, amara: User, admin_user: User, desk: User
) -> None:
    with pytest.raises(Http404):
        merge_clients(gone=double, kept=rosa, actor=amara, now=NOW)
    with pytest.raises((Http404, PermissionDenied)):
        merge_clients(gone=double, kept=rosa, actor=admin_user, now=NOW)
    assert get_client(desk, rosa.public_id) == rosa


def test_parting_has_its_time_and_its_order(rosa: Client, double: Client, desk: User) -> None:
    third = person("Rosa", "Mendes", 191)
    first = merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    second = merge_clients(gone=third, kept=rosa, actor=desk, now=NOW + timedelta(hours=1))
    with pytest.raises(ValidationError, match="Part that first"):
        part_clients(merge=first, actor=desk, now=NOW)
    part_clients(merge=second, actor=desk, now=NOW)
    with pytest.raises(ValidationError, match="30 days"):
        part_clients(merge=first, actor=desk, now=NOW + timedelta(days=31))
    part_clients(merge=first, actor=desk, now=NOW + timedelta(days=30))
    with pytest.raises(ValidationError, match="already"):
        part_clients(merge=ClientMerge.objects.get(pk=first.pk), actor=desk, now=NOW)


def test_likely_doubles_are_found_and_two_people_are_not(
    rosa: Client, double: Client, field_case: Case, desk: User, amara: User
) -> None:
    ContactPoint.objects.filter(client=double, kind="email").delete()
    assert likely_doubles(desk) == []  # nearly the same name alone says nothing
    Client.objects.filter(pk=rosa.pk).update(born_on=date(1990, 5, 2), birth_year=1990)
    [found] = likely_doubles(desk)
    assert {found.one, found.other} == {rosa, double}
    assert likely_doubles(amara) == []  # the other one is not hers to see
    same = person("Rosa", "Mendes", 192, born_on=date(1971, 1, 1), birth_year=1971)
    assert len(likely_doubles(desk)) == 1  # born in another year
    assert doubles_of(desk, same) == []
    assert doubles_of(desk, rosa) == [double]
    assert doubles_of(desk, double) == [rosa]
    assert doubles_of(amara, rosa) == []


def test_a_large_practice_is_shown_what_the_worker_found(
    rosa: Client, double: Client, desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has happened since is looked at again; who came since waits for the next time."""
    Client.objects.filter(pk=rosa.pk).update(born_on=date(1990, 5, 2), birth_year=1990)
    assert look_for_doubles() == 0  # a small one is asked at once
    monkeypatch.setattr(doubles, "COMPARED_AT_ONCE", -2)
    assert look_for_doubles() == 1
    assert len(likely_doubles(desk)) == 1
    third = person("Rosa", "Mendes", 193, born_on=date(1990, 5, 2))
    assert len(likely_doubles(desk)) == 1
    assert set(doubles_of(desk, third)) == {rosa, double}
    merge = merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    assert likely_doubles(desk) == []
    part_clients(merge=merge, actor=desk, now=NOW)
    assert likely_doubles(desk) == []  # somebody has looked, and said that they are two


def test_two_who_were_parted_are_offered_no_more(rosa: Client, double: Client, desk: User) -> None:
    Client.objects.filter(pk=rosa.pk).update(born_on=date(1990, 5, 2), birth_year=1990)
    merge = merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    part_clients(merge=merge, actor=desk, now=NOW)
    assert likely_doubles(desk) == []
    assert doubles_of(desk, rosa) == []


def test_the_old_systems_number_leads_to_the_kept_record(rosa: Client, double: Client, desk: User) -> None:
    Client.objects.filter(pk=double.pk).update(external_id="C-2")
    merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    assert Known.load(now=NOW).clients["C-2"].pk == rosa.pk
