"""Who stands in for a minor."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.services import add_guardian, end_guardianship
from dashboard.clients.choosing import PersonChoice
from dashboard.clients.forms import GuardianForm
from dashboard.clients.sheet import client_sheet
from dashboard.pages import StaffRequest, staff_page
from dashboard.sheets import render_sheet


@staff_page(May.EDIT_CLIENTS, methods=("GET", "POST"))
def guardian_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Find or add the adult who stands in for this person."""
    minor = access.get_client(request.user, public_id, write=True)
    choice = PersonChoice(request, besides=minor)
    form = GuardianForm(choice.answer)
    if form.is_valid() and choice.is_made(form):
        try:
            guardian = choice.person(now=timezone.now())
            add_guardian(minor=minor, guardian=guardian, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            choice.refuse(form, error)
        else:
            messages.success(request, _("%(name)s is noted.") % {"name": guardian.display_name})
            return redirect("dashboard:client", minor.public_id)
    sheet = client_sheet(
        minor,
        heading=_("Who stands in for %(name)s?") % {"name": minor.called},
        submit=_("Save"),
        optional=("relation",),
        template="clients/person_choice.html",
        more={"choice": choice},
    )
    return render_sheet(request, form, sheet)


@staff_page(May.EDIT_CLIENTS, methods=("POST",))
def guardianship_ending(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They no longer stand in."""
    guardianship = access.get_guardianship(request.user, public_id, write=True)
    today = get_practice().today(timezone.now())
    end_guardianship(guardianship=guardianship, until=today, actor=request.user)
    messages.success(request, _("Noted. Nothing about them goes to this person any more."))
    return redirect("dashboard:client", guardianship.minor.public_id)
