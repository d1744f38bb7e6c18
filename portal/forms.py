"""What clients write on their pages; the sentences about it come from the page's own words."""

from django import forms

MOST_WORDS = 600
MOST_REASON = 200


class WordsForm(forms.Form):
    """A worry, or what would suit them."""

    words = forms.CharField(max_length=MOST_WORDS, required=False)


class ReasonForm(forms.Form):
    """Why they cannot come, if they like."""

    reason = forms.CharField(max_length=MOST_REASON, required=False)


class ReachForm(forms.Form):
    """Language, which address first, and another address to be checked."""

    language = forms.ChoiceField(choices=[("en", "English"), ("es", "Español")])
    first = forms.UUIDField(required=False)
    new_address = forms.CharField(max_length=254, required=False)
