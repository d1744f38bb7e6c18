"""What a ladder of steps keeps, whoever writes it: what comes first, and what must not (rows **O**).

In code and never in editable data. The gates hold each step at its time (`gates.py`); these rules
hold the order in which steps may be written at all, and its sentences stand beside the editor.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from accounts.models import FollowUpOwner
from followups.models import CONTACT_KINDS, ProtocolCode, StepKind, StepPlan

Plan = Sequence[StepPlan]

MOST_STEPS = 12
NEVER_FIRST = (
    StepKind.LETTER,
    StepKind.REPORT,
    StepKind.FEE,
    StepKind.REVIEW,
    StepKind.JOINT_OFFER,
)
AFTER_A_CALL = (StepKind.LETTER, StepKind.REPORT, StepKind.REVIEW)
ENDINGS = (StepKind.REVIEW, StepKind.REPORT, StepKind.FEE)
CLINICIANS_KINDS = (
    StepKind.CONVERSATION,
    StepKind.CONSULTATION,
    StepKind.REVIEW,
    StepKind.REPORT,
    StepKind.JOINT_OFFER,
)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing that a ladder keeps, as a sentence, and whether a plan keeps it."""

    words: str
    is_kept: Callable[[Plan], bool]


def broken_rules(code: str, plan: Plan) -> list[str]:
    """The sentence of every rule that this plan would go round; empty where it keeps them all."""
    return [gettext(rule.words) for rule in rules_of(code) if not rule.is_kept(plan)]


def rules_of(code: str) -> tuple[Rule, ...]:
    """What the ladder of one protocol keeps, its own rules first."""
    return (*_OWN.get(ProtocolCode(code), ()), *_EVERYBODYS)


def _begins_with(kind: StepKind) -> Callable[[Plan], bool]:
    return lambda plan: bool(plan) and plan[0].kind == kind


def _nothing_harsh_first(plan: Plan) -> bool:
    return not plan or plan[0].kind not in NEVER_FIRST


def _comes_after(later: Sequence[StepKind], earlier: Sequence[StepKind]) -> Callable[[Plan], bool]:
    """Whether each step of the later kinds has one of the earlier kinds somewhere before it."""

    def is_kept(plan: Plan) -> bool:
        return all(
            any(before.kind in earlier for before in plan[:at])
            for at, step in enumerate(plan)
            if step.kind in later
        )

    return is_kept


def _review_is_last(plan: Plan) -> bool:
    return all(step.kind != StepKind.REVIEW for step in plan[:-1])


def _is_clinicians(plan: Plan) -> bool:
    return all(step.owner == FollowUpOwner.CLINICIAN for step in plan)


def _decisions_are_clinicians(plan: Plan) -> bool:
    return _is_clinicians([step for step in plan if step.kind in CLINICIANS_KINDS])


def _offers_together_first(plan: Plan) -> bool:
    kinds = [step.kind for step in plan]
    if StepKind.JOINT_OFFER not in kinds:
        return False
    before = kinds[: kinds.index(StepKind.JOINT_OFFER)]
    return set(before) <= {StepKind.CONVERSATION, StepKind.CONSULTATION}


_EVERYBODYS = (
    Rule(
        words=gettext_noop(
            "A letter, a report, a fee, a review or an offer of joint sessions never comes first."
        ),
        is_kept=_nothing_harsh_first,
    ),
    Rule(
        words=gettext_noop("A letter, a report and a review come after a call."),
        is_kept=_comes_after(AFTER_A_CALL, (StepKind.CALL,)),
    ),
    Rule(
        words=gettext_noop("A fee comes after somebody has tried to reach them."),
        is_kept=_comes_after((StepKind.FEE,), CONTACT_KINDS),
    ),
    Rule(words=gettext_noop("A review comes last: nothing stands after it."), is_kept=_review_is_last),
    Rule(
        words=gettext_noop(
            "Joint sessions are offered after a conversation with each, alone, on whether that is safe."
        ),
        is_kept=_comes_after((StepKind.JOINT_OFFER,), (StepKind.CONVERSATION,)),
    ),
    Rule(
        words=gettext_noop(
            "Conversations, consultations, reviews, reports and joint offers are the clinician's."
        ),
        is_kept=_decisions_are_clinicians,
    ),
)

_CLINICIANS_ONLY = Rule(words=gettext_noop("Every step is the clinician's."), is_kept=_is_clinicians)

_OWN: Mapping[ProtocolCode, tuple[Rule, ...]] = {
    ProtocolCode.AT_RISK: (
        Rule(words=gettext_noop("It begins with a call."), is_kept=_begins_with(StepKind.CALL)),
        Rule(
            words=gettext_noop("The first call is due on the same day."),
            is_kept=lambda plan: not plan or plan[0].due_days == 0,
        ),
        Rule(
            words=gettext_noop("No review, report or fee while there is a worry about somebody's wellbeing."),
            is_kept=lambda plan: not any(step.kind in ENDINGS for step in plan),
        ),
        _CLINICIANS_ONLY,
    ),
    ProtocolCode.COURT_MANDATED: (
        Rule(words=gettext_noop("It begins with a call."), is_kept=_begins_with(StepKind.CALL)),
        Rule(
            words=gettext_noop("A fee comes after a call."),
            is_kept=_comes_after((StepKind.FEE,), (StepKind.CALL,)),
        ),
        _CLINICIANS_ONLY,
    ),
    ProtocolCode.ABSENT_PARTNER: (
        Rule(
            words=gettext_noop(
                "It begins with a conversation: whether, and how, to reach them is decided first."
            ),
            is_kept=_begins_with(StepKind.CONVERSATION),
        ),
        _CLINICIANS_ONLY,
    ),
    ProtocolCode.RELUCTANT_PARTNER: (
        Rule(
            words=gettext_noop(
                "It begins with a conversation: each is asked, alone, whether talking together is safe."
            ),
            is_kept=_begins_with(StepKind.CONVERSATION),
        ),
        Rule(
            words=gettext_noop(
                "Joint sessions are what is offered first: only talking comes before that offer."
            ),
            is_kept=_offers_together_first,
        ),
        _CLINICIANS_ONLY,
    ),
}
