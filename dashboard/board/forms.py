"""What the board's buttons and small fields send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.access import clinicians
from accounts.models import User
from attendance.models import Outcome
from clients.access import barriers, cases_visible_to
from clients.models import Case, Client
from dashboard.board.choices import ARRIVED, CANCELLED
from sessions_app.access import rooms, services


class MarkForm(forms.Form):
    """One button pressed on one participant, with minutes where the outcome has them."""

    outcome = forms.ChoiceField(choices=[(ARRIVED, "Arrived"), (CANCELLED, "Cancelled"), *Outcome.choices])
    # How the person stood when the button was drawn; a colleague may have been quicker.
    stood = forms.CharField(required=False, max_length=20)
    late_minutes = forms.IntegerField(required=False, min_value=1, max_value=720)
    left_early_minutes = forms.IntegerField(required=False, min_value=1, max_value=720)


class BarriersForm(forms.Form):
    """What got in the way; choosing nothing is an answer too."""

    barriers = forms.ModelMultipleChoiceField(barriers(), required=False, to_field_name="code")


class AllHereUndoForm(forms.Form):
    """The moment that "all here" marked."""

    marked_at = forms.DateTimeField()


class WalkInForm(forms.Form):
    """Where somebody without an appointment goes: filled in as it most likely is."""

    case = forms.ModelChoiceField(Case._default_manager.none(), to_field_name="public_id", empty_label=None)
    clinician = forms.ModelChoiceField(
        clinicians(), to_field_name="public_id", empty_label=_("Choose…"), label=_("With")
    )
    room = forms.ModelChoiceField(
        rooms(), to_field_name="public_id", required=False, empty_label=_("No room"), label=_("Room")
    )
    service = forms.ModelChoiceField(
        services(), to_field_name="public_id", empty_label=_("Choose…"), label=_("For")
    )

    def __init__(self, *args: Any, user: User, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = cases_visible_to(user).open().filter(members__client=client, members__left_on=None)
        self.cases = list(theirs.prefetch_related("clinicians"))
        case_field = self.fields["case"]
        case_field.queryset = theirs  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(self.cases) == 1:
            case_field.widget = case_field.hidden_widget()
        if self.cases:
            self._fill_in(self.cases[0])

    def _fill_in(self, case: Case) -> None:
        self.initial["case"] = case.public_id
        self.initial["clinician"] = next((one.public_id for one in case.clinicians.all()), None)
        usual = services().order_by("pk")
        service = usual.filter(kind=case.kind).first() or usual.first()
        self.initial["service"] = service.public_id if service else None
