"""A sheet that belongs to one person: it leads back to their page."""

from typing import Any

from django.urls import reverse

from clients.models import Case, Client
from dashboard.sheets import Sheet


def client_sheet(client: Client, *, heading: str, submit: str, **around: Any) -> Sheet:
    """A form about this person."""
    return Sheet(
        heading=heading,
        submit=submit,
        back_url=reverse("dashboard:client", args=[client.public_id]),
        back_label=client.display_name,
        **around,
    )


def case_sheet(case: Case, *, heading: str, submit: str, **around: Any) -> Sheet:
    """A form about this case."""
    return Sheet(
        heading=heading,
        submit=submit,
        back_url=reverse("dashboard:case", args=[case.public_id]),
        back_label=str(case),
        **around,
    )
