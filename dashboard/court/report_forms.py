"""What a report to the court asks for."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import DisclosurePart, Mandate
from dashboard.clients.forms import DateInput
from dashboard.court.forms import DayOfOrder
from followups.court_reports import ReportWords
from followups.models import CourtReport, ReportKind

WORDS = tuple(field.name for field in fields(ReportWords))


class ReportForm(DayOfOrder):
    """Which days, what it holds, and the words written for the court."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ReportKind, widget=forms.RadioSelect)
    since_on = forms.DateField(label=_("From"), widget=DateInput())
    until_on = forms.DateField(label=_("To"), widget=DateInput())
    parts = forms.MultipleChoiceField(
        label=_("What it holds"),
        choices=DisclosurePart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Attendance alone, unless the consent covers more and the client approves it."),
    )
    account = forms.CharField(
        label=_("Their own account, for the court"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    barriers = forms.CharField(
        label=_("What got in the way"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    plan = forms.CharField(
        label=_("The plan"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    # Shown only to who has seen what is flagged.
    keep_flagged = forms.BooleanField(
        label=_("Write it in these words all the same"), required=False, widget=forms.HiddenInput
    )
    read = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    field_order = ("kind", "since_on", "until_on", "reporting_date", "parts", "account", "barriers", "plan")

    def ask_to_keep(self) -> None:
        """Let somebody decide on what is flagged."""
        self.fields["keep_flagged"].widget = forms.CheckboxInput()

    def words(self) -> ReportWords:
        typed = self.cleaned_data
        return ReportWords(
            **{name: typed[name] for name in WORDS if name not in {"parts", "reporting_date"}},
            parts=tuple(typed["parts"]),
            reporting_date=self.chosen_day(),
        )

    @staticmethod
    def facts_of(source: ReportWords | CourtReport) -> dict[str, Any]:
        """What stands in the form at first: of a draft, or as it is suggested."""
        day = source.reporting_date
        read = source.imprint if isinstance(source, CourtReport) else ""
        facts = {name: getattr(source, name) for name in WORDS}
        return facts | {"reporting_date": day and day.public_id, "read": read}


def form_for(mandate: Mandate, typed: Any, source: ReportWords | CourtReport) -> ReportForm:
    """The form with the days of this order."""
    return ReportForm(mandate, typed, initial=ReportForm.facts_of(source))
