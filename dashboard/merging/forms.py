"""What is chosen where two records of one person differ."""

from datetime import date
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from clients.merging import FACTS
from followups.merging import Preview

KEPT, GONE = "kept", "gone"


class MergeForm(forms.Form):
    """One choice for each fact that differs, and the word that they are one person."""

    is_one = forms.BooleanField(
        label=_("I have made sure that they are one person"),
        error_messages={"required": _("Look once more, and say so here.")},
    )

    def __init__(self, typed: Any = None, *, preview: Preview) -> None:
        super().__init__(typed)
        for name in preview.differing:
            kept, gone = (getattr(half.client, name) for half in (preview.kept, preview.gone))
            self.fields[name] = forms.ChoiceField(
                choices=((KEPT, _shown(kept)), (GONE, _shown(gone))),
                widget=forms.RadioSelect,
                initial=KEPT,
                label=FACTS[name],
            )
        self.order_fields([*preview.differing, "is_one"])

    def chosen(self) -> tuple[str, ...]:
        """The facts that come from the record that goes."""
        return tuple(name for name in FACTS if self.cleaned_data.get(name) == GONE)


def _shown(value: Any) -> str:
    return formats.date_format(value, "j F Y") if isinstance(value, date) else str(value)
