"""A sheet that belongs to a court's order: it leads back to its page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.models import Mandate
from dashboard.sheets import Sheet


def mandate_sheet(mandate: Mandate, *, heading: str, submit: str, **around: Any) -> Sheet:
    """A form about this order."""
    return Sheet(
        heading=heading,
        submit=submit,
        back_url=reverse("dashboard:mandate", args=[mandate.public_id]),
        back_label=_("The court's order"),
        **around,
    )
