"""What the words of a step may hold: known fields, a length that can be sent, nothing that blames or reveals."""

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from followups.models import CONTACT_KINDS, StepKind, StepPlan
from followups.scripts import FIELDS
from reminders.day_words import relative_day
from reminders.rendering import fields_in
from reminders.wording_check import Names, blame_of, blaming_in, revealing_in

# These leave the practice in writing; a call is spoken, to somebody who can talk freely.
WRITTEN_KINDS = (StepKind.TEXT, StepKind.LETTER, StepKind.JOINT_OFFER)
SPOKEN_KINDS = (*CONTACT_KINDS, StepKind.JOINT_OFFER)
LANGUAGES = ("en", "es")
LONGEST_TITLE = 120
LONGEST_NOTE = 600
# A provider refuses a text of more than 1,600 characters; what is filled in needs room too.
LONGEST_OPENING = 1_200
LONGEST_WAIT = 30
MOST_TRIES = 10


def problems_of(plan: Sequence[StepPlan], *, keep_flagged: bool) -> list[ValidationError]:
    """Everything that is wrong with the steps one by one, each sentence with the step's number.

    The code is "blaming" where a person may decide to keep the words.
    """
    names = Names.load()
    return [
        ValidationError(
            _("Step %(number)s: %(problem)s") % {"number": position, "problem": problem.message},
            code=problem.code,
        )
        for position, step in enumerate(plan, start=1)
        for problem in (*_shape(step), *_fields(step), *_tone(step, names, keep_flagged=keep_flagged))
    ]


def _both(step: StepPlan, name: str) -> tuple[str, str]:
    """What staff read, in English and in the practice's own Spanish."""
    return getattr(step, name), step.spanish.get(name, "")


def _shape(step: StepPlan) -> Iterator[ValidationError]:
    titles = _both(step, "title")
    if not any(title.strip() for title in titles) or max(map(len, titles)) > LONGEST_TITLE:
        yield ValidationError(
            _("Say in at most %(longest_title)s characters what is to do.") % {"longest_title": LONGEST_TITLE}
        )
    if not 0 <= step.due_days <= LONGEST_WAIT:
        yield ValidationError(
            _("It falls due within %(longest_wait)s working days.") % {"longest_wait": LONGEST_WAIT}
        )
    if not 1 <= step.tries <= MOST_TRIES:
        yield ValidationError(_("Choose 1 to %(most_tries)s tries.") % {"most_tries": MOST_TRIES})
    if step.tries > 1 and step.kind not in CONTACT_KINDS:
        yield ValidationError(_("Only a call, a text or a letter is tried more than once."))
    yield from _length(step)


def _length(step: StepPlan) -> Iterator[ValidationError]:
    if step.kind in CONTACT_KINDS and not step.opening.get("en", "").strip():
        yield ValidationError(_("Write the words to begin with, in English at least."))
    if set(step.opening) - set(LANGUAGES):
        yield ValidationError(_("Kept speaks English and Spanish."))
    if any(len(words) > LONGEST_OPENING for words in step.opening.values()):
        yield ValidationError(
            _("At most %(longest_opening)s characters to begin with, please.")
            % {"longest_opening": LONGEST_OPENING}
        )
    if any(len(words) > LONGEST_NOTE for words in (*_both(step, "listen"), *_both(step, "later"))):
        yield ValidationError(
            _("At most %(longest_note)s characters for each note, please.") % {"longest_note": LONGEST_NOTE}
        )


def _fields(step: StepPlan) -> Iterator[ValidationError]:
    for title in _both(step, "title"):
        yield from _unknown_fields(title, {"name"})
    for words in (*step.opening.values(), *_both(step, "listen"), *_both(step, "later")):
        yield from _unknown_fields(words, set(FIELDS))
    for words in step.opening.values():
        if step.kind in WRITTEN_KINDS and (word := relative_day(words)):
            yield ValidationError(
                _("Please name the day with {day}: it may be read on another one than “%(word)s”.")
                % {"word": word}
            )


def _unknown_fields(words: str, known: set[str]) -> Iterator[ValidationError]:
    try:
        unknown = fields_in(words) - known
    except ValueError:
        yield ValidationError(_("A brace { or } stands alone. Fields look like {name}."))
        return
    if unknown:
        yield ValidationError(_("There is no field {%(min)s} here.") % {"min": min(unknown)})


def _tone(step: StepPlan, names: Names, *, keep_flagged: bool) -> Iterator[ValidationError]:
    """What is read is held to what a text is held to; what is said, to kindness."""
    if step.kind not in SPOKEN_KINDS:
        return
    for words in step.opening.values():
        if step.kind in WRITTEN_KINDS:
            for flag in revealing_in(words, names):
                yield ValidationError(
                    _("“%(words)s” would tell others why somebody comes here. Please leave it out.")
                    % {"words": flag.words},
                    code="revealing",
                )
        if keep_flagged:
            continue
        for flag in blaming_in(words):
            yield blame_of(flag)
