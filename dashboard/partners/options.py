"""The other ways: noted, looked at again on their day, taken up or let go (rows 5.3, 5.11)."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.models import Case
from dashboard.pages import StaffRequest, accepted, add_refusal, refused, staff_page
from dashboard.partners.forms import LookAgainForm, OptionForm, OptionStateForm
from dashboard.sheets import Sheet, render_sheet
from followups.access import get_later_option
from followups.later_options import look_again, note_option, settle_option

USUALLY = timedelta(weeks=6)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def option_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Keep one of them in view; none is ever locked."""
    member, now = access.get_treated_member(request.user, public_id), timezone.now()
    today = get_practice().today(now)
    form = OptionForm(
        request.POST or None, initial={"kind": request.GET.get("kind", ""), "revisit_on": today + USUALLY}
    )
    if request.method == "POST" and form.is_valid():
        kind, noted = form.cleaned_data["kind"], form.noted
        try:
            note_option(member=member, kind=kind, noted=noted, today=today, actor=request.user, now=now)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Noted. It comes back to you on its day."))
            return redirect("dashboard:together", member.case.public_id)
    heading = _("Another way for %(name)s") % {"name": member.client.called}
    return render_sheet(request, form, _sheet(member.case, heading))


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def option(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Looked at again: a new day, or what became of it."""
    found, now = get_later_option(request.user, public_id), timezone.now()
    today = get_practice().today(now)
    begun = {"words": found.words, "was_asked_for": found.was_asked_for, "revisit_on": today + USUALLY}
    form = LookAgainForm(request.POST or None, initial=begun)
    if accepted(
        form, lambda: look_again(option=found, noted=form.noted, today=today, actor=request.user, now=now)
    ):
        messages.success(request, _("Noted. It comes back to you on its day."))
        return redirect("dashboard:together", found.case.public_id)
    heading = _("%(way)s: %(name)s") % {
        "way": found.get_kind_display(),
        "name": found.member.client.called,
    }
    sheet = _sheet(found.case, heading, template="partners/option.html", more={"option": found})
    return render_sheet(request, form, sheet)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def option_state(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Taken up, or let go."""
    found, form = get_later_option(request.user, public_id), OptionStateForm(request.POST)
    if not form.is_valid():
        return refused(_("Choose what became of it."))
    settle_option(option=found, state=form.cleaned_data["state"], actor=request.user, now=timezone.now())
    messages.success(request, _("Noted."))
    return redirect("dashboard:together", found.case.public_id)


def _sheet(case: Case, heading: str, **around: object) -> Sheet:
    return Sheet(
        heading=heading,
        submit=_("Save"),
        back_url=reverse("dashboard:together", args=[case.public_id]),
        back_label=_("Coming together"),
        optional=("words",),
        **around,  # type: ignore[arg-type]  # the names are the sheet's own
    )
