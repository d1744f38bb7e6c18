"""What was added to a merged record before it was parted again, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.merging import FACTS
from clients.models import ClientMerge

_SESSIONS = ("sessions_app.participant.client",)
_TREATMENTS = ("clients.casemember.client",)
_ADDRESSES = ("clients.contactpoint.client",)
_GUARDIANS = ("clients.guardianship.minor", "clients.guardianship.guardian")
_MESSAGES = ("reminders.message.recipient", "reminders.inboundmessage.client")
_WAITLIST = ("sessions_app.waitlistentry.client",)
_FOLLOW_UPS = ("followups.followup.client",)
# Said without a number, to whoever reads it. That there is an order, a screen or a concern is not said at all.
_NOTED = (
    "clients.safecontact.client",
    "clients.mandate.client",
    "clients.checkinplan.client",
    "clients.contingencyplan.client",
    "clients.planagreement.client",
    "clients.awaysupport.client",
    "clients.referral.client",
    "clients.agreedstrategy.client",
    "clients.consequence.client",
    "clients.recordrequest.client",
    "followups.invitation.asker",
)


def since_the_merge(merge: ClientMerge) -> dict[str, Any]:
    """What stayed with the kept record, what went with the other, and what was corrected and is kept."""
    journal = merge.journal
    return {
        "stayed": _in_words(journal.get("stayed", {})),
        "went": _in_words(journal.get("went", {})),
        "corrected": [FACTS[name] for name in FACTS if name in journal.get("corrected", [])],
    }


def _in_words(counts: Mapping[str, int]) -> list[str]:
    sessions, treatments, addresses, guardians, texts, waits, follow_ups, noted = (
        sum(counts.get(key, 0) for key in keys)
        for keys in (
            _SESSIONS,
            _TREATMENTS,
            _ADDRESSES,
            _GUARDIANS,
            _MESSAGES,
            _WAITLIST,
            _FOLLOW_UPS,
            _NOTED,
        )
    )
    said = (
        (treatments, ngettext("%(count)s treatment", "%(count)s treatments", treatments)),
        (sessions, ngettext("%(count)s session", "%(count)s sessions", sessions)),
        (addresses, ngettext("%(count)s address", "%(count)s addresses", addresses)),
        (guardians, ngettext("%(count)s guardian or ward", "%(count)s guardians or wards", guardians)),
        (texts, ngettext("%(count)s message", "%(count)s messages", texts)),
        (follow_ups, ngettext("%(count)s follow-up", "%(count)s follow-ups", follow_ups)),
        (waits, _("A place on the waitlist")),
        (noted, _("What was noted and agreed")),
    )
    return [words % {"count": count} for count, words in said if count]
