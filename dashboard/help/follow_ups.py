"""Help beside a follow-up: what can help with what is being named, and the press that offers it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from accounts.services import get_practice
from dashboard.follow_ups.forms import unsent_forms
from dashboard.follow_ups.sheet import attempt_form_for, show
from dashboard.help.offering import offer_pressed, offered_words
from dashboard.help.suggesting import help_on_follow_up
from dashboard.pages import StaffRequest, refused, sentence_of, staff_page
from followups.access import get_follow_up
from followups.models import FollowUp


@staff_page(May.FOLLOW_UP, methods=("POST",))
def what_helps(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What can help with the barriers chosen so far; nothing is noted by asking."""
    return _fragment(request, get_follow_up(request.user, public_id, write=True))


@staff_page(May.FOLLOW_UP, methods=("POST",))
def offers(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Offer it, while the talk goes on: what is being written stays as it is."""
    follow_up = get_follow_up(request.user, public_id, write=True)
    try:
        offered = offer_pressed(request, follow_up.case, follow_up.client)
    except ValidationError as error:
        return refused(sentence_of(error))
    if offered is None:
        return refused(_("This is not in the directory any more."))
    if request.htmx:
        return _fragment(request, follow_up)
    messages.success(request, offered_words(offered))
    if unsent := unsent_forms(request.POST, attempt_form_for(request.user, follow_up)):
        return show(request, follow_up, practice=get_practice(), now=timezone.now(), kept=unsent)
    return HttpResponseRedirect(reverse("dashboard:follow-up", args=[public_id]), status=303)


def _fragment(request: StaffRequest, follow_up: FollowUp) -> HttpResponse:
    context = help_on_follow_up(request.user, follow_up, request.POST.getlist("barriers"))
    return render(request, "help/_suggestions.html", context | {"is_live": True})
