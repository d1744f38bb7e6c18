"""What is asked about coming together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from attendance.models import HIGHEST, JointPart, JointPartName
from attendance.together import Said
from clients.models import Client, Engagement
from followups.invitations import Wording
from followups.later_options import Noted
from followups.models import Approval, GoesTo, LaterOption


class EngagementForm(forms.Form):
    """How far somebody has come."""

    engagement = forms.ChoiceField(label=_("Taking part"), choices=Engagement, widget=forms.RadioSelect)


class ProtectiveOrderForm(forms.Form):
    """Whom an order keeps away."""

    other: forms.ModelChoiceField[Client] = forms.ModelChoiceField(
        label=_("Whom does it keep away?"),
        queryset=None,
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(label=_("Where the paper is, or its number"), required=False, max_length=200)

    def __init__(self, others: QuerySet[Client], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        field.queryset = others


class InvitationForm(forms.Form):
    """The words, and where they go."""

    words = forms.CharField(label=_("The words"), max_length=3000, widget=forms.Textarea(attrs={"rows": 16}))
    goes_to = forms.ChoiceField(
        label=_("How does it get there?"), choices=GoesTo, initial=GoesTo.BY_HAND, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("The address that they approve"),
        required=False,
        max_length=254,
        help_text=_("Only for a letter or an e-mail that a person sends."),
    )
    read = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    @property
    def wording(self) -> Wording:
        """What was written."""
        written = {name: self.cleaned_data[name] for name in ("words", "goes_to", "address")}
        return Wording(**written)


class NewInvitationForm(InvitationForm):
    """The first words, and in whose name."""

    asker = forms.ChoiceField(label=_("Who invites?"), widget=forms.RadioSelect)
    field_order = ("asker", "words", "goes_to", "address")

    def __init__(self, askers: list[Client], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._askers = {str(one.public_id): one for one in askers}
        field = self.fields["asker"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = [(key, one.display_name) for key, one in self._askers.items()]
        field.initial = next(iter(self._askers), "")

    def clean_asker(self) -> Client:
        return self._askers[self.cleaned_data["asker"]]


class ApprovalForm(forms.Form):
    """How who invites approved it, and under which name."""

    how = forms.ChoiceField(
        label=_("Approved in writing"), choices=Approval, initial=Approval.SIGNED, widget=forms.RadioSelect
    )
    approved_as = forms.CharField(label=_("The name under it"), max_length=160, required=False)
    read = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class OptionForm(forms.Form):
    """One of the other ways, and when to look at it again."""

    kind = forms.ChoiceField(label=_("Which way"), choices=LaterOption.Kind, widget=forms.RadioSelect)
    was_asked_for = forms.BooleanField(label=_("They asked for it themselves"), required=False)
    words = forms.CharField(label=_("A few words"), max_length=300, required=False)
    revisit_on = forms.DateField(
        label=_("Look at it again on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    @property
    def noted(self) -> Noted:
        """What was filled in, without the kind."""
        facts = {name: self.cleaned_data[name] for name in ("revisit_on", "words", "was_asked_for")}
        return Noted(**facts)


class LookAgainForm(OptionForm):
    """The same once more, of one that was noted."""

    kind = None  # type: ignore[assignment]  # Django's way to leave a parent's field out


class OptionStateForm(forms.Form):
    """What becomes of one of the other ways."""

    state = forms.ChoiceField(choices=LaterOption.State)


def _words_of(part: JointPartName) -> forms.CharField:
    return forms.CharField(
        label=part.label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


def _scale(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=HIGHEST, widget=forms.NumberInput()
    )


class JointPartForm(forms.Form):
    """What one of them said in a session together; all of it may stay empty."""

    feelings = _words_of(JointPartName.FEELINGS)
    concerns = _words_of(JointPartName.CONCERNS)
    wishes = _words_of(JointPartName.WISHES)
    needs = _words_of(JointPartName.NEEDS)
    support = _words_of(JointPartName.SUPPORT)
    shareable = forms.MultipleChoiceField(
        label=_("By their own say, the others may see"),
        choices=JointPartName,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ask for each. What is not chosen stays theirs."),
    )
    understanding = _scale(_("How well understood did they feel? 0 not at all, 10 wholly"))
    progress = _scale(_("How far along are they with what is their own? 0 to 10"))

    def __init__(self, *args: Any, noted: JointPart | None = None, **kwargs: Any) -> None:
        begun = {name: getattr(noted, name) for name in self.base_fields} if noted else {}
        super().__init__(*args, **{"initial": begun, **kwargs})

    @property
    def said(self) -> Said:
        """What was filled in."""
        return Said(**self.cleaned_data | {"shareable": tuple(self.cleaned_data["shareable"])})
