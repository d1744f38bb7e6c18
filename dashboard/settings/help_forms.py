"""What is typed about what gets in the way, and what helps with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.access import barriers
from clients.catalogue import NAMED_GROUPS, BarrierDetails, ResourceDetails, StrategyDetails
from clients.models import Barrier, BarrierGroup, Resource, Strategy
from dashboard.settings.shipped_field import ShippedField, as_stored


class _HelpsWith(forms.Form):
    """What it helps with, as boxes to tick, and whether it is in use."""

    barriers = forms.ModelMultipleChoiceField(
        barriers().exclude(group=BarrierGroup.NOT_SAID),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("It helps with"),
        help_text=_("Suggested wherever one of these is named."),
    )
    is_active = forms.BooleanField(required=False, initial=True, label=_("In use"))


class ResourceForm(_HelpsWith):
    """An entry of the directory."""

    name = forms.CharField(max_length=120, label=_("Name"))
    details = forms.CharField(
        required=False,
        max_length=2000,
        label=_("What they do, and for whom"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    phone = forms.CharField(required=False, max_length=40, label=_("Telephone"))
    url = forms.URLField(required=False, assume_scheme="https", label=_("Address on the web"))

    field_order = ("name", "details", "phone", "url", "barriers", "is_active")

    def details_typed(self) -> ResourceDetails:
        typed = dict(self.cleaned_data)
        return ResourceDetails(barriers=tuple(typed.pop("barriers")), **typed)


class StrategyForm(_HelpsWith):
    """Something to agree on with clients."""

    name = ShippedField(max_length=80, label=_("Name"))
    details = ShippedField(
        required=False,
        max_length=300,
        label=_("How one goes about it"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )

    field_order = ("name", "details", "barriers", "is_active")

    def details_typed(self) -> StrategyDetails:
        typed = self.cleaned_data | {name: as_stored(self, name) for name in ("name", "details")}
        return StrategyDetails(barriers=tuple(typed.pop("barriers")), **typed)


class BarrierForm(forms.Form):
    """Something that gets in the way at this practice."""

    label = forms.CharField(max_length=60, label=_("In two or three words"))
    group = forms.ChoiceField(
        choices=NAMED_GROUPS,
        label=_("Belongs to"),
        help_text=_("What is about getting there may be arranged by the front desk."),
    )
    is_active = forms.BooleanField(required=False, initial=True, label=_("In use"))

    def details_typed(self) -> BarrierDetails:
        return BarrierDetails(**self.cleaned_data)


def as_typed(one: Resource | Strategy | Barrier) -> dict[str, Any]:
    """What a form about it begins with."""
    if isinstance(one, Barrier):
        return {name: getattr(one, name) for name in ("label", "group", "is_active")}
    names = ("name", "details", "is_active") + (("phone", "url") if isinstance(one, Resource) else ())
    typed: dict[str, Any] = {name: getattr(one, name) for name in names}
    return typed | {"barriers": [barrier.code for barrier in one.barriers.all()]}
