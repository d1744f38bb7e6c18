"""A field for words that may have come with Kept: shown in the reader's language, kept as they were until changed."""

from typing import Any

from django import forms

from accounts.shipped_words import as_shipped


class ShippedField(forms.CharField):
    """Begins with what the reader reads everywhere else."""

    def prepare_value(self, value: Any) -> Any:
        return as_shipped(value) if isinstance(value, str) else value


def as_stored(form: forms.Form, name: str) -> str:
    """What was typed; or what stands there, where it was left as it is read."""
    stored, typed = form.initial.get(name) or "", form.cleaned_data[name]
    return stored if typed == as_shipped(stored) else typed
