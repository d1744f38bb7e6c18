"""What the pages of messages send."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ResolutionForm(forms.Form):
    """How a text was seen to, in a few words if wanted."""

    resolution = forms.CharField(required=False, max_length=200)


class SenderForm(forms.Form):
    """Whose text it is."""

    client = forms.UUIDField(
        error_messages={"required": _("Choose who wrote this."), "invalid": _("Choose who wrote this.")}
    )
