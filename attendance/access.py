"""The wall before what was said: what got in the way, and what one partner said without the other (row 1.7)."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import Http404

from accounts.models import User
from accounts.roles import May
from attendance.models import HELD_KINDS, BarrierNamed, Concern
from clients.models import Case
from sessions_app.access import get_participant, get_session
from sessions_app.models import Participant, TherapySession


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


def concerns_readable_by(user: User) -> QuerySet[Concern]:
    """What people said, as far as this person treats them."""
    return Concern.objects.filter(_treated(user, prefix="participant__session__"))


def carried_into(user: User, sessions: Iterable[UUID | str]) -> dict[str, list[Concern]]:
    """What was carried forward from earlier sessions of the same case, by the later one's id. One query."""
    case = "participant__session__case"
    carried = concerns_readable_by(user).filter(
        **{f"{case}__kind__in": HELD_KINDS, f"{case}__sessions__public_id__in": list(sessions)},
        **{f"{case}__sessions__starts_at__gt": F("participant__session__starts_at")},
        state=Concern.State.CARRIED,
    )
    found: dict[str, list[Concern]] = defaultdict(list)
    for concern in carried.annotate(later=F(f"{case}__sessions__public_id")).select_related(
        "participant__session", "participant__client"
    ):
        found[str(concern.later)].append(concern)
    return dict(found)
