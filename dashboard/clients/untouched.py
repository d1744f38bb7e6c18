"""What nobody touched in a form stays as it is by now, though a colleague changed it while the form stood open."""

from typing import Any

from django import forms


def remember_what_was_shown(form: forms.Form) -> None:
    """Each field brings along what it showed when the page was opened."""
    for field in form.fields.values():
        field.show_hidden_initial = True


def facts_of(form: forms.Form) -> dict[str, Any]:
    """What to write: what was changed here, and of all else what stands there now (`initial`)."""
    return {
        name: form.initial[name] if _is_untouched(form, name) else typed
        for name, typed in form.cleaned_data.items()
    }


def _is_untouched(form: forms.Form, name: str) -> bool:
    # A form that does not say what it showed means all of it.
    is_told = name in form.initial and form[name].html_initial_name in form.data
    return is_told and name not in form.changed_data
