"""The suitability review: opened last, with the evidence laid out, decided by clinician and supervisor together.

It asks what would serve the client now (rows 3.11, 3.12). Nothing follows from it by itself: who decided
acts on it, and ending goes through `ending.close_case`.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import acting
from accounts.models import User
from accounts.roles import May, Role
from accounts.services import get_practice
from accounts.shipped_words import as_shipped
from attendance.models import ATTENDED_OUTCOMES, AttendanceRecord
from clients.access import may_treat_case
from clients.models import Case, Client
from followups.gates import ground_of, what_opens
from followups.models import (
    ContactAttempt,
    FollowUp,
    ReviewOutcome,
    StepKind,
    SuitabilityReview,
)
from followups.repeated import refuse_others
from followups.scripts import title
from followups.timeline import timeline_of
from followups.wellbeing import has_open_concern


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What a review comes to; a letter and referrals where it is the end."""

    serves: str
    considered: str
    outcome: str
    look_again_on: date | None = None
    referrals: str = ""
    letter: str = ""


@dataclass(frozen=True, kw_only=True)
class Consulted:
    """A supervisor or consultant from outside, with whom this judgement was talked over."""

    name: str
    role: str
    on: date | None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What lies before those who decide."""

    kept: int
    without_notice: int
    with_notice: int
    days_since_kept: int | None
    reasons: tuple[str, ...]
    attempts: tuple[str, ...]
    offers: tuple[str, ...]


def open_review(*, follow_up: FollowUp, actor: User, now: datetime) -> SuitabilityReview:
    """Open one, or return the one that stands open.

    Raises ValidationError with the sentence on the lock unless the client is both not attending and not
    responding to documented attempts, and nobody worries about them.
    """
    refuse_others(actor, follow_up.case)
    with acting("open_review", actor=actor):
        locked = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
        standing = locked.reviews.filter(decided_at=None).first()
        if standing:
            return standing
        if not locked.is_open:
            raise ValidationError(_("This follow-up is closed. Open it again to go on."))
        lock = what_opens(StepKind.REVIEW, ground_of(locked))
        if lock:
            raise ValidationError(lock)
        return SuitabilityReview.objects.create(follow_up=locked, opened_at=now, opened_by=actor)


def sign_review(
    *,
    review: SuitabilityReview,
    judgement: Judgement,
    consulted: Consulted | None = None,
    actor: User,
    now: datetime,
) -> SuitabilityReview:
    """Set one's name under a judgement, as the case's clinician or as a supervisor above them.

    It is decided once both names stand under the same words; other words take the other name away, and so
    does it when who gave it does not treat or supervise them any more. Where one person alone treats at
    this practice, whom they `consulted` outside is the second name. Raises PermissionDenied for anybody
    else, ValidationError for a judgement that lacks something, once it is decided, where something has
    opened a way to the client meanwhile, and for a consultant where a colleague could decide.
    """
    side = side_of(actor, review)
    if not side:
        raise PermissionDenied
    with acting("sign_review", actor=actor):
        locked = SuitabilityReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
        if locked.is_decided:
            raise ValidationError(_("This review is decided. A new one can be opened if things change."))
        _refuse_incomplete(judgement)
        _refuse_meanwhile(locked, judgement)
        _drop_who_left(locked)
        _write(locked, judgement)
        setattr(locked, side, actor)
        setattr(locked, f"{side}_at", now)
        if consulted:
            _consult(locked, consulted, actor=actor, now=now)
        if locked.clinician and (locked.supervisor or locked.consultant):
            locked.decided_at = now
            locked.evidence = asdict(evidence_of(actor, locked.follow_up, now=now))
        locked.save()
    return locked


def side_of(user: User, review: SuitabilityReview) -> str:
    """As whom this person decides: clinician, supervisor, or not at all. Nobody is both."""
    case = review.follow_up.case
    if may_treat_case(user, case):
        return "clinician"
    supervises = (
        user.may(May.SEE_SUPERVISED)
        and case.case_clinicians.filter(until_on=None, clinician__supervisor=user).exists()
    )
    return "supervisor" if supervises else ""


def decides_alone(user: User) -> bool:
    """Whether nobody else at this practice treats or supervises: then there is no colleague to decide with."""
    others = User.objects.filter(is_active=True, roles__overlap=[Role.CLINICIAN, Role.SUPERVISOR])
    return user.may(May.SEE_CLINICAL_WORDS) and not others.exclude(pk=user.pk).exists()


def evidence_of(user: User, follow_up: FollowUp, *, now: datetime) -> Evidence:
    """Sessions, reasons, attempts and offers, as far as this reader may read them."""
    timeline = timeline_of(user, follow_up.client, follow_up.case, now=now)
    zone = get_practice().zone
    attempts = ContactAttempt.objects.filter(
        follow_up__client=follow_up.client, follow_up__case=follow_up.case
    ).select_related("logged_by")
    return Evidence(
        kept=timeline.kept,
        without_notice=timeline.without_notice,
        with_notice=timeline.with_notice,
        days_since_kept=timeline.days_since_kept,
        reasons=tuple(f"{as_shipped(barrier.label)} ({times})" for barrier, times in timeline.reasons),
        attempts=tuple(
            f"{date_format(one.at.astimezone(zone), 'j F Y')}: {one.get_channel_display().lower()},"
            f" {one.get_result_display().lower()} ({one.logged_by.name})"
            for one in attempts
        ),
        offers=tuple(_offers(follow_up)),
    )


def reviews_waiting(user: User) -> QuerySet[SuitabilityReview]:
    """Open reviews that lack this person's name, or for who decides alone the second one; the longest open first."""
    cases = Case.objects.clinical_for(user).order_by().values("pk")
    found = SuitabilityReview.objects.filter(decided_at=None, follow_up__case__in=cases)
    treated = Case.objects.treated_by(user).order_by().values("pk")
    mine = Q(follow_up__case__in=treated)
    if not decides_alone(user):
        mine &= Q(clinician=None)
    if user.may(May.SEE_SUPERVISED):
        mine |= ~Q(follow_up__case__in=treated) & Q(supervisor=None)
    return found.filter(mine).select_related("follow_up__client").order_by("opened_at", "pk")


def may_end(client: Client, case: Case) -> bool:
    """Whether clinician and supervisor have decided to end, since this client last came."""
    decided = SuitabilityReview.objects.filter(
        follow_up__client=client, follow_up__case=case, outcome=ReviewOutcome.END
    ).exclude(decided_at=None)
    came = (
        AttendanceRecord.objects.filter(
            client=client, participant__session__case=case, outcome__in=ATTENDED_OUTCOMES
        )
        .order_by("-starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )
    return (decided.filter(decided_at__gt=came) if came else decided).exists()


def _refuse_incomplete(judgement: Judgement) -> None:
    if judgement.outcome not in ReviewOutcome.values:
        raise ValidationError({"outcome": _("Choose what it comes to.")})
    needed = {
        "serves": (judgement.serves, _("Say what would serve them now.")),
        "considered": (judgement.considered, _("Name the other ways that you considered.")),
    }
    if judgement.outcome == ReviewOutcome.END:
        needed["letter"] = (judgement.letter, _("Write the letter that goes with it."))
    if judgement.outcome in (ReviewOutcome.END, ReviewOutcome.REFER):
        needed["referrals"] = (judgement.referrals, _("Name who can help them from here."))
    missing = {field: sentence for field, (words, sentence) in needed.items() if not words.strip()}
    if judgement.outcome == ReviewOutcome.PAUSE and judgement.look_again_on is None:
        missing["look_again_on"] = _("Say when you look again.")
    if missing:
        raise ValidationError(missing)


def _refuse_meanwhile(review: SuitabilityReview, judgement: Judgement) -> None:
    """What has changed since it opened: a worry, an answer, or that they came."""
    client = review.follow_up.client
    if judgement.outcome == ReviewOutcome.END and has_open_concern(client):
        raise ValidationError(
            {"outcome": _("Not while somebody worries about %(name)s.") % {"name": client.called}}
        )
    lock = what_opens(StepKind.REVIEW, ground_of(review.follow_up))
    if lock and judgement.outcome == ReviewOutcome.END:
        raise ValidationError({"outcome": _("Ending is locked again. %(lock)s") % {"lock": lock}})


def _drop_who_left(review: SuitabilityReview) -> None:
    """A name stands as long as its person treats or supervises them: who has left decides no more."""
    for side in ("clinician", "supervisor"):
        signed: User | None = getattr(review, side)
        if signed and side_of(signed, review) != side:
            _take_name(review, side)


def _take_name(review: SuitabilityReview, side: str) -> None:
    setattr(review, side, None)
    setattr(review, f"{side}_at", None)


def _consult(review: SuitabilityReview, consulted: Consulted, *, actor: User, now: datetime) -> None:
    """Somebody outside stands in for the supervisor whom this practice does not have (row 3.12)."""
    if not decides_alone(actor):
        raise ValidationError(
            {
                "consultant": _(
                    "Somebody at this practice can decide it with you: ask a supervisor to look at it."
                )
            }
        )
    _refuse_unnamed(review, consulted, actor=actor, today=get_practice().today(now))
    review.consultant, review.consultant_as = consulted.name.strip(), consulted.role.strip()
    review.consulted_on = consulted.on


def _refuse_unnamed(review: SuitabilityReview, consulted: Consulted, *, actor: User, today: date) -> None:
    opened_on = review.opened_at.astimezone(get_practice().zone).date()
    problems = {}
    if not consulted.name.strip():
        problems["consultant"] = _("Write down whom you consulted.")
    elif consulted.name.strip().casefold() == actor.name.strip().casefold():
        problems["consultant"] = _("The second name is somebody else's than your own.")
    if not consulted.role.strip():
        problems["consultant_as"] = _("Say what they are, such as: licensed supervisor.")
    if consulted.on is None:
        problems["consulted_on"] = _("Say on which day you talked.")
    elif not opened_on <= consulted.on <= today:
        problems["consulted_on"] = _("Choose a day since this review was opened, today at the latest.")
    if problems:
        raise ValidationError(problems)


def _write(review: SuitabilityReview, judgement: Judgement) -> None:
    said: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in asdict(judgement).items()
    }
    if any(getattr(review, name) != value for name, value in said.items()):
        _take_name(review, "clinician")
        _take_name(review, "supervisor")
    for name, value in said.items():
        setattr(review, name, value)


_EVERY_FEW_WEEKS = gettext_lazy("%(day)s: %(how)s, every %(weeks)s weeks")
_EVERY_WEEK = gettext_lazy("%(day)s: %(how)s, every week")


def _offers(follow_up: FollowUp) -> list[str]:
    """What was offered to make coming easier: what was agreed in talks and in the follow-up itself."""
    agreed = [
        (_EVERY_FEW_WEEKS if change.every_weeks > 1 else _EVERY_WEEK)
        % {
            "day": date_format(change.agreed_on, "j F Y"),
            "how": change.get_modality_display().lower(),
            "weeks": change.every_weeks,
        }
        for change in follow_up.agreed_changes.all()
    ]
    steps = follow_up.steps.filter(kind__in=(StepKind.RESOURCE, StepKind.JOINT_OFFER)).exclude(done_at=None)
    called = follow_up.client.called
    taken = [(step.done_at, step.note or title(step.plan, called)) for step in steps]
    return [
        *agreed,
        *(f"{date_format(at, 'j F Y')}: {words}" for at, words in taken if at),
    ]
