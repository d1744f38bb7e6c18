"""What the board's buttons and small fields send."""

from django import forms

from attendance.models import Outcome
from clients.access import barriers
from dashboard.board.choices import ARRIVED, CANCELLED


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
