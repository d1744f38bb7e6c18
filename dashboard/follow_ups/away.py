"""Away for a while: one says it oneself, and who stands in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import May
from accounts.services import get_practice
from dashboard.clients.forms import DateInput
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.sheets import Sheet, render_sheet
from followups.standing_in import Absence, be_away, be_back, possible_stand_ins


class OwnAbsenceForm(forms.Form):
    """From when, until when, and who stands in."""

    away_from = forms.DateField(label=gettext_lazy("The first day away"), widget=DateInput)
    away_until = forms.DateField(label=gettext_lazy("The day you are back"), widget=DateInput)
    stands_in = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        to_field_name="public_id",
        label=gettext_lazy("Who sees to your follow-ups"),
        help_text=gettext_lazy("Only who may read all of them. Without anybody, your supervisor does."),
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stands_in"].queryset = possible_stand_ins(person)  # type: ignore[attr-defined]
        self.fields["stands_in"].empty_label = _("Nobody in particular")  # type: ignore[attr-defined]


@staff_page(May.FOLLOW_UP, methods=("GET", "POST"))
def own_absence(request: StaffRequest) -> HttpResponse:
    """Say from when to when one is away."""
    person, today = request.user, get_practice().today(timezone.now())
    begun = {
        "away_from": person.away_from or today,
        "away_until": person.away_until,
        "stands_in": person.stands_in.public_id if person.stands_in else None,
    }
    form = OwnAbsenceForm(person, request.POST or None, initial=begun)
    if accepted(
        form,
        lambda: be_away(person=person, absence=Absence(**form.cleaned_data), actor=person, today=today),
    ):
        messages.success(request, _("Saved. What is yours comes back to you with that day."))
        return redirect("dashboard:own-absence")
    sheet = Sheet(
        heading=_("Away for a while"),
        back_url=reverse("dashboard:follow-ups"),
        back_label=_("Follow-ups"),
        submit=_("Save"),
        intro=_(
            "Your follow-ups come to whoever stands in, and stay yours. Nothing is lost, nothing is told to clients."
        ),
        template="follow_ups/away.html",
        optional=("stands_in",),
        more={"person": person},
    )
    return render_sheet(request, form, sheet)


@staff_page(May.FOLLOW_UP, methods=("POST",))
def own_return(request: StaffRequest) -> HttpResponse:
    """Here again, earlier than said."""
    be_back(person=request.user, actor=request.user)
    messages.success(request, _("Welcome back. Your follow-ups are with you alone again."))
    return redirect("dashboard:follow-ups")
