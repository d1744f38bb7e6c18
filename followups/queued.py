"""Reaching somebody who did not come: queued while the session runs, opened once it is over (row 1.4)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import acting
from accounts.models import User
from attendance.holding import presence_in
from clients.models import Case, Client, SafeContact
from followups.models import FollowUpCause, ProtocolCode, QueuedOutreach
from followups.services import open_follow_up
from sessions_app.models import Participant, TherapySession
from sessions_app.services.locking import lock_session

DO_NOT_CONTACT = gettext_lazy("Please do not contact {name}. Bring it into a session where you are together.")


def queue_outreach(*, session: TherapySession, actor: User, now: datetime) -> list[QueuedOutreach]:
    """Keep for after the session that this clinician wants to reach who did not come; twice is once.

    "Do not contact" wins, for that person. Raises ValidationError where nobody is left to be
    reached, PermissionDenied for who does not treat this case.
    """
    if not Case.objects.treated_by(actor).filter(pk=session.case_id).exists():
        raise PermissionDenied
    with acting("queue_outreach", actor=actor):
        presence = presence_in(lock_session(session))
        if not presence.is_in_part:
            raise ValidationError(_("This is for a session to which one has come and another has not."))
        for one in presence.absent:
            _refuse_unsafe(one.client)
        return [
            QueuedOutreach.objects.get_or_create(
                participant=one, defaults={"queued_at": now, "queued_by": actor}
            )[0]
            for one in presence.absent
        ]


def queued_for(session: TherapySession) -> list[QueuedOutreach]:
    """What is queued for after this session; the caller treats its people."""
    waiting = QueuedOutreach.objects.filter(participant__session=session)
    return list(waiting.select_related("participant__client"))


def open_queued(*, now: datetime) -> int:
    """Open what was queued for sessions that are over by now; returns how many follow-ups that gave."""
    over = QueuedOutreach.objects.filter(settled_at=None, participant__session__ends_at__lte=now)
    people = ("participant__session__case", "participant__client", "queued_by")
    return sum(_open(one, now) for one in over.select_related(*people).order_by("pk"))


def _open(queued: QueuedOutreach, now: datetime) -> bool:
    """Open one, unless they came after all, or nobody may be reached any more."""
    with acting("open_queued_outreach", actor=queued.queued_by):
        mine = QueuedOutreach.objects.select_for_update(skip_locked=True).filter(
            pk=queued.pk, settled_at=None
        )
        if not mine.exists():
            return False
        opened = _is_still_wanted(queued.participant) and _opened(queued, now)
        mine.update(settled_at=now)
    return opened


def _opened(queued: QueuedOutreach, now: datetime) -> bool:
    participant = queued.participant
    try:
        open_follow_up(
            client=participant.client,
            case=participant.session.case,
            protocol_code=ProtocolCode.ABSENT_PARTNER,
            actor=queued.queued_by,
            now=now,
        )
    except (ValidationError, PermissionDenied):
        return False  # left, died, or no longer this clinician's
    return True


def _is_still_wanted(participant: Participant) -> bool:
    """Not called off, not come after all, and not followed already by what was recorded."""
    presence = presence_in(participant.session)
    if participant.session.is_cancelled or participant in presence.here:
        return False
    if _is_not_to_be_contacted(participant.client):
        return False
    return not FollowUpCause.objects.filter(
        participant=participant, protocol__code=ProtocolCode.ABSENT_PARTNER, withdrawn_at=None
    ).exists()


def _refuse_unsafe(client: Client) -> None:
    if _is_not_to_be_contacted(client):
        raise ValidationError(DO_NOT_CONTACT.format(name=client.called))


def _is_not_to_be_contacted(client: Client) -> bool:
    level = SafeContact.Level.DO_NOT_CONTACT
    return client.safe_contacts.filter(level=level, contact_point=None, ended_at=None).exists()
