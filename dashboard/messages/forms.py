"""What the pages of messages send."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reminders.services import Leave
from reminders.services.writing import MOST_WORDS


class ResolutionForm(forms.Form):
    """How a text was seen to, in a few words if wanted."""

    resolution = forms.CharField(required=False, max_length=200)


class SenderForm(forms.Form):
    """Whose text it is."""

    client = forms.UUIDField(
        error_messages={"required": _("Choose who wrote this."), "invalid": _("Choose who wrote this.")}
    )


class HandoverForm(forms.Form):
    """Who sees to a message from now."""

    colleague = forms.ChoiceField(label=_("Who sees to it"))

    def __init__(self, *args: Any, takers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.public_id): one for one in takers}
        field = self.fields["colleague"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [(key, one.name) for key, one in self.people.items()]

    def chosen(self) -> User:
        return self.people[self.cleaned_data["colleague"]]


class OwnWordsForm(forms.Form):
    """A text in a colleague's own words, and what they decided about it."""

    words = forms.CharField(
        label=_("Write to them"),
        strip=False,
        max_length=MOST_WORDS,
        error_messages={"required": _("Please write something first.")},
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    any_hour_because = forms.CharField(
        required=False,
        max_length=200,
        label=_("Why it cannot wait"),
        help_text=_("It then goes out at once, also at night where they are. The reason is kept with it."),
        widget=forms.TextInput(attrs={"maxlength": 200, "autocomplete": "off"}),
    )
    keep_flagged = forms.BooleanField(required=False, label=_("Send it in these words all the same"))
    once_for = forms.UUIDField(required=False, widget=forms.HiddenInput)

    # Offered only to who has seen what is flagged.
    asks_to_keep = False

    def clean_words(self) -> str:
        """A browser sends two signs for one new line; the provider counts what we give it."""
        return str(self.cleaned_data["words"]).replace("\r\n", "\n").strip()

    def leave(self) -> Leave:
        typed: dict[str, Any] = self.cleaned_data
        return Leave(
            keep_flagged=typed["keep_flagged"],
            any_hour_because=typed["any_hour_because"],
            once_for=typed["once_for"],
        )
