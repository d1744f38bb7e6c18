"""The wall before what was said: what got in the way, and what one partner said without the other (row 1.7)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.models import User
from accounts.roles import May
from attendance.models import HELD_KINDS, BarrierNamed, Concern, FallbackUse, HeldPart
from clients.access import plans_readable_by, require_plan
from clients.models import Case, ContingencyPlan
from sessions_app.access import get_participant, get_session, participants_visible_to
from sessions_app.models import Participant, TherapySession

Noted = TypeVar("Noted", Concern, HeldPart)


def barriers_readable_by(user: User) -> QuerySet[BarrierNamed]:
    """The barriers that this person may read back: of their caseload, or their team's; none for the desk."""
    sessions = TherapySession.objects.clinical_for(user).order_by().values("pk")
    return BarrierNamed.objects.filter(participant__session__in=sessions)


def _treated(user: User, *, prefix: str = "") -> Q:
    """Sessions that this person leads, or of a case that they treat."""
    cases = Case.objects.treated_by(user).values("pk")
    led = TherapySession.objects.led_by(user)
    leads = (led if user.may(May.SEE_CLINICAL_WORDS) else led.none()).values("pk")
    return Q(**{f"{prefix}case__in": cases}) | Q(**{f"{prefix}pk__in": leads})


def may_treat(user: User, session: TherapySession) -> bool:
    """Whether this person leads it or treats its case; a supervisor as such does not."""
    return TherapySession.objects.filter(_treated(user), pk=session.pk).exists()


def get_treated_session(user: User, public_id: UUID) -> TherapySession:
    """One session for who treats its people; 404 if invisible, 403 for everybody else, supervisors too."""
    session = get_session(user, public_id)
    treated = TherapySession.objects.filter(_treated(user), pk=session.pk)
    if not treated.exists():
        raise PermissionDenied
    return treated.select_related("case__confidentiality", "held__reassured_by").get()


def get_treated_participant(user: User, public_id: UUID) -> Participant:
    """One person expected at a session, for who treats them; 404, and 403, as above."""
    participant = get_participant(user, public_id)
    participant.session = get_treated_session(user, participant.session.public_id)
    return participant


def get_concern(user: User, public_id: UUID) -> Concern:
    """One concern, for who treats its person; 404 if its session is invisible, else 403."""
    concern = Concern.objects.filter(public_id=public_id).select_related("participant__session").first()
    if concern is None:
        raise Http404
    concern.participant.session = get_treated_session(user, concern.participant.session.public_id)
    return concern


def held_among(user: User, sessions: Iterable[UUID | str]) -> set[str]:
    """Which of these sessions are held in part already, of those that this person treats. One query."""
    held = TherapySession.objects.filter(_treated(user), public_id__in=list(sessions)).exclude(held=None)
    return {str(public_id) for public_id in held.values_list("public_id", flat=True)}


def concerns_readable_by(user: User) -> QuerySet[Concern]:
    """What people said, as far as this person treats them."""
    return Concern.objects.filter(_treated(user, prefix="participant__session__"))


def parts_readable_by(user: User) -> QuerySet[HeldPart]:
    """What was noted of those who came to sessions held in part, as far as this person treats them."""
    return HeldPart.objects.filter(_treated(user, prefix="participant__session__"))


@dataclass
class Carried:
    """What an earlier session of the case left for a later one: concerns, and how a topic is to come in."""

    concerns: list[Concern] = field(default_factory=list)
    topics: list[HeldPart] = field(default_factory=list)


def carried_into(user: User, sessions: Iterable[UUID | str]) -> dict[str, Carried]:
    """What greets the clinician at these sessions, by their ids; nothing where there is nothing. Two queries."""
    wanted = list(sessions)
    found: dict[str, Carried] = defaultdict(Carried)
    for later, concern in _before(wanted, concerns_readable_by(user).filter(state=Concern.State.CARRIED)):
        found[later].concerns.append(concern)
    for later, part in _before(wanted, parts_readable_by(user).exclude(bring_in=""), only_next=True):
        found[later].topics.append(part)
    return dict(found)


def _before(
    sessions: list[UUID | str], noted: QuerySet[Noted], *, only_next: bool = False
) -> Iterator[tuple[str, Noted]]:
    """What was noted in earlier sessions of the same cases, each with the later session's id.

    With `only_next`, for the session right after it and for none beyond.
    """
    said, later = "participant__session", "participant__session__case__sessions"
    found = noted.filter(
        **{f"{said}__case__kind__in": HELD_KINDS, f"{later}__public_id__in": sessions},
        **{f"{later}__starts_at__gt": F(f"{said}__starts_at")},
    ).annotate(later=F(f"{later}__public_id"), later_at=F(f"{later}__starts_at"))
    if only_next:
        between = TherapySession.objects.filter(case=OuterRef(f"{said}__case"), cancelled_at=None)
        begins = {"starts_at__gt": OuterRef(f"{said}__starts_at"), "starts_at__lt": OuterRef("later_at")}
        found = found.exclude(Exists(between.filter(**begins)))
    for one in found.select_related(said, "participant__client").order_by("pk"):
        yield str(one.later), one


@dataclass(frozen=True)
class MissingWithPlan:
    """Somebody who is missing, what was agreed for that, and the last step of it that was taken."""

    participant: Participant
    plan: ContingencyPlan
    use: FallbackUse | None


def missing_with_plan(user: User, participants: Iterable[str]) -> list[MissingWithPlan]:
    """Of these the ones with a plan in force that this person may see; not once their session is held.

    One query where there is none, else four.
    """
    plans = plans_readable_by(user).in_force()
    theirs = plans.filter(case=OuterRef("session__case"), client=OuterRef("client"))
    found = participants_visible_to(user).filter(Exists(theirs), public_id__in=list(participants))
    people = list(
        found.filter(session__held=None)
        .select_related("client", "session__case", "session__room", "session__location")
        .prefetch_related("session__clinicians")
    )
    if not people:
        return []
    known = plans.filter(case__in=[one.session.case_id for one in people])
    by_member = {(plan.case_id, plan.client_id): plan for plan in known}
    uses = FallbackUse.objects.filter(participant__in=people, undone_at=None).order_by("used_at")
    last = {use.participant_id: use for use in uses}
    pairs = ((one, by_member.get((one.session.case_id, one.client_id))) for one in people)
    return [MissingWithPlan(one, plan, last.get(one.pk)) for one, plan in pairs if plan]


def get_missing(user: User, public_id: UUID) -> Participant:
    """One who is missing, for who may take a step of the plan: 404 if invisible, 403 who may not."""
    participant = get_participant(user, public_id, write=True)
    require_plan(user, participant.session.case)
    return participant


def get_fallback_use(user: User, public_id: UUID) -> FallbackUse:
    """One step that was taken; refused as the step itself is."""
    use = FallbackUse.objects.filter(public_id=public_id).select_related("participant", "booked").first()
    if use is None:
        raise Http404
    get_missing(user, use.participant.public_id)
    return use
