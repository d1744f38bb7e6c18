"""What an absence could cost: by the terms that held and were known, and only after outreach (row 3.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import May
from attendance.models import MISSED_OUTCOMES, Fee, FeeExemption, FeeTerms, TermsTold
from clients.models import Client, Mandate
from followups.gates import Ground, what_opens
from followups.models import ContactAttempt, FollowUp, ProtocolCode, StepKind
from followups.wellbeing import has_open_concern
from sessions_app.access import participants_visible_to
from sessions_app.models import CancelledBy, Participant, TherapySession
from sessions_app.querysets import ParticipantQuerySet

A_YEAR = timedelta(days=365)
# What was missed without word, and what was cancelled late; an excused absence is neither.
_ABSENT = Q(attendance__outcome__in=MISSED_OUTCOMES) | Q(cancelled_late=True, cancelled_by=CancelledBy.CLIENT)


@dataclass(frozen=True, kw_only=True)
class Absence:
    """One absence of a client, what it could cost by the terms they knew, and what a person decided."""

    participant: Participant
    amount: Decimal | None
    currency: str
    lock: str  # the sentence on it; empty where it may be charged
    fee: Fee | None


@dataclass(frozen=True, kw_only=True)
class SeenAbsence:
    """One absence as its reader may see it: the lock and the reason are for who decides."""

    participant: Participant
    may_decide: bool
    amount: Decimal | None
    currency: str
    lock: str
    decision: str
    charged: Decimal | None
    because: str
    was_cancelled_late: bool

    @property
    def may_charge(self) -> bool:
        return self.may_decide and not self.lock and self.decision != Fee.Decision.CHARGED


def decided_by(user: User) -> ParticipantQuerySet:
    """Those whose fees this person decides: who treats them, or supervises that; the desk learns what was decided."""
    if not user.may(May.SEE_CLINICAL_WORDS):
        return Participant.objects.none()
    sessions = TherapySession.objects.clinical_for(user).order_by().values("pk")
    return Participant.objects.filter(session__in=sessions)


def absences_seen_by(user: User, client: Client) -> list[SeenAbsence]:
    """What this person may see of a client's absences, the latest first. A constant number of queries."""
    seen = participants_visible_to(user).filter(client=client)
    visible = set(seen.values_list("pk", flat=True))
    theirs = set(decided_by(user).filter(client=client).values_list("pk", flat=True))
    return [
        _as_seen(absence, may_decide=absence.participant.pk in theirs)
        for absence in absences_of(client)
        if absence.participant.pk in visible
    ]


def _as_seen(absence: Absence, *, may_decide: bool) -> SeenAbsence:
    fee = absence.fee
    return SeenAbsence(
        participant=absence.participant,
        may_decide=may_decide,
        amount=absence.amount if may_decide else None,
        currency=fee.terms.currency if fee and fee.terms else absence.currency,
        lock=absence.lock if may_decide else "",
        decision=fee.decision if fee else "",
        charged=fee.amount if fee else None,
        because=fee.because if fee and may_decide else "",
        was_cancelled_late=absence.participant.cancelled_late,
    )


def absences_of(client: Client) -> list[Absence]:
    """The absences of a client, the latest first, each with what it could cost. A constant number of queries."""
    absent = Participant.objects.filter(_ABSENT, client=client).select_related("session", "client")
    people = list(absent.select_related("fee__terms").order_by("-starts_at", "-pk"))
    told = list(client.fee_terms_told.select_related("terms"))
    terms = list(FeeTerms.objects.all())
    is_exempt = FeeExemption.objects.filter(client=client).exists()
    grounds = _Grounds(client)
    return [
        _absence(
            one, earlier=people[at + 1 :], known=_Known(told, terms, is_exempt=is_exempt), grounds=grounds
        )
        for at, one in enumerate(people)
    ]


@dataclass(frozen=True)
class _Known:
    told: list[TermsTold]
    terms: list[FeeTerms]
    is_exempt: bool

    def then(self, day: date) -> FeeTerms | None:
        return next((one for one in self.terms if one.in_force_from <= day), None)

    def knew(self, day: date) -> FeeTerms | None:
        """The latest terms that they were told before that day."""
        return next((one.terms for one in self.told if one.told_on < day), None)


class _Grounds:
    """What the gate before a fee looks at, for all cases of one client; four queries."""

    def __init__(self, client: Client) -> None:
        attempts = ContactAttempt.objects.filter(follow_up__client=client).select_related("follow_up")
        self.client = client
        self.attempts = list(attempts)
        self.mandated = set(
            Mandate.objects.filter(client=client, ended_on=None).values_list("case", flat=True)
        )
        at_risk = FollowUp.objects.open().filter(
            client=client, causes__protocol__code=ProtocolCode.AT_RISK, causes__withdrawn_at=None
        )
        self.is_at_risk = has_open_concern(client) or at_risk.exists()

    def of(self, participant: Participant) -> Ground:
        case = participant.session.case_id
        since = participant.cancelled_at or participant.starts_at
        return Ground(
            name=self.client.called,
            attempts=tuple(one for one in self.attempts if one.follow_up.case_id == case and one.at >= since),
            is_at_risk=self.is_at_risk,
            is_mandated=case in self.mandated,
        )


def _absence(
    participant: Participant, *, earlier: Iterable[Participant], known: _Known, grounds: _Grounds
) -> Absence:
    amount, currency = _amount(participant, known)
    return Absence(
        participant=participant,
        amount=amount,
        currency=currency,
        lock=_lock(participant, amount, earlier=earlier, known=known, grounds=grounds),
        fee=getattr(participant, "fee", None),
    )


def _amount(participant: Participant, known: _Known) -> tuple[Decimal | None, str]:
    """Never more than they were told beforehand, nor than what holds on the day."""
    day = participant.session.on
    then, knew = known.then(day), known.knew(day)
    if then is None or knew is None:
        return None, ""
    name = "late_amount" if participant.cancelled_late else "missed_amount"
    amounts: list[Decimal | None] = [getattr(then, name), getattr(knew, name)]
    if None in amounts:
        return None, ""
    return min(amount for amount in amounts if amount is not None), then.currency


def _lock(
    participant: Participant,
    amount: Decimal | None,
    *,
    earlier: Iterable[Participant],
    known: _Known,
    grounds: _Grounds,
) -> str:
    """The sentence that stands on the lock; empty where the way is free."""
    day = participant.session.on
    then = known.then(day)
    if known.is_exempt:
        return _("Nothing is ever charged here: whoever pays for them forbids it, or so it was agreed.")
    if then is None or not (then.late_amount if participant.cancelled_late else then.missed_amount):
        return _("By the practice's terms this costs nothing.")
    if amount is None:
        return _("They were not told beforehand what it costs, so it costs nothing.")
    within = [one for one in earlier if participant.starts_at - one.starts_at < A_YEAR]
    if len(within) < then.free_absences:
        return _("By the practice's terms this one is free.")
    return what_opens(StepKind.FEE, grounds.of(participant))
