"""A short mark of words as they stand, so that nobody approves or signs others than those that they read."""

from hashlib import blake2b

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def imprint_of(*said: object) -> str:
    """The same for the same words, and another one once anything in them changes."""
    return blake2b("\0".join(map(str, said)).encode(), digest_size=12).hexdigest()


def refuse_overwriting(now: str, read: str) -> None:
    """Raise ValidationError (code "stale") where somebody else has written since: nobody's words are lost unseen."""
    if now != read:
        raise ValidationError(
            _("Somebody wrote other words meanwhile. Open it again to see theirs; yours are still here."),
            code="stale",
        )


def refuse_changed(now: str, read: str) -> None:
    """Raise ValidationError (code "stale") where the words are not any more what was read."""
    if now != read:
        raise ValidationError(
            _("The words have changed meanwhile. Read them as they stand now."), code="stale"
        )
