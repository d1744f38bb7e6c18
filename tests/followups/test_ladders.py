"""A practice writes its own steps; what must come first stays first, whoever asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import FollowUpOwner, User
from clients.models import Case, Client
from followups import protocols
from followups.access import get_protocol, protocols_in_force
from followups.ladders import broken_rules
from followups.models import FollowUp, Protocol, ProtocolCode, ProtocolVersion, StepKind, StepPlan
from followups.protocol_services import change_protocol, check_plan, restore_protocol
from followups.protocols import current_versions, install_shipped, is_own, shipped_plan
from followups.reconcile import reconcile
from followups.shipped import SHIPPED
from sessions_app.models import Participant
from tests.followups.conftest import NOON, only_follow_up

AT = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
SINGLE, COURT = ProtocolCode.SINGLE_MISSED, ProtocolCode.COURT_MANDATED


@pytest.fixture
def installed(db: None) -> None:
    install_shipped()


def step(kind: StepKind, **fields: object) -> StepPlan:
    usual: dict[str, object] = {
        "title": "See how {name} is",
        "owner": FollowUpOwner.CLINICIAN,
        "opening": {"en": "Hi {name}, it's {clinician}."},
    }
    return StepPlan(kind=kind, **{**usual, **fields})  # type: ignore[arg-type]


def changed(code: str, plan: list[StepPlan], actor: User, **details: object) -> ProtocolVersion:
    newest = current_versions()[code]
    usual: dict[str, object] = {"based_on": newest.number, "now": AT}
    return change_protocol(
        protocol=newest.protocol, plan=plan, actor=actor, **{**usual, **details}  # type: ignore[arg-type]
    )  # fmt: skip


def refusal(code: str, plan: list[StepPlan]) -> str:
    with pytest.raises(ValidationError) as refused:
        check_plan(code=code, plan=plan)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda shipped: shipped.code)
def test_what_ships_keeps_every_rule_and_every_word_is_fit(installed: None, shipped: object) -> None:
    code = shipped.code  # type: ignore[attr-defined]
    check_plan(code=code, plan=shipped_plan(code))


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda shipped: shipped.code)
def test_steps_read_and_written_are_the_same(shipped: object) -> None:
    for plan in shipped_plan(shipped.code):  # type: ignore[attr-defined]
        assert StepPlan.read(plan.written()) == plan


CALL, TALK = step(StepKind.CALL), step(StepKind.CONVERSATION)


@pytest.mark.parametrize(
    ("code", "plan", "sentence"),
    [
        (COURT, [TALK, CALL], "It begins with a call."),
        (COURT, [step(StepKind.REPORT), CALL], "never comes first"),
        (COURT, [CALL, replace(CALL, owner=FollowUpOwner.DESK)], "Every step is the clinician's."),
        (COURT, [CALL, replace(CALL, owner=None)], "Every step is the clinician's."),
        (SINGLE, [step(StepKind.LETTER), CALL], "never comes first"),
        (SINGLE, [step(StepKind.FEE), CALL], "never comes first"),
        (SINGLE, [TALK, step(StepKind.FEE), CALL], "A fee comes after somebody has tried to reach them."),
        (SINGLE, [step(StepKind.TEXT), step(StepKind.LETTER), CALL], "come after a call"),
        (SINGLE, [TALK, step(StepKind.REPORT)], "come after a call"),
        (SINGLE, [CALL, step(StepKind.REVIEW), CALL], "A review comes last"),
        (SINGLE, [CALL, step(StepKind.REVIEW), step(StepKind.REVIEW)], "A review comes last"),
        (SINGLE, [CALL, step(StepKind.REVIEW, owner=FollowUpOwner.DESK)], "are the clinician's"),
        (SINGLE, [CALL, step(StepKind.JOINT_OFFER)], "after a conversation with each, alone"),
        (ProtocolCode.AT_RISK, [step(StepKind.TEXT), CALL], "It begins with a call."),
        (ProtocolCode.AT_RISK, [replace(CALL, due_days=1)], "due on the same day"),
        (ProtocolCode.AT_RISK, [CALL, step(StepKind.REVIEW)], "No review, report or fee"),
        (ProtocolCode.ABSENT_PARTNER, [CALL, TALK], "is decided first"),
        (ProtocolCode.RELUCTANT_PARTNER, [TALK], "Joint sessions are what is offered first"),
        (ProtocolCode.RELUCTANT_PARTNER, [TALK, CALL, step(StepKind.JOINT_OFFER)], "offered first"),
        (ProtocolCode.RELUCTANT_PARTNER, [step(StepKind.JOINT_OFFER), TALK], "begins with a conversation"),
    ],
)  # fmt: skip
def test_ladder_that_goes_round_an_order_is_refused(
    db: None, code: str, plan: list[StepPlan], sentence: str
) -> None:
    assert sentence in refusal(code, plan)


@given(kinds=st.lists(st.sampled_from(list(StepKind)), min_size=1, max_size=6))
def test_no_ladder_that_passes_has_anything_harsh_before_a_call(kinds: list[StepKind]) -> None:
    plan = [step(kind) for kind in kinds]
    for code in ProtocolCode:
        if broken_rules(code, plan):
            continue
        for at, kind in enumerate(kinds):
            if kind in (StepKind.LETTER, StepKind.REPORT, StepKind.REVIEW):
                assert StepKind.CALL in kinds[:at]
            if kind == StepKind.FEE:
                assert {StepKind.CALL, StepKind.TEXT} & set(kinds[:at])
            if kind == StepKind.JOINT_OFFER:
                assert StepKind.CONVERSATION in kinds[:at]
        assert StepKind.REVIEW not in kinds[:-1]
        if code in (COURT, ProtocolCode.AT_RISK):
            assert kinds[0] == StepKind.CALL


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ([], "1 to 12 steps"),
        ([CALL] * 13, "1 to 12 steps"),
        ([replace(CALL, title=" ")], "Step 1: Say in at most 120 characters"),
        ([CALL, replace(CALL, title="Call {clinician}")], "Step 2: There is no field {clinician} here."),
        ([replace(CALL, due_days=31)], "within 30 working days"),
        ([replace(CALL, tries=0)], "Choose 1 to 10 tries."),
        ([CALL, replace(TALK, tries=2)], "Only a call, a text or a letter"),
        ([replace(CALL, opening={})], "in English at least"),
        ([replace(CALL, opening={"en": "Hi.", "fr": "Allô."})], "English and Spanish"),
        ([replace(CALL, opening={"en": "Hi {diagnosis}."})], "There is no field {diagnosis} here."),
        ([replace(CALL, opening={"en": "Hi {name.email}."})], "There is no field {name.email} here."),
        ([replace(CALL, opening={"en": "Hi {name!r}."})], "A brace { or } stands alone."),
        ([replace(CALL, opening={"en": "Hi {"})], "A brace { or } stands alone."),
        ([replace(CALL, later="Ring {someone}")], "There is no field {someone} here."),
        ([CALL, step(StepKind.TEXT, opening={"en": "See you tomorrow."})], "name the day with {day}"),
        ([CALL, step(StepKind.TEXT, opening={"en": "Your therapy waits."})], "would tell others"),
        ([CALL, step(StepKind.TEXT, opening={"en": "You failed to come."})], "may sound like blame"),
        ([replace(CALL, opening={"en": "You missed again."})], "may sound like blame"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_filled_or_sent_are_refused(
    db: None, plan: list[StepPlan], sentence: str
) -> None:
    assert sentence in refusal(SINGLE, plan)


def test_blame_is_for_a_person_to_keep_and_what_reveals_never_is(installed: None, admin_user: User) -> None:
    blaming = [replace(CALL, opening={"en": "No excuses, {name}."})]
    assert changed(SINGLE, blaming, admin_user, keep_flagged=True).plan == blaming
    telling = [CALL, step(StepKind.TEXT, opening={"en": "Your therapist waits."})]
    with pytest.raises(ValidationError, match="would tell others"):
        changed(SINGLE, telling, admin_user, keep_flagged=True)


def test_saving_makes_a_new_version_with_its_author(installed: None, admin_user: User) -> None:
    version = changed(SINGLE, [CALL], admin_user)
    assert (version.number, version.created_by, version.created_at) == (2, admin_user, AT)
    assert version.shipped_revision is None
    assert current_versions()[SINGLE].plan == [CALL]


def test_saving_the_same_again_makes_no_version(installed: None, admin_user: User) -> None:
    changed(SINGLE, [CALL], admin_user)
    changed(SINGLE, [CALL], admin_user)
    assert ProtocolVersion.objects.filter(protocol__code=SINGLE).count() == 2


def test_who_was_slower_does_not_overwrite(installed: None, admin_user: User) -> None:
    changed(SINGLE, [CALL], admin_user)
    with pytest.raises(ValidationError, match="A colleague changed these steps meanwhile"):
        changed(SINGLE, [CALL, TALK], admin_user, based_on=1)


def test_running_follow_up_keeps_its_version_and_the_next_one_begins_with_the_new(
    installed: None,
    rosa: Client,
    rosa_case: Case,
    quinn_case: Case,
    missed: Callable[..., Participant],
    admin_user: User,
) -> None:
    missed(rosa_case, rosa)
    reconcile(now=NOON)
    running = only_follow_up()
    changed(SINGLE, [replace(CALL, title="Ring {name}"), TALK], admin_user, now=NOON)
    member = quinn_case.members.select_related("client").order_by("pk")[0]
    missed(quinn_case, member.client, at="11:00")
    reconcile(now=NOON, full=True)
    running.refresh_from_db()
    assert running.protocol_version.number == 1
    other = FollowUp.objects.exclude(pk=running.pk).get()
    assert other.protocol_version.number == 2
    assert other.current_step
    assert other.current_step.plan.title == "Ring {name}"


def test_kepts_own_comes_back_as_a_new_version(installed: None, admin_user: User) -> None:
    protocol = Protocol.objects.get(code=SINGLE)
    assert is_own(changed(SINGLE, [CALL], admin_user))
    restored = restore_protocol(protocol=protocol, actor=admin_user, now=AT)
    assert (restored.number, restored.plan) == (3, shipped_plan(SINGLE))
    assert not is_own(restored)
    assert restore_protocol(protocol=protocol, actor=admin_user, now=AT).number == 3


@pytest.mark.parametrize("own", [True, False])
def test_a_newer_kept_leaves_what_the_practice_wrote_in_force(
    installed: None, admin_user: User, monkeypatch: pytest.MonkeyPatch, own: bool
) -> None:
    if own:
        changed(SINGLE, [CALL], admin_user)
    newer = [
        replace(shipped, revision=2, steps=(TALK.written(),)) if shipped.code == SINGLE else shipped
        for shipped in SHIPPED
    ]
    monkeypatch.setattr(protocols, "SHIPPED", newer)
    assert install_shipped() == 1
    assert install_shipped() == 0
    assert current_versions()[SINGLE].plan == [CALL if own else TALK]


def test_only_who_manages_settings_opens_protocols(installed: None, amara: User, admin_user: User) -> None:
    assert [version.protocol.code for version in protocols_in_force(admin_user)][:2] == ["at_risk", COURT]
    assert get_protocol(admin_user, SINGLE).number == 1
    for question in (lambda: protocols_in_force(amara), lambda: get_protocol(amara, SINGLE)):
        with pytest.raises(PermissionDenied):
            question()
