"""Words that came with Kept and stand in the database: said in the reader's language, a practice's own as they are."""

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as came_with_kept

# Written by migrations and by workers, in English; marked here for the catalogue. The protocols' own
# words are marked where they stand (followups/shipped.py).
SHIPPED = (
    # What got in the way
    came_with_kept("Clash of times"),
    came_with_kept("Transport"),
    came_with_kept("Mix-up"),
    came_with_kept("Forgot"),
    came_with_kept("Money"),
    came_with_kept("What others think"),
    came_with_kept("Hard to open up"),
    came_with_kept("Uneasy with therapy"),
    came_with_kept("Nervous about it"),
    came_with_kept("Too much at once"),
    came_with_kept("Illness"),
    came_with_kept("Emergency"),
    came_with_kept("Family"),
    came_with_kept("Something came up"),
    came_with_kept("Not known"),
    came_with_kept("Prefers not to say"),
    # What to agree on
    came_with_kept("Say it beforehand"),
    came_with_kept(
        "A worry or an obstacle can be told before the day: in a text, on their page, on the telephone."
    ),
    came_with_kept("A time and a way that fit"),
    came_with_kept(
        "Look for a time together, evenings and weekends too; meet by video or telephone when that is easier."
    ),
    came_with_kept("Reminders as they like them"),
    came_with_kept("By text, e-mail or a call, and one more on the day if that helps."),
    came_with_kept("Help with what stands in the way"),
    came_with_kept(
        "A ride, childcare, somebody who knows about forms and money: offer it, and ask how it went."
    ),
    came_with_kept("A plan for the day it does not work out"),
    came_with_kept("Agree now what you do then: by video, by telephone, or a time to fall back on."),
    came_with_kept("A short word between sessions"),
    came_with_kept("A text or a call in between, more often while times are hard."),
    came_with_kept("Find together what makes coming easier"),
    came_with_kept(
        "Look at what tends to come between before it does, go at their pace, and agree on a first small step."
    ),
    # How a follow-up ended by itself
    came_with_kept("They came to a later session."),
    came_with_kept("They have a new time."),
    came_with_kept("They answered."),
    came_with_kept("They have left the practice."),
    came_with_kept("We were told that they have died."),
    came_with_kept("The record was corrected: there is nothing to follow up."),
    came_with_kept("Another kind of follow-up came first."),
    # What became of a text
    came_with_kept("Confirmed"),
    came_with_kept("Texts again"),
    came_with_kept("No more texts"),
    came_with_kept("No more calls"),
    came_with_kept("Told how it works"),
    came_with_kept("By video"),
    came_with_kept("Moved to the time that they chose"),
    came_with_kept("Said which time they meant"),
    # Why a session was called off
    came_with_kept("Left the practice"),
    came_with_kept("Died"),
    came_with_kept("Agreed: another rhythm"),
    # The reminders that a practice begins with
    came_with_kept("Three days before"),
    came_with_kept("One day before"),
)


def as_shipped(words: str) -> str:
    """These words in the reader's language where they came with Kept; else as somebody wrote them."""
    return gettext(words) if words else ""


def shipped_in(language: str, words: str) -> str:
    """The same in a language that is named, whoever reads."""
    with override(language):
        return as_shipped(words)
