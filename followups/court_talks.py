"""What a talk under a court's order holds: words for care and words for the court, kept apart (row 4.7)."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from clients.access import may_read_case_words
from clients.models import Mandate
from followups.gates import HEARD
from followups.models import ContactAttempt, CourtTalk, FollowUp


@dataclass(frozen=True, kw_only=True)
class CourtTalkDetails:
    """What was said, offered and planned; `court_words` are all that may ever go, once approved."""

    said_what_goes: bool = False
    said_what_follows: bool = False
    help_offered: str = ""
    plan: str = ""
    court_words: str = ""
    is_approved: bool = False

    def __bool__(self) -> bool:
        return any(vars(self).values())


def write_court_talk(
    *, attempt: ContactAttempt, details: CourtTalkDetails, follow_up: FollowUp, actor: User
) -> CourtTalk:
    """Write it beside the attempt, within the caller's transaction.

    For the case's clinicians and their supervisors (PermissionDenied). Raises ValidationError
    without an order in force, without a talk, or where nothing was there to approve.
    """
    if not may_read_case_words(actor, follow_up.case):
        raise PermissionDenied
    if not orders_of(follow_up).exists():
        raise ValidationError({"court": _("No court's order is in force for this person.")})
    if attempt.result not in HEARD:
        raise ValidationError({"court": _("What is for the court is agreed in a talk. Choose “We talked”.")})
    if details.is_approved and not details.court_words.strip():
        raise ValidationError({"court_words": _("Write down the words that they approved.")})
    return CourtTalk.objects.create(
        attempt=attempt,
        said_what_goes=details.said_what_goes,
        said_what_follows=details.said_what_follows,
        help_offered=details.help_offered.strip(),
        plan=details.plan.strip(),
        court_words=details.court_words.strip(),
        is_approved=details.is_approved,
    )


def orders_of(follow_up: FollowUp) -> QuerySet[Mandate]:
    """The orders in force for this person in this case."""
    return Mandate.objects.filter(client=follow_up.client_id, case=follow_up.case_id, ended_on=None)
