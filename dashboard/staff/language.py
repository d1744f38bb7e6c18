"""The language in which Kept speaks to somebody: one chooses it oneself."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Language
from accounts.services import choose_language
from dashboard.pages import StaffRequest, accepted, staff_page
from dashboard.sheets import Sheet, render_sheet

OWN = "dashboard:own-language"


class OwnLanguageForm(forms.Form):
    """One of the languages, or whatever the practice's is."""

    language = forms.ChoiceField(
        choices=[("", gettext_lazy("As the practice has it")), *Language.choices],
        required=False,
        widget=forms.RadioSelect,
        label=gettext_lazy("Kept speaks to you in"),
    )


@staff_page(methods=("GET", "POST"))
def own_language(request: StaffRequest) -> HttpResponse:
    """Choose it; the next page speaks it."""
    begun: dict[str, Any] = {"language": request.user.language}
    form = OwnLanguageForm(request.POST or None, initial=begun)
    if accepted(form, lambda: choose_language(user=request.user, language=form.cleaned_data["language"])):
        chosen = form.cleaned_data["language"] or request.user.practice_language
        with translation.override(chosen or translation.get_language_from_request(request)):
            messages.success(request, _("Kept speaks your language from now on."))
        return redirect(OWN)
    sheet = Sheet(
        heading=_("Language"),
        back_url="/",
        back_label=_("Back to your work"),
        submit=_("Save"),
        intro=_(
            "For the pages that you read, and the mails to you. Clients are written to in their own language."
        ),
    )
    return render_sheet(request, form, sheet)
