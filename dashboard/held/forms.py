"""What can be noted while a session is held with one of two; everything but the reassurance is optional."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.holding import Part
from attendance.models import AnswerOf, Concern, Felt, HeldPart

NO_ANSWER = ("", _("Not asked"))


class ConcernForm(forms.Form):
    """One thing that presses them, in their words."""

    words = forms.CharField(
        label=_("In their words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(
        label=_("About"), choices=Concern.Kind, initial=Concern.Kind.RELATIONSHIP, widget=forms.RadioSelect
    )


class SettlingForm(forms.Form):
    """What becomes of a concern."""

    state = forms.ChoiceField(choices=[("addressed", ""), ("carried", "")])


class PartForm(forms.Form):
    """What belongs to one who was there."""

    needs = forms.CharField(
        label=_("What they need now"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    strengths = forms.CharField(
        label=_("Strengths, moments of connection"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    bring_in = forms.CharField(
        label=_("How the topic comes into the next session"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only as far as they agreed."),
    )
    used_minutes = forms.IntegerField(label=_("Minutes used"), required=False, min_value=0, max_value=720)
    heard = forms.ChoiceField(
        label=_("Felt heard"), required=False, choices=[NO_ANSWER, *Felt.choices], widget=forms.RadioSelect
    )
    validated = forms.ChoiceField(
        label=_("Felt taken seriously"),
        required=False,
        choices=[NO_ANSWER, *Felt.choices],
        widget=forms.RadioSelect,
    )
    prepared = forms.ChoiceField(
        label=_("Feels prepared for what comes"),
        required=False,
        choices=[NO_ANSWER, *Felt.choices],
        widget=forms.RadioSelect,
    )
    answer_of = forms.ChoiceField(
        label=_("Whose answer is it?"),
        required=False,
        choices=AnswerOf.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, noted: HeldPart | None = None, **kwargs: Any) -> None:
        begun = {name: getattr(noted, name) for name in self.base_fields} if noted else {}
        super().__init__(*args, **{"initial": begun, **kwargs})

    @property
    def part(self) -> Part:
        """What was filled in."""
        return Part(**self.cleaned_data)


class AbsenceCancellationForm(forms.Form):
    """The one extra step before an hour is given up: why."""

    reason = forms.CharField(
        label=_("Why can it not be held?"),
        max_length=200,
        help_text=_("For staff. It is never in a message."),
    )
