"""What a clinician notes that missing sessions costs somebody; isolation calls for a check at once (row 2.5)."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.audit import acting
from accounts.models import User
from accounts.roles import May
from clients.access import may_read_case_words
from clients.models import Case, Client, Consequence
from clients.treatment import refuse_strangers
from followups.models import ProtocolCode
from followups.services import open_follow_up


def note_consequences(
    *, client: Client, case: Case, kinds: Collection[str], words: str, actor: User, now: datetime
) -> list[Consequence]:
    """Note one or several. Isolation or hopelessness opens the wellbeing check in the same transaction.

    Raises PermissionDenied for who does not read the case's words; ValidationError for none, and for
    somebody who is not in treatment in this case.
    """
    if not (actor.may(May.SEE_CLINICAL_WORDS) and may_read_case_words(actor, case)):
        raise PermissionDenied
    if not kinds:
        raise ValidationError({"kinds": _("Choose what you see.")})
    refuse_strangers(case, client)
    with acting("note_consequences", actor=actor):
        if Consequence.Kind.ISOLATION in kinds:
            open_follow_up(client=client, case=case, protocol_code=ProtocolCode.AT_RISK, actor=actor, now=now)
        noted = [
            Consequence(
                client=client, case=case, kind=kind, words=words.strip(), noted_at=now, noted_by=actor
            )
            for kind in dict.fromkeys(kinds)
        ]
        for one in noted:
            one.clean_fields(exclude=["client", "case", "noted_by"])
            one.save()
    return noted
