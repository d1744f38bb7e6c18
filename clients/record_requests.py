"""Asking for a copy of a case's record, and deciding on it: a person's work on both sides (row 1.7).

Kept puts no copy together: what one partner said must not leave with the other's paper.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from clients.models import Case, Client, RecordRequest


def ask_for_record(*, case: Case, client: Client, actor: User, now: datetime) -> RecordRequest:
    """Note that a member, of today or of the past, asks for the record; asking twice is once.

    Raises ValidationError for somebody who was never in the case.
    """
    with acting("ask_for_record", actor=actor):
        Case.objects.select_for_update().get(pk=case.pk)
        if not case.members.filter(client=client).exists():
            raise ValidationError({"client": _("Choose one of those who are in this case.")})
        open_one = RecordRequest.objects.filter(case=case, client=client, decision="").first()
        return open_one or RecordRequest.objects.create(
            case=case, client=client, asked_at=now, noted_by=actor
        )


def decide_on_record(
    *, asked: RecordRequest, decision: str, words: str, actor: User, now: datetime
) -> RecordRequest:
    """Say what became of it; the first decision stands.

    Raises PermissionDenied for who does not treat the case, ValidationError without words.
    """
    if not Case.objects.treated_by(actor).filter(pk=asked.case_id).exists():
        raise PermissionDenied
    if not words.strip():
        raise ValidationError({"words": _("Say what went, and to whom; or why not.")})
    with acting("decide_on_record", actor=actor):
        locked = RecordRequest.objects.select_for_update().get(pk=asked.pk)
        if not locked.decision:
            locked.decision, locked.words = decision, words.strip()
            locked.decided_at, locked.decided_by = now, actor
            locked.clean_fields(exclude=["case", "client", "noted_by", "decided_by"])
            locked.save()
    return locked


def waiting_for(user: User) -> QuerySet[RecordRequest]:
    """What this clinician has to decide, the longest waiting first."""
    mine = RecordRequest.objects.filter(case__in=Case.objects.treated_by(user), decision="")
    return mine.select_related("client").order_by("asked_at", "pk")
