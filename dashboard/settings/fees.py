"""Settings: what a missed session costs, as clients are told beforehand (row 3.5)."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import May
from accounts.services import get_practice
from dashboard.clients.forms import DateInput
from dashboard.pages import StaffRequest, accepted, staff_page, status_of
from followups.fees import TermsDetails, all_terms, write_terms


class TermsForm(forms.Form):
    """New terms; those before stay for the sessions until then."""

    missed_amount = forms.DecimalField(
        required=False, min_value=1, max_digits=8, decimal_places=2, label=gettext_lazy("A missed session"),
        help_text=gettext_lazy("Empty: it costs nothing."),
    )  # fmt: skip
    late_amount = forms.DecimalField(
        required=False, min_value=1, max_digits=8, decimal_places=2, label=gettext_lazy("Cancelled late"),
        help_text=gettext_lazy("Empty: it costs nothing."),
    )  # fmt: skip
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        initial="USD",
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Three letters, such as USD."),
    )
    free_absences = forms.IntegerField(
        min_value=0, max_value=50, initial=1, label=gettext_lazy("Free in twelve months"),
        help_text=gettext_lazy("So many absences cost nothing."),
    )  # fmt: skip
    words = forms.CharField(
        required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
        label=gettext_lazy("What clients read beforehand"),
    )  # fmt: skip
    words_es = forms.CharField(
        required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3, "lang": "es"}),
        label=gettext_lazy("The same in Spanish"),
    )  # fmt: skip
    in_force_from = forms.DateField(widget=DateInput, label=gettext_lazy("From"))

    def details(self) -> TermsDetails:
        return TermsDetails(**self.cleaned_data)


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def fee_terms(request: StaffRequest) -> HttpResponse:
    """What holds, what held, and new terms."""
    now = timezone.now()
    today = get_practice().today(now)
    form = TermsForm(request.POST or None, initial={"in_force_from": today})
    if accepted(form, lambda: write_terms(details=form.details(), actor=request.user, now=now)):
        messages.success(
            request, _("Saved. Tell clients before you count on it: nobody pays what they did not know.")
        )
        return redirect("dashboard:fee-terms")
    context = {"section": "fees", "form": form, "all_terms": all_terms(), "today": today}
    return render(request, "settings/fees.html", context, status=status_of(form))
