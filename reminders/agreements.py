"""Which agreements with the providers are missing: without them nothing leaves the house."""

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clients.models import Case
from reminders.models import AgreementKind, ProviderAgreement

_SENTENCES = {
    AgreementKind.ASSOCIATE: _("the business associate agreement with the providers is not recorded yet"),
    AgreementKind.QUALIFIED: _(
        "a case is in addiction counselling, and the qualified service organisation agreement "
        "with the providers is not recorded yet"
    ),
}


def needed_agreements() -> list[AgreementKind]:
    """What this deployment needs; the pretend provider needs none."""
    if settings.KEPT_TRANSPORT == "sandbox":
        return []
    if Case.objects.filter(is_addiction=True).exists():
        return [AgreementKind.ASSOCIATE, AgreementKind.QUALIFIED]
    return [AgreementKind.ASSOCIATE]


def missing_agreements() -> list[AgreementKind]:
    """What is needed and not recorded."""
    needed = needed_agreements()
    if not needed:
        return []
    recorded = set(ProviderAgreement.objects.filter(ended_at=None).values_list("kind", flat=True))
    return [kind for kind in needed if kind not in recorded]


def what_sending_waits_for() -> str:
    """One sentence for staff and for the health page; empty where nothing is missing."""
    missing = missing_agreements()
    if not missing:
        return ""
    return gettext("Nothing is sent: %(why)s.") % {
        "why": gettext("; and ").join(str(_SENTENCES[kind]) for kind in missing)
    }
