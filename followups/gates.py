"""What must come first: named conditions on kinds of steps, in code and never in editable data.

Each gate looks at what was tried and said, and returns the sentence that tells what opens it,
or nothing where the way is free. They hang on the step's kind (rows marked **O**).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from clients.models import Mandate
from clients.screening import is_safe_for_each
from followups.models import (
    AttemptChannel,
    AttemptResult,
    ContactAttempt,
    FollowUp,
    ProtocolCode,
    StepKind,
    WellbeingConcern,
)
from followups.staying_away import stays_away

# So many calls without an answer document that somebody could not be reached (rows 3.12, 4.3).
UNREACHED_AFTER = 3
FRUITLESS = (AttemptResult.NO_ANSWER, AttemptResult.LEFT_WORD, AttemptResult.WRONG_NUMBER)

# Who would rather not say more has been heard, too, once their words are noted.
HEARD = (AttemptResult.REACHED, AttemptResult.DECLINED)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What the gates look at: whose follow-up it is, and every attempt in it."""

    name: str
    attempts: tuple[ContactAttempt, ...]
    is_at_risk: bool
    is_mandated: bool = False
    # A pattern of misses stands, or under an order anything missed since they last came (row 3.12).
    is_not_attending: bool = False
    # A partner's absence or reluctance leads, and whether each of them, asked alone, said that it is safe.
    is_of_a_partner: bool = False
    is_safe_for_each: bool = False

    @property
    def calls(self) -> list[ContactAttempt]:
        return [attempt for attempt in self.attempts if attempt.channel == AttemptChannel.CALL]

    @property
    def was_reached(self) -> bool:
        return any(attempt.result == AttemptResult.REACHED for attempt in self.attempts)

    @property
    def could_not_be_reached(self) -> bool:
        fruitless = [call for call in self.calls if call.result in FRUITLESS]
        return not self.was_reached and len(fruitless) >= UNREACHED_AFTER


Gate = Callable[[Ground], str]
OPEN = ""
UNTIL_EACH_IS_SAFE = gettext_noop(
    "Rests until each of them, asked alone, has said that it is safe. Note it on the page of each."
)
PARTNERS = (ProtocolCode.ABSENT_PARTNER, ProtocolCode.RELUCTANT_PARTNER)


def call_comes_first(ground: Ground) -> str:
    """No letter before somebody tried to talk (row 4.3)."""
    return OPEN if ground.calls else _("Opens once you've tried to call %(name)s.") % {"name": ground.name}


def outreach_comes_before_a_fee(ground: Ground) -> str:
    """Nobody is charged before anybody asked how they are (row 3.5)."""
    return (
        OPEN
        if ground.attempts
        else _("Opens once somebody has tried to reach %(name)s.") % {"name": ground.name}
    )


def account_comes_before_a_report(ground: Ground) -> str:
    """A call, and the client's own account or that calls could not reach them (rows 4.3, 4.7)."""
    has_account = any(attempt.result in HEARD and attempt.client_words for attempt in ground.attempts)
    if ground.calls and (has_account or ground.could_not_be_reached):
        return OPEN
    return _("Opens once you've noted %(name)s's account, or that calls couldn't reach them.") % {
        "name": ground.name
    }


def account_comes_first_in_a_mandate(ground: Ground) -> str:
    """Under a court's order a letter or a bill waits for the client's account, too (row 4.3)."""
    return account_comes_before_a_report(ground) if ground.is_mandated else OPEN


def review_comes_last(ground: Ground) -> str:
    """Only for who is both not attending and not responding to documented attempts (rows 3.11, 3.12)."""
    if not ground.could_not_be_reached:
        return _("Opens if %(unreached_after)s calls couldn't reach %(name)s. Talking comes first.") % {
            "unreached_after": UNREACHED_AFTER,
            "name": ground.name,
        }
    if not ground.is_not_attending:
        return _("Opens if %(name)s stays away: the last session was kept, or no pattern stands.") % {
            "name": ground.name
        }
    return OPEN


def no_open_worry_about_risk(ground: Ground) -> str:
    """An open risk concern blocks every ending (row 3.11), and nobody is billed meanwhile."""
    return _("Rests while there is a worry about their wellbeing.") if ground.is_at_risk else OPEN


def each_was_screened_alone(ground: Ground) -> str:
    """Not yet screened counts as unsafe (row 5.2). The sentence never tells who said what."""
    return OPEN if ground.is_safe_for_each else _(UNTIL_EACH_IS_SAFE)


def reaching_a_partner_waits_for_the_screen(ground: Ground) -> str:
    """Whether and how a partner is reached is for the screen to say; a worry about risk outranks it."""
    if not ground.is_of_a_partner or ground.is_at_risk or ground.is_mandated:
        return OPEN
    return each_was_screened_alone(ground)


GATES: Mapping[StepKind, tuple[Gate, ...]] = {
    StepKind.CALL: (reaching_a_partner_waits_for_the_screen,),
    StepKind.TEXT: (reaching_a_partner_waits_for_the_screen,),
    StepKind.LETTER: (
        reaching_a_partner_waits_for_the_screen,
        call_comes_first,
        account_comes_first_in_a_mandate,
    ),
    StepKind.REPORT: (account_comes_before_a_report,),
    StepKind.FEE: (
        no_open_worry_about_risk,
        outreach_comes_before_a_fee,
        account_comes_first_in_a_mandate,
    ),
    StepKind.REVIEW: (no_open_worry_about_risk, review_comes_last),
    StepKind.JOINT_OFFER: (each_was_screened_alone,),
}


def ground_of(follow_up: FollowUp) -> Ground:
    """Read what the gates look at; five queries at most where causes and attempts are prefetched."""
    of_a_partner = follow_up.protocol_version.protocol.code in PARTNERS
    is_mandated = Mandate.objects.filter(
        client=follow_up.client_id, case=follow_up.case_id, ended_on=None
    ).exists()
    return Ground(
        name=follow_up.client.called,
        attempts=tuple(follow_up.attempts.all()),
        is_at_risk=any(
            cause.protocol.code == ProtocolCode.AT_RISK and cause.withdrawn_at is None
            for cause in follow_up.causes.all()
        )
        or WellbeingConcern.objects.filter(client=follow_up.client_id, done_at=None).exists(),
        is_mandated=is_mandated,
        is_not_attending=stays_away(follow_up.client, follow_up.case, is_mandated=is_mandated),
        is_of_a_partner=of_a_partner,
        is_safe_for_each=of_a_partner and is_safe_for_each(follow_up.case),
    )


def fixed_facts(kind: str) -> list[str]:
    """Every sentence that may stand on the lock of such a step, of nobody in particular."""
    nobody = Ground(name=_("the client"), attempts=(), is_at_risk=True)
    return [sentence for gate in GATES.get(StepKind(kind), ()) if (sentence := gate(nobody))]


def what_opens(kind: str, ground: Ground) -> str:
    """The sentence on the lock of a step of this kind; empty where the way is free."""
    sentences = (gate(ground) for gate in GATES.get(StepKind(kind), ()))
    return next((sentence for sentence in sentences if sentence), OPEN)
