"""Every address of the URLconf, and the things of the cast that an address can name."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from accounts.services import create_token
from attendance.models import Concern, FallbackUse
from clients.models import (
    AwaySupport,
    Barrier,
    Case,
    CaseMember,
    CheckInPlan,
    Client,
    ClientMerge,
    ProtectiveOrder,
    RecordRequest,
    Resource,
    Strategy,
    StressPeriod,
)
from clients.moving import Journal
from followups.models import MissPattern, WellbeingConcern
from followups.repeated import ask_supervisor
from followups.services import open_follow_up
from followups.wellbeing import raise_wellbeing_concern
from importing.bringing import receive_files
from reminders.models import (
    InboundKind,
    InboundMessage,
    Message,
    ProviderAgreement,
    Purpose,
    ReminderRule,
    Trial,
)
from sessions_app.models import Availability, Closure, Location, Room, Service, TherapySession, TimeOff
from sessions_app.services import Wish, add_to_waitlist, cancel_session, make_offer
from tests.access_table import Route
from tests.conftest import NOW, case_of, held_time_of, person

Things = dict[str, UUID]


class Address(NamedTuple):
    """One pattern of the URLconf."""

    name: str
    pattern: str
    parts: tuple[str, ...]


def addresses(resolver: URLResolver, space: str = "", before: str = "") -> Iterator[Address]:
    for found in resolver.url_patterns:
        pattern = before + str(found.pattern)
        if isinstance(found, URLPattern):
            parts = (*found.pattern.converters, *found.pattern.regex.groupindex)
            yield Address(f"{space}{found.name}", pattern, tuple(dict.fromkeys(parts)))
        else:
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from addresses(found, inner, pattern)


ADDRESSES = list(addresses(get_resolver()))


def path_of(route: Route, things: Things) -> str:
    """The address with the thing that it names in it."""
    [address] = [address for address in ADDRESSES if address.name == route.name]
    parts = dict(route.parts)
    missing = [part for part in address.parts if part not in parts]
    if route.of:
        assert len(missing) == 1, f"{route.name}: say in `parts` what {missing} are."
        parts[missing[0]] = things[route.of]
    parts = {name: things.get(of, of) for name, of in parts.items()}
    return reverse(route.name, kwargs=parts)


@pytest.fixture
def things(named_things: Mapping[str, Any]) -> Things:
    """What an address can name."""
    return {name: thing.public_id for name, thing in named_things.items()}


@pytest.fixture
def named_things(
    rosa: Client,
    rosa_case: Case,
    quinn_case: Case,
    amara: User,
    luis: User,
    admin_user: User,
    place: Location,
    room: Room,
    service: Service,
    book: Callable[..., TherapySession],
) -> Mapping[str, Any]:
    """Things of Amara's caseload, and a few of Luis's own."""
    session, his_session = book(rosa_case), book(quinn_case, room=None)
    token, _ = create_token(user=amara, name="calendar", actor=amara)
    follow_up = open_follow_up(
        client=rosa, case=rosa_case, protocol_code="single_missed", actor=amara, now=NOW
    )
    message = Message.objects.create(
        purpose=Purpose.STAFF,
        subject_id=rosa.public_id,
        recipient=rosa,
        session=session,
        words="See you on Monday.",
        priority=2,
        due_at=NOW,
        not_before=NOW,
        expires_at=NOW + timedelta(hours=2),
    )
    inbound = InboundMessage.objects.create(
        provider_id="SM1",
        from_address="+13125550101",
        body="Running late",
        kind=InboundKind.FREE,
        received_at=NOW,
        client=rosa,
    )
    his_inbound = InboundMessage.objects.create(
        provider_id="SM2",
        from_address="+13125550121",
        body="Running late",
        kind=InboundKind.FREE,
        received_at=NOW,
        client=quinn_case.clients.first(),
    )
    contact_point = rosa.contact_points.first()
    participant = session.participants.first()
    member = rosa_case.members.first()
    guardianship = rosa.guardianships.create(guardian=person("Gina", "Mendes", 198))
    assert contact_point
    assert participant
    assert member
    Closure.objects.create(location=place, on=date(2036, 12, 25))
    waiting = add_to_waitlist(wish=Wish(case=rosa_case, client=rosa), actor=None, now=NOW)
    freed = book(rosa_case, on=date(2036, 12, 22))
    cancel_session(session=freed, by="practice", actor=None, now=NOW)
    vacancy = held_time_of(freed, NOW)
    until = NOW + timedelta(hours=2)
    offer = make_offer(vacancy=vacancy, entry=waiting, recipient=rosa, until=until, at_most=1, now=NOW)
    assert offer
    concern = Concern.objects.create(
        participant=participant, kind="other", words="Sleeps badly", raised_at=NOW, noted_by=amara
    )
    use = FallbackUse.objects.create(
        participant=participant, step="phone", used_at=NOW, used_by=amara, session_version=1,
        was_on=session.on, was_at=time(10),
    )  # fmt: skip
    support = AwaySupport.objects.create(client=rosa, words="Her sister", entered_by=amara, entered_at=NOW)
    rosa_case.contingency_plans.create(client=rosa, by_phone=True, agreed_on=NOW.date(), entered_by=amara)
    asked_how = CheckInPlan.objects.create(
        case=rosa_case, client=rosa, way="call", at=time(10), starts_on=NOW.date(), agreed_on=NOW.date(), entered_by=amara,
        effective_at=NOW,
    )  # fmt: skip
    stress = StressPeriod.objects.create(
        plan=asked_how, from_on=NOW.date(), until_on=NOW.date(), entered_by=amara
    )
    asked = RecordRequest.objects.create(case=rosa_case, client=rosa, asked_at=NOW, noted_by=amara)
    return {
        **_for_partners(member, amara),
        **_arranged(amara, place),
        **_ordered(rosa_case, rosa, amara),
        **_helped(rosa_case, rosa, amara),
        **_set_up(admin_user),
        "client": rosa,
        **_doubled(rosa, amara),
        "case": rosa_case,
        "session": session,
        "participant": participant,
        "concern": concern,
        "record_request": asked,
        "fallback_use": use,
        "away_support": support,
        "check_in_plan": asked_how,
        "stress_period": stress,
        "contact_point": contact_point,
        "member": member,
        "guardianship": guardianship,
        "token": token,
        "follow_up": follow_up,
        "pattern": MissPattern.objects.get(),
        "worry": _worry(amara),
        "consultation": ask_supervisor(follow_up=follow_up, question="How?", actor=amara, now=NOW),
        "review": follow_up.reviews.create(opened_at=NOW, opened_by=amara),
        "message": message,
        "inbound": inbound,
        "clinician": amara,
        "colleague": luis,
        "location": place,
        "room": room,
        "service": service,
        "his_inbound": his_inbound,
        "his_case": quinn_case,
        "his_member": quinn_case.members.first(),
        "his_client": quinn_case.clients.first(),
        "his_session": his_session,
        "waiting": waiting,
        "vacancy": vacancy,
        "offer": offer,
    }


def _doubled(client: Client, clinician: User) -> dict[str, Any]:
    """Another of hers, and a record that was merged into the client's."""
    ward = person("Ward", "Mendes", 194)
    case_of(clinician, Case.Kind.INDIVIDUAL, ward)
    gone = Client.objects.create(given_name="Rosie", family_name="Mendes", merged_into=client)
    merge = ClientMerge.objects.create(
        kept=client, gone=gone, merged_at=NOW, merged_by=clinician, journal=Journal().saved()
    )
    return {"ward": ward, "merge": merge}


def _worry(amara: User) -> WellbeingConcern:
    """About another of hers: it would take Rosa's follow-up over."""
    wanda = person("Wanda", "Low", 196)
    case = case_of(amara, Case.Kind.INDIVIDUAL, wanda)
    return raise_wellbeing_concern(client=wanda, case=case, words="Low", actor=amara, now=NOW)


def _arranged(amara: User, place: Location) -> dict[str, Any]:
    """What the settings name: hours, time off far ahead, a rule."""
    begins = datetime(2036, 12, 1, tzinfo=UTC)
    time_off = TimeOff.objects.create(clinician=amara, starts_at=begins, ends_at=begins + timedelta(days=1))
    time_off.occupancies.create(resource=f"clinician:{amara.pk}", during=(begins, time_off.ends_at))
    hours = Availability.objects.create(
        clinician=amara, weekday=0, starts=time(8), ends=time(9), timezone=place.timezone
    )
    return {"hours": hours, "time_off": time_off, "rule": ReminderRule.objects.first()}


def _ordered(case: Case, client: Client, clinician: User) -> dict[str, Any]:
    """What a court has ordered, and when it expects to hear."""
    mandate = case.mandates.create(client=client, order_reference="26-CF-7")
    basis = mandate.bases.create(
        kind="consent",
        discloser="Lakeside",
        recipient="Pat Lowell",
        covers=["attendance"],
        purpose="Reports",
        signed_on=NOW.date(),
        expires_on=date(2036, 12, 1),
        recorded_by=clinician,
    )
    due = mandate.reporting_dates.create(due_on=date(2036, 12, 1))
    report = mandate.reports.create(
        kind="routine",
        parts=["attendance"],
        since_on=NOW.date(),
        until_on=NOW.date(),
        written_by=clinician,
        written_at=NOW,
    )
    return {"mandate": mandate, "reporting_date": due, "disclosure_basis": basis, "court_report": report}


def _helped(case: Case, client: Client, clinician: User) -> dict[str, Any]:
    """What stands in the way, what helps, what was offered and agreed on; the offer is not for the desk."""
    Barrier.objects.create(code="childcare", label="Childcare", group="life", is_own=True)
    resource = Resource.objects.create(name="Lakeside rides")
    referral = client.referrals.create(
        case=case, resource=resource, revisit_on=date(2036, 12, 1), owner=clinician, offered_at=NOW
    )
    agreed = client.agreed_strategies.create(
        case=case, what="Thursdays at ten", timing="preventive", agreed_on=NOW.date(), noted_at=NOW
    )
    client.consequences.create(case=case, kind="continuity", noted_at=NOW, noted_by=clinician)
    strategy = Strategy.objects.get(code="flexibility")
    return {"resource": resource, "strategy": strategy, "referral": referral, "agreed": agreed}


def _for_partners(member: CaseMember, clinician: User) -> dict[str, Any]:
    """What belongs to coming together: an order that keeps somebody away, words to invite, another way."""
    invitation = member.invitations.create(
        asker=member.client, language="en", words="Come and see.", written_by=clinician, written_at=NOW
    )
    option = member.later_options.create(
        case=member.case, kind="alone", revisit_on=date(2036, 12, 1), noted_at=NOW, noted_by=clinician
    )
    order = ProtectiveOrder.objects.create(
        client=member.client, other=person("Gus", "Mendes", 197), noted_at=NOW, noted_by=clinician
    )
    return {"protective_order": order, "invitation": invitation, "later_option": option}


def _set_up(admin: User) -> dict[str, Any]:
    """What only the settings know: the admin's own trial of a wording, a signed agreement, files on their way in."""
    trial = Trial.objects.create(
        asked_by=admin, asked_at=NOW, key="reminder", channel="sms", address="+13125550187", body="TEST"
    )
    agreement = ProviderAgreement.objects.create(
        kind="associate", reference="Folder 12", signed_on=NOW.date(), recorded_at=NOW, recorded_by=admin
    )
    brought = receive_files(files={"clients": [b"First name,Last name\nAda,Low\n"]}, actor=admin, now=NOW)
    return {"trial": trial, "agreement": agreement, "import": brought}
