"""What a missed session costs, and whether: told beforehand, decided by a person, never before outreach (row 3.5)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.services import get_practice
from attendance.models import Fee, FeeExemption, FeeTerms, TermsTold
from clients.models import Case, Client
from followups.fee_rules import absences_of, decided_by
from reminders.wording_check import refuse_unfit_words
from sessions_app.models import Participant
from sessions_app.services.locking import lock_participant

# Terms are written for the time ahead; a year typed wrong would never hold, and never go away.
FURTHEST = timedelta(days=2 * 366)


@dataclass(frozen=True, kw_only=True)
class TermsDetails:
    """What a practice writes about fees; without amounts nothing costs anything."""

    missed_amount: Decimal | None
    late_amount: Decimal | None
    free_absences: int
    words: str
    words_es: str
    in_force_from: date
    currency: str = "USD"


def write_terms(*, details: TermsDetails, actor: User, now: datetime) -> FeeTerms:
    """New terms from a day on; those before stay as they were, for sessions until then.

    Raises ValidationError for a day that is past, for amounts without words, and for words that blame or
    tell why somebody comes.
    """
    if details.in_force_from < get_practice().today(now):
        raise ValidationError({"in_force_from": _("Terms hold from today on, or later.")})
    if details.in_force_from > get_practice().today(now) + FURTHEST:
        raise ValidationError({"in_force_from": _("That is far ahead. Please check the year.")})
    if (details.missed_amount or details.late_amount) and not details.words.strip():
        raise ValidationError({"words": _("Say in plain words what it costs: clients read them beforehand.")})
    refuse_unfit_words(keep_flagged=False, words=details.words, words_es=details.words_es)
    with acting("write_fee_terms", actor=actor):
        terms = FeeTerms(**vars(details), written_at=now, written_by=actor)
        terms.clean_fields()
        terms.save()
    return terms


def all_terms() -> QuerySet[FeeTerms]:
    """Every terms written, the ones that hold latest first."""
    return FeeTerms.objects.select_related("written_by")


def terms_on(day: date) -> FeeTerms | None:
    """The terms in force on a day of the practice's calendar; None before there were any."""
    return FeeTerms.objects.filter(in_force_from__lte=day).first()


def terms_for(client: Client, day: date) -> FeeTerms | None:
    """What this client reads about a session on that day; None where nothing would be charged."""
    if FeeExemption.objects.filter(client=client).exists():
        return None
    terms = terms_on(day)
    return terms if terms and (terms.missed_amount or terms.late_amount) else None


def note_terms_told(
    *, client: Client, terms: FeeTerms, how: str, told_on: date, actor: User, now: datetime
) -> TermsTold:
    """Somebody told them these terms; of several times the first day stands. Raises ValidationError for a day to come."""
    if told_on > get_practice().today(now):
        raise ValidationError({"told_on": _("That day is still to come.")})
    with acting("note_terms_told", actor=actor):
        Client.objects.select_for_update().get(pk=client.pk)
        told = TermsTold.objects.filter(client=client, terms=terms).first()
        if told and told.told_on <= told_on:
            return told
        told = told or TermsTold(client=client, terms=terms)
        told.how, told.told_on, told.noted_by = how, told_on, actor
        told.clean_fields()
        told.save()
    return told


def exempt(*, client: Client, because: str, actor: User, now: datetime) -> FeeExemption:
    """Never charge this client: whoever pays for them forbids it, or so it was agreed."""
    with acting("exempt_from_fees", actor=actor):
        exemption, _made = FeeExemption.objects.update_or_create(
            client=client, defaults={"because": because, "noted_at": now, "noted_by": actor}
        )
        exemption.clean_fields()
    return exemption


def end_exemption(*, client: Client, actor: User) -> None:
    """The terms hold for this client again, for what comes."""
    with acting("end_fee_exemption", actor=actor):
        FeeExemption.objects.filter(client=client).delete()


def charge(*, participant: Participant, actor: User, now: datetime) -> Fee:
    """Charge one absence what the client knew it would cost; pressing twice is once.

    Raises PermissionDenied for who does not treat or supervise them; ValidationError with the sentence on the lock.
    """
    with acting("charge_fee", actor=actor):
        locked = _locked_for(participant, actor)
        found = next((one for one in absences_of(locked.client) if one.participant.pk == locked.pk), None)
        if found is None:
            raise ValidationError(_("Nothing is charged for this one: they were there, or it was excused."))
        if found.fee and found.fee.decision == Fee.Decision.CHARGED:
            return found.fee
        if found.lock:
            raise ValidationError(found.lock)
        return _decide(
            locked,
            actor,
            now,
            decision=Fee.Decision.CHARGED,
            amount=found.amount,
            terms=terms_on(locked.session.on),
            because="",
        )


def waive(*, participant: Participant, because: str, actor: User, now: datetime) -> Fee:
    """Charge nothing for one absence, and say why; possible at any time, after a charge too."""
    if not because.strip():
        raise ValidationError({"because": _("Say why, in a few words.")})
    with acting("waive_fee", actor=actor):
        locked = _locked_for(participant, actor)
        return _decide(
            locked,
            actor,
            now,
            decision=Fee.Decision.WAIVED,
            amount=None,
            terms=None,
            because=because.strip(),
        )


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided on one person's absences in one case."""

    charged: dict[str, Decimal]  # by currency
    times_charged: int
    times_waived: int

    @property
    def sums(self) -> str:
        return ", ".join(f"{amount} {currency}" for currency, amount in self.charged.items())


def decided_in(case: Case, client: Client) -> Decided:
    """What the misses have cost somebody in money, from the decisions themselves. One query."""
    fees = Fee.objects.filter(participant__client=client, participant__session__case=case)
    amounts = list(fees.order_by("pk").values_list("amount", "terms__currency"))
    charged: dict[str, Decimal] = defaultdict(Decimal)
    for amount, currency in amounts:
        if amount is not None:
            charged[currency] += amount
    times_waived = sum(amount is None for amount, _currency in amounts)
    return Decided(
        charged=dict(charged), times_charged=len(amounts) - times_waived, times_waived=times_waived
    )


def _locked_for(participant: Participant, actor: User) -> Participant:
    locked = lock_participant(participant)
    if not decided_by(actor).filter(pk=locked.pk).exists():
        raise PermissionDenied
    return locked


def _decide(participant: Participant, actor: User, now: datetime, **decided: object) -> Fee:
    fee, _made = Fee.objects.update_or_create(
        participant=participant, defaults={**decided, "decided_at": now, "decided_by": actor}
    )
    return fee
