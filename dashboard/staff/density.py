"""How much somebody sees at once: one chooses it oneself, in the menu of any page."""

import json

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import Density
from accounts.services import choose_density
from dashboard.pages import StaffRequest, accepted, refused, staff_page


class OwnDensityForm(forms.Form):
    """Which of the three, and the page that it was chosen on."""

    density = forms.ChoiceField(choices=Density.choices)
    next = forms.CharField(required=False)


@staff_page(methods=("POST",))
def own_density(request: StaffRequest) -> HttpResponse:
    """Choose it; the page stays where it is, or is shown again where there is no script."""
    form = OwnDensityForm(request.POST)
    if not accepted(
        form, lambda: choose_density(user=request.user, density=Density(form.cleaned_data["density"]))
    ):
        return refused(form.errors.as_text())
    if request.htmx:
        told = {"kept:density": form.cleaned_data["density"]}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(told)})
    page = form.cleaned_data["next"]
    return redirect(page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else "/")
