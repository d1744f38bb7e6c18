"""The wall of a couple (row 1.7): what one said without the other is looked for in everything the other can get.

A marked word is planted in every free-text field on the side of the one who came. The fields are read
from the models: one that is added later is planted too, or this test says that it cannot.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from attendance.holding import Part, give_reassurance, hold_session, note_part, raise_concern, settle_concern
from attendance.models import Concern, HeldPart, HeldSession, JointPart
from clients.agreeing import Agreement, agree_on_strategy, end_strategy
from clients.check_ins import CheckInTerms, Stress, agree_on_check_ins, mark_stress
from clients.confidentiality import Signed, enter_policy
from clients.contingency import Agreed, agree_on_plan, arrange_support
from clients.helping import Offer, offer_help
from clients.models import (
    USUAL_LIMITS,
    AgreedStrategy,
    AwaySupport,
    Case,
    Client,
    CoercionScreen,
    ConfidentialityPolicy,
    Consequence,
    ContingencyPlan,
    ProtectiveOrder,
    RecordRequest,
    Referral,
    ReferralStep,
    SafeContact,
    StressPeriod,
)
from clients.protection import end_order, note_order
from clients.record_requests import ask_for_record, decide_on_record
from clients.screening import take_screen
from followups.check_in_calls import log_check_in_call
from followups.consequences import note_consequences
from followups.fees import waive
from followups.models import (
    AgreedChange,
    AttemptChannel,
    AttemptResult,
    CheckInCall,
    Consultation,
    ContactAttempt,
    CostOfMisses,
    FollowUp,
    FollowUpStep,
    Invitation,
    LaterOption,
    PatternTalk,
    SuitabilityReview,
    WellbeingConcern,
)
from followups.queued import open_queued, queue_outreach
from followups.repeated import (
    CostDetails,
    TalkDetails,
    answer_consultation,
    ask_supervisor,
    note_cost,
    note_pattern_talk,
)
from followups.services import AttemptDetails, log_attempt, open_follow_up
from followups.wellbeing import finish_wellbeing_concern, raise_wellbeing_concern
from reminders.models import InboundKind, InboundMessage, Message, Purpose
from sandbox.launch import Sandbox
from sessions_app.models import Participant, TherapySession, WaitlistEntry
from sessions_app.services import Wish, add_to_waitlist, mark_arrived
from tests.access_table import ALLOWED, ROUTES
from tests.addresses import path_of
from tests.conftest import NOW, TODAY
from tests.portal.conftest import link_of, path
from tests.reminders.conftest import pass_at

# Said without the other, and read by the case's clinicians alone; and what is hers, but no secret from the desk.
MARK, HERS = "quetzalcoatl", "ixtlilton"
TEN = NOW + timedelta(hours=1)
DURING, ENDED = TEN + timedelta(minutes=20), TEN + timedelta(minutes=60)
# Beside what hangs on a participant: the clinical words of their case, and of outreach to the one who came.
CLINICAL_FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    CoercionScreen: ("words",),
    ContingencyPlan: ("support", "note"),
    AwaySupport: ("words",),
    StressPeriod: ("words",),
    CheckInCall: ("words",),
    RecordRequest: ("words",),
    ProtectiveOrder: ("reference",),
    Invitation: ("words", "address"),
    LaterOption: ("words",),
    Case: ("presenting_issues", "goals"),
    ConfidentialityPolicy: ("wording", "danger", "abuse", "court_order"),
    ContactAttempt: ("client_words",),
    SafeContact: ("reason",),
    Referral: ("what",),
    ReferralStep: ("note",),
    AgreedStrategy: ("what", "client_words", "ended_because"),
    Consequence: ("words",),
    WellbeingConcern: ("words", "outcome"),
    PatternTalk: ("personal", "scheduling", "financial", "discomfort"),
    CostOfMisses: ("unresolved", "support_missed"),
    Consultation: ("question", "answer"),
    AgreedChange: ("support",),
    SuitabilityReview: ("serves", "considered", "referrals", "letter"),
}
HELD = (HeldSession, HeldPart, Concern)
READ_AT_THE_DESK: dict[type[models.Model], tuple[str, ...]] = {
    InboundMessage: ("body", "resolution"),
    Message: ("words", "reason", "any_hour_because"),
    FollowUpStep: ("note",),
    WaitlistEntry: ("wishes",),
}
# Not words: how the outbox and the inbox know where something goes, and which text it is.
NAMES_OF_THINGS = {"template_key", "provider_id", "address", "from_address", "to_address"}


def free_text(model: type[models.Model]) -> tuple[str, ...]:
    """The fields of a model that hold words as somebody typed them."""
    return tuple(
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in NAMES_OF_THINGS
    )


def hung_on_a_participant() -> dict[type[models.Model], tuple[str, ...]]:
    """Every model that belongs to one who was expected, or is of a session held in part, with its words."""
    ours = [one for one in apps.get_models() if not hasattr(one, "pgh_obj") and not one._meta.proxy]
    theirs = [model for model in ours if model in HELD or _points_at(model, Participant)]
    return {model: free_text(model) for model in theirs if free_text(model)}


def _points_at(model: type[models.Model], other: type[models.Model]) -> bool:
    return any(field.related_model is other for field in model._meta.concrete_fields)


@pytest.fixture
def planted(
    field_case: Case, maya: Client, jonah: Client, amara: User, book: Callable[..., TherapySession]
) -> TherapySession:
    """Maya came alone and spoke; every field on her side carries the mark. They meet again in a week."""
    session = book(field_case)
    hers = session.participants.get(client=maya)
    mark_arrived(participant=hers, actor=None, now=TEN)
    signed = Signed(wording="As signed", **USUAL_LIMITS, signed_on=TODAY)
    enter_policy(case=field_case, signed=signed, actor=amara, today=TODAY, now=NOW)
    held = hold_session(session=session, actor=amara, now=DURING)
    give_reassurance(held=held, words="As signed", actor=amara, now=DURING)
    concern = raise_concern(participant=hers, kind="addiction", words="x", actor=amara, now=DURING)
    settle_concern(concern=concern, state="carried", actor=amara, now=DURING)
    note_part(participant=hers, part=Part(needs="x"), actor=amara, now=DURING)
    follow_up = open_follow_up(
        client=maya, case=field_case, protocol_code="single_missed", actor=amara, now=DURING
    )
    talked = AttemptDetails(channel=AttemptChannel.CALL, result=AttemptResult.LEFT_WORD, client_words="x")
    log_attempt(follow_up=follow_up, attempt=talked, actor=amara, now=DURING)
    _missed_several_times(follow_up, amara)
    _write_and_be_written_to(hers)
    asked = ask_for_record(case=field_case, client=maya, actor=amara, now=DURING)
    decide_on_record(asked=asked, decision="kept_back", words="x", actor=amara, now=DURING)
    agreed = Agreed(agreed_on=TODAY, by_phone=True, support="x", note="x", agreed_by=(maya, jonah))
    agree_on_plan(case=field_case, client=maya, agreed=agreed, actor=amara, today=TODAY, now=NOW)
    arrange_support(client=maya, words="x", actor=amara, now=NOW)
    _asked_in_between(field_case, maya, amara)
    waive(participant=hers, because="x", actor=amara, now=DURING)
    take_screen(client=maya, result="unsafe", words="x", was_alone=True, actor=amara, now=DURING)
    _be_helped(field_case, maya, amara)
    _of_coming_together(hers, jonah, amara)
    for model, fields in (hung_on_a_participant() | CLINICAL_FIELDS | READ_AT_THE_DESK).items():
        assert model._default_manager.exists(), f"Plant a row of {model.__name__} here: it holds words."
        mark = HERS if model in READ_AT_THE_DESK else MARK
        model._default_manager.update(**dict.fromkeys(fields, mark))
    end_order(order=ProtectiveOrder.objects.get(), actor=amara, now=DURING)  # they meet again
    InboundMessage.objects.filter(kind=InboundKind.CHECK_IN).update(body=MARK)
    queue_outreach(session=session, actor=amara, now=DURING)
    open_queued(now=ENDED)
    book(field_case, on=TODAY + timedelta(days=7))
    return session


def _be_helped(case: Case, maya: Client, amara: User) -> None:
    """What was offered to her, what she agreed on, what missing costs her, how she is reached, what she waits for."""
    offer = Offer(what="x", owner=amara)
    offer_help(case=case, client=maya, offer=offer, actor=amara, now=DURING, today=TODAY)
    agreement = Agreement(timing="after", agreed_on=TODAY, what="x", client_words="x")
    agreed = agree_on_strategy(
        case=case, client=maya, agreement=agreement, actor=amara, now=DURING, today=TODAY
    )
    end_strategy(agreed=agreed, on=TODAY, because="x", actor=amara, today=TODAY)
    note_consequences(client=maya, case=case, kinds=["continuity"], words="x", actor=amara, now=DURING)
    mail = maya.contact_points.get(kind="email")
    SafeContact.objects.create(client=maya, contact_point=mail, level="discreet", reason="x")
    add_to_waitlist(wish=Wish(case=case, client=maya, wishes="x"), actor=amara, now=DURING)


def _of_coming_together(hers: Participant, jonah: Client, amara: User) -> None:
    """What she said when they were together, what she would write to him, and what protects her from him."""
    case = hers.session.case
    JointPart.objects.create(participant=hers, feelings="x", noted_at=DURING, noted_by=amara)
    his = case.members.get(client=jonah)
    words = {"language": "en", "words": "x", "goes_to": "letter", "address": "x"}
    his.invitations.create(asker=hers.client, written_by=amara, written_at=DURING, **words)
    her_place = case.members.get(client=hers.client)
    her_place.later_options.create(
        case=case, kind="alone", words="x", revisit_on=TODAY, noted_at=DURING, noted_by=amara
    )
    note_order(client=hers.client, other=jonah, reference="x", actor=amara, now=DURING)


def _asked_in_between(case: Case, maya: Client, amara: User) -> None:
    """A hard time of hers, a call in between, and how she answered a check-in."""
    terms = CheckInTerms(way="call", every_days=7, starts_on=TODAY, agreed_on=TODAY)
    member = case.members.get(client=maya)
    plan = agree_on_check_ins(member=member, terms=terms, actor=amara, today=TODAY, now=NOW)
    mark_stress(plan=plan, stress=Stress(from_on=TODAY, until_on=TODAY, every_days=1, words="x"), actor=amara)
    log_check_in_call(plan=plan, result="reached", words="x", actor=amara, today=TODAY, now=NOW)
    InboundMessage.objects.create(
        provider_id="SM-asked",
        from_address="+13125550111",
        body="x",
        kind=InboundKind.CHECK_IN,
        received_at=DURING,
        client=maya,
    )


def _missed_several_times(follow_up: FollowUp, amara: User) -> None:
    """What is said and written about her when she has missed several times, or somebody worries about her."""
    theirs: Any = {"follow_up": follow_up, "actor": amara, "now": DURING}
    note_pattern_talk(details=TalkDetails(personal="x"), **theirs)
    note_cost(details=CostDetails(unresolved="x"), **theirs)
    asked = ask_supervisor(question="x", **theirs)
    assert amara.supervisor
    answer_consultation(consultation=asked, answer="x", actor=amara.supervisor, now=DURING)
    AgreedChange.objects.create(
        follow_up=follow_up, agreed_on=TODAY, agreed_by=amara, applied_at=DURING, every_weeks=2, weekday=0,
        at=DURING.time(), modality="video", support="x", stayed=0, changed=0, booked=0, called_off=0,
    )  # fmt: skip
    SuitabilityReview.objects.create(follow_up=follow_up, opened_at=DURING, opened_by=amara)
    worry = raise_wellbeing_concern(
        client=follow_up.client, case=follow_up.case, words="x", actor=amara, now=DURING
    )
    finish_wellbeing_concern(concern=worry, outcome="x", actor=amara, now=DURING)


def _write_and_be_written_to(hers: Participant) -> None:
    """Her text to the practice about this session, and what a colleague wrote to her."""
    InboundMessage.objects.create(
        provider_id="SM-hers",
        from_address="+13125550111",
        body="x",
        kind=InboundKind.FREE,
        received_at=DURING,
        client=hers.client,
        participant=hers,
    )
    Message.objects.create(
        purpose=Purpose.STAFF,
        subject_id=hers.public_id,
        recipient=hers.client,
        participant=hers,
        session=hers.session,
        words="x",
        priority=2,
        due_at=DURING,
        not_before=DURING,
        expires_at=ENDED + timedelta(hours=2),
    )


@pytest.fixture
def afterwards() -> Iterator[None]:
    with time_machine.travel(ENDED, tick=False):
        yield


def test_every_field_on_her_side_is_known_to_this_test() -> None:
    found = hung_on_a_participant()
    assert set(HELD) <= set(found)
    assert {"needs", "strengths", "bring_in"} <= set(found[HeldPart])
    assert "words" in found[Concern]


def test_what_she_said_is_on_the_clinicians_page(
    client: Browser, planted: TherapySession, amara: User, afterwards: None
) -> None:
    """The search can find: where it belongs, the mark is there."""
    client.force_login(amara)
    page = client.get(reverse("dashboard:held", args=[planted.public_id])).content.decode()
    assert page.count(MARK) > 5


def test_nothing_she_said_is_in_a_message(
    sandbox: Sandbox, planted: TherapySession, jonah: Client, field_case: Case
) -> None:
    for days in range(8):
        pass_at(ENDED + timedelta(days=days))
    sandbox.wait_until_settled()
    his = f"{sandbox.messages(to='+13125550112')}{sandbox.mails(to='jonah@example.org')}".lower()
    assert "lakeside" in his
    assert not _hers_in(his)
    assert HERS in f"{sandbox.messages(to='+13125550111')}".lower()  # she got what was for her
    assert MARK not in f"{sandbox.messages()}{sandbox.mails()}".lower()


def test_nothing_she_said_is_on_his_pages_or_in_his_calendar(
    client: Browser, planted: TherapySession, jonah: Client, afterwards: None
) -> None:
    jonah.contact_points.update(is_private=True)
    ahead = TherapySession.objects.latest("starts_at")
    pages = ("time", "calendar", "another-time", "move-request", "cancellation", "worry", "reach", "stop")
    for name in pages:
        of_the_past = client.get(path(name, link_of(planted, jonah, is_private=True)))
        assert not _hers_in(_body(of_the_past)), name
        answer = client.get(path(name, link_of(ahead, jonah, is_private=True)))
        assert answer.status_code == 200, name
        assert not _hers_in(_body(answer)), name


@pytest.mark.parametrize("role", ["desk", "another clinician"])
def test_nothing_she_said_can_be_read_at_the_desk_or_by_another_clinician(
    role: str, client: Browser, planted: TherapySession, desk: User, luis: User, afterwards: None
) -> None:
    """Pages and API alike: whatever the access table lets them open, for both of the couple."""
    client.force_login(desk if role == "desk" else luis)
    opened = 0
    for things in _things_of(planted):
        for route in ROUTES:
            if route.GET is None or route.GET["desk"] != ALLOWED or (route.of and route.of not in things):
                continue
            if not route.of and route.parts:
                continue
            shown = _body(client.get(path_of(route, things)))
            opened += 1
            assert MARK not in shown, route.name
    assert opened > 40


@pytest.mark.parametrize("words", ["jonah", "field", MARK])
def test_a_search_in_his_name_finds_no_word_of_hers(
    words: str, client: Browser, planted: TherapySession, desk: User, afterwards: None
) -> None:
    client.force_login(desk)
    found = client.post(reverse("dashboard:clients"), {"q": words}).content.decode()
    assert MARK not in found.replace(f'value="{words}"', "")
    api = client.post(reverse("api:client-search"), {"words": words}, content_type="application/json")
    assert MARK not in api.content.decode()


def test_his_follow_up_carries_no_word_of_hers_even_for_their_clinician(
    client: Browser, planted: TherapySession, jonah: Client, amara: User, afterwards: None
) -> None:
    """What she opens to call him has nothing to let slip."""
    his = FollowUp.objects.get(client=jonah)
    client.force_login(amara)
    for name in ("dashboard:follow-up", "api:follow-up"):
        assert not _hers_in(_body(client.get(reverse(name, args=[his.public_id])))), name


def test_another_member_of_the_case_is_no_door_either(
    client: Browser, planted: TherapySession, field_case: Case, amara: User, afterwards: None
) -> None:
    """A page of one person, even of his own clinician, holds what is that person's."""
    client.force_login(amara)
    jonah = field_case.clients.get(given_name="Jonah")
    for name in ("dashboard:client", "dashboard:client-details", "api:client"):
        assert not _hers_in(_body(client.get(reverse(name, args=[jonah.public_id])))), name


def _things_of(session: TherapySession) -> Iterator[dict[str, Any]]:
    """What addresses can name, once for her and once for him."""
    for participant in session.participants.select_related("client"):
        client = participant.client
        found: dict[str, Any] = {
            "client": client,
            # The other half of what looks at two records side by side.
            "ward": session.case.clients.exclude(pk=client.pk).get(),
            "case": session.case,
            "session": session,
            "participant": participant,
            "member": session.case.members.get(client=client),
            "contact_point": client.contact_points.first(),
            "follow_up": FollowUp.objects.get(client=client),
        }
        yield {name: thing.public_id for name, thing in found.items()}


def _hers_in(shown: str) -> list[str]:
    return [mark for mark in (MARK, HERS) if mark in shown]


def _body(answer: Any) -> str:
    content: bytes = answer.content if hasattr(answer, "content") else b"".join(answer.streaming_content)
    return content.decode().lower()
