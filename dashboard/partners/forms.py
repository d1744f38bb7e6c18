"""What is asked about coming together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Engagement


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
