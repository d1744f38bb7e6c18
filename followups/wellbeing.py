"""Worries about somebody's wellbeing: anybody raises one, a named person takes it, the supervisor is asked if nobody does.

Working round the clock: it is due so many hours after it was raised, whatever the practice's hours (row 3.4).
"""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.audit import acting, reconciling
from accounts.models import User
from accounts.prepared import Prepared
from accounts.roles import May
from accounts.services import get_practice
from clients.access import may_read_case_words
from clients.models import Case, Client
from clients.treatment import people_to_name
from followups.models import FollowUp, ProtocolCode, WellbeingConcern
from followups.repeated import with_words
from followups.services import open_follow_up
from sessions_app.models import TherapySession

# What nobody has taken by its hour; asked at every pass, it finds by its own index.
_ESCALATE = Prepared(
    "escalate_concerns",
    """
    UPDATE followups_wellbeingconcern SET escalated_at = $1, escalated_to_id = (
        SELECT above.id FROM accounts_user named JOIN accounts_user above ON above.id = named.supervisor_id
        WHERE named.id = asked_id AND above.is_active
    )
    WHERE taken_at IS NULL AND done_at IS NULL AND escalated_at IS NULL AND due_at <= $1
    RETURNING id
    """,
    values=1,
    types="timestamptz",
)


def raise_wellbeing_concern(
    *,
    client: Client,
    case: Case,
    words: str,
    session: TherapySession | None = None,
    asked: User | None = None,
    actor: User,
    now: datetime,
) -> WellbeingConcern:
    """Say that one worries about somebody; whoever leads the case is asked by name unless another is chosen.

    It also opens, or takes over, their follow-up for wellbeing. A second worry while one is open adds its
    words and leaves the hour. Raises ValidationError without words, where nobody can be asked, and for
    somebody who is not in treatment in this case.
    """
    require(actor, May.FOLLOW_UP)
    if not words.strip():
        raise ValidationError({"words": _("Say in a few words what worries you.")})
    named = _named(case, asked)
    due_at = now + timedelta(hours=get_practice().wellbeing_hours)
    with acting("raise_wellbeing_concern", actor=actor):
        follow_up = open_follow_up(
            client=client, case=case, protocol_code=ProtocolCode.AT_RISK, actor=actor, now=now
        )
        standing = WellbeingConcern.objects.select_for_update(of=("self",)).filter(
            client=client, case=case, done_at=None
        )
        concern = standing.first()
        if concern:
            concern.words = with_words(concern.words, words.strip())
            concern.save()
            return concern
        _hasten(follow_up, due_at)
        return WellbeingConcern.objects.create(
            client=client,
            case=case,
            session=session if session and session.case_id == case.pk else None,
            follow_up=follow_up,
            words=words.strip(),
            raised_at=now,
            raised_by=actor,
            asked=named,
            due_at=due_at,
        )


def take_wellbeing_concern(*, concern: WellbeingConcern, actor: User, now: datetime) -> WellbeingConcern:
    """I see to it. For the case's clinicians and their supervisors; who was first stays."""
    _refuse_others(actor, concern)
    with acting("take_wellbeing_concern", actor=actor):
        locked = _locked(concern)
        if locked.taken_at is None:
            locked.taken_at, locked.taken_by = now, actor
            locked.save()
    return locked


def finish_wellbeing_concern(
    *, concern: WellbeingConcern, outcome: str, actor: User, now: datetime
) -> WellbeingConcern:
    """Say what was done and how they are; who says so has taken it. The first word stands.

    The follow-up stays open until a named person closes it. Raises ValidationError without words.
    """
    _refuse_others(actor, concern)
    if not outcome.strip():
        raise ValidationError({"outcome": _("Say in a few words what was done, and how they are.")})
    with acting("finish_wellbeing_concern", actor=actor):
        locked = _locked(concern)
        if locked.done_at is None:
            if locked.taken_at is None:
                locked.taken_at, locked.taken_by = now, actor
            locked.done_at, locked.done_by, locked.outcome = now, actor, outcome.strip()
            locked.save()
    return locked


def escalate_untaken(*, now: datetime) -> int:
    """Ask the supervisors where nobody has taken a worry by its hour; returns how many. One statement."""
    with reconciling("escalate_wellbeing_concerns"):
        return len(_ESCALATE.rows(now))


def open_concerns_of(user: User) -> QuerySet[WellbeingConcern]:
    """Those of the cases that this person may read, not seen to yet, the earliest hour first."""
    cases = Case.objects.clinical_for(user).order_by().values("pk")
    standing = WellbeingConcern.objects.filter(case__in=cases, done_at=None, client__died_on=None)
    return standing.select_related("client", "asked", "escalated_to", "taken_by", "raised_by")


def has_open_concern(client: Client) -> bool:
    """Whether somebody worries about this person now, in whatever case."""
    return WellbeingConcern.objects.filter(client=client, done_at=None, client__died_on=None).exists()


def _named(case: Case, asked: User | None) -> User:
    possible = list(people_to_name(case))
    if asked and asked not in possible:
        raise ValidationError({"asked": _("Choose one of the case's clinicians or their supervisors.")})
    leads = case.case_clinicians.filter(until_on=None, clinician__in=possible).order_by("-is_lead", "pk")
    first = leads.select_related("clinician").first()
    named = asked or (first.clinician if first else None) or next(iter(possible), None)
    if named is None:
        raise ValidationError(_("Nobody treats them at the moment. Ask a supervisor in person, now."))
    return named


def _hasten(follow_up: FollowUp, due_at: datetime) -> None:
    """The follow-up's first step is due no later than the worry itself."""
    step = follow_up.current_step
    if step is None or (follow_up.due_at and follow_up.due_at <= due_at):
        return
    follow_up.due_at = step.due_at = due_at
    step.save()
    follow_up.save()


def _locked(concern: WellbeingConcern) -> WellbeingConcern:
    return WellbeingConcern.objects.select_for_update(of=("self",)).select_related("case").get(pk=concern.pk)


def _refuse_others(actor: User, concern: WellbeingConcern) -> None:
    if not may_read_case_words(actor, concern.case):
        raise PermissionDenied
