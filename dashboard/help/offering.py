"""The one press beside a barrier: this is offered."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import get_practice
from clients.helping import offer_at_once
from clients.models import Case, Client, Referral
from dashboard.help.suggesting import offer_read
from dashboard.pages import StaffRequest


def offer_pressed(request: StaffRequest, case: Case, client: Client) -> Referral | None:
    """What the button offers; None where it is not in the directory any more."""
    sent = offer_read(request.POST.get("offer", ""))
    if sent is None:
        return None
    resource, barrier = sent
    now = timezone.now()
    return offer_at_once(
        case=case,
        client=client,
        resource=resource,
        barrier=barrier,
        actor=request.user,
        now=now,
        today=get_practice().today(now),
    )


def offered_words(referral: Referral) -> str:
    return _("Offered: %(name)s. It comes back on its day, until it is resolved.") % {"name": referral.name}
