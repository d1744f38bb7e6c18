"""Agreeing with a client on what helps them to come, and ending it again (row 2.13); clinicians' work."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from clients.access import may_read_case_words
from clients.models import AgreedStrategy, Case, Client, Strategy
from clients.treatment import refuse_strangers

# Further back a day is a slip of the finger.
LONGEST_AGO = timedelta(days=20 * 366)


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What was agreed, when, by whom; `what` says it more closely, or in place of a strategy."""

    timing: str
    agreed_on: date
    strategy: Strategy | None = None
    what: str = ""
    agreed_by: str = AgreedStrategy.AgreedBy.CLIENT
    client_words: str = ""


def agree_on_strategy(
    *, case: Case, client: Client, agreement: Agreement, actor: User | None, now: datetime, today: date
) -> AgreedStrategy:
    """Hold what was agreed. Raises ValidationError without anything agreed, for a day ahead or for
    somebody who is not in treatment in this case; PermissionDenied for who does not read its words."""
    _refuse_others(actor, case)
    if agreement.strategy is None and not agreement.what.strip():
        raise ValidationError({"what": _("Choose a strategy, or say what you agreed on.")})
    if agreement.agreed_on > today:
        raise ValidationError({"agreed_on": _("This day is still ahead.")})
    if agreement.agreed_on < today - LONGEST_AGO:
        raise ValidationError({"agreed_on": _("That is very long ago. Please check the year.")})
    refuse_strangers(case, client)
    with acting("agree_on_strategy", actor=actor):
        agreed = AgreedStrategy(
            case=case,
            client=client,
            strategy=agreement.strategy,
            what=agreement.what.strip(),
            timing=agreement.timing,
            agreed_by=agreement.agreed_by,
            client_words=agreement.client_words.strip(),
            agreed_on=agreement.agreed_on,
            noted_by=actor,
            noted_at=now,
        )
        agreed.clean_fields(exclude=["case", "client", "strategy", "noted_by"])
        agreed.save()
    return agreed


def end_strategy(
    *, agreed: AgreedStrategy, on: date, because: str, actor: User, today: date
) -> AgreedStrategy:
    """It is not in force any more; ending twice keeps the first day. Raises ValidationError for a day
    before it began, or ahead."""
    _refuse_others(actor, agreed.case)
    if not agreed.agreed_on <= on <= today:
        raise ValidationError({"ended_on": _("Choose a day since you agreed on it, up to today.")})
    with acting("end_strategy", actor=actor):
        locked = AgreedStrategy.objects.select_for_update().get(pk=agreed.pk)
        if locked.ended_on is None:
            locked.ended_on, locked.ended_because = on, because.strip()
            locked.save()
    return locked


def take_up_strategy(*, agreed: AgreedStrategy, actor: User) -> AgreedStrategy:
    """Take an ending back: it holds after all."""
    _refuse_others(actor, agreed.case)
    with acting("take_up_strategy", actor=actor):
        locked = AgreedStrategy.objects.select_for_update().get(pk=agreed.pk)
        locked.ended_on, locked.ended_because = None, ""
        locked.save()
    return locked


def _refuse_others(actor: User | None, case: Case) -> None:
    """Only who reads the case's clinical words; Kept itself may, for what is imported."""
    if actor is not None and not may_read_case_words(actor, case):
        raise PermissionDenied
