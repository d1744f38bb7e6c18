"""What staff read of a step, in their own language: what to do, what to listen for, what comes later.

What came with Kept stands in a version in English and has its Spanish in the catalogue; a practice
writes both. Where one of the two is empty, the other is read.
"""

from collections.abc import Mapping

from accounts.shipped_words import shipped_in
from followups.models import StepPlan

ENGLISH, SPANISH = "en", "es"
STAFF_WORDS = ("title", "listen", "later")


def read_in(language: str, plan: StepPlan, name: str) -> str:
    """One of `STAFF_WORDS` as somebody of this language reads it."""
    written, own = getattr(plan, name), plan.spanish.get(name, "")
    if language == SPANISH:
        return own or shipped_in(SPANISH, written)
    return written or own


def written_in(language: str, plan: StepPlan, name: str) -> str:
    """The same as one writes it: empty where this language has no words of its own."""
    if language == ENGLISH:
        return str(getattr(plan, name))
    read = read_in(SPANISH, plan, name)
    return "" if read == getattr(plan, name) else read


def own_spanish(english: Mapping[str, str], spanish: Mapping[str, str]) -> dict[str, str]:
    """What a practice says otherwise than Kept does; the rest follows the catalogue."""
    return {
        name: words
        for name, words in spanish.items()
        if words and words != shipped_in(SPANISH, english.get(name, ""))
    }
