"""What is typed about fees on a client's page."""

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from attendance.models import FeeExemption, FeeTerms, TermsTold
from dashboard.clients.forms import DateInput


class _TermsField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker only
    def label_from_instance(self, obj: FeeTerms) -> str:
        return f"{date_format(obj.in_force_from, 'j F Y')}: {obj.words or _('nothing costs anything')}"


class TermsToldForm(forms.Form):
    """Which terms, how, and when."""

    # Their words are read whole before one says that somebody knows them.
    terms = _TermsField(queryset=None, label=_("Which terms"), empty_label=None, widget=forms.RadioSelect)
    how = forms.ChoiceField(
        choices=TermsTold.How.choices, widget=forms.RadioSelect, initial=TermsTold.How.SAID, label=_("How")
    )
    told_on = forms.DateField(widget=DateInput, label=_("On"))

    def __init__(self, terms: QuerySet[FeeTerms], today: date, sent: QueryDict | None) -> None:
        super().__init__(sent, initial={"told_on": today, "terms": terms.first()})
        field = self.fields["terms"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        field.queryset = terms


class ExemptionForm(forms.Form):
    """Why nothing is ever charged."""

    because = forms.ChoiceField(
        choices=FeeExemption.Because.choices,
        widget=forms.RadioSelect,
        initial=FeeExemption.Because.PAYER,
        label=_("Because"),
    )


class WaiverForm(forms.Form):
    """Why one absence costs nothing."""

    because = forms.CharField(max_length=200, label=_("Why it is waived"))
