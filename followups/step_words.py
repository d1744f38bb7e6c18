"""What the words of a step may hold: known fields, a length that can be sent, nothing that blames or reveals."""

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError

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
        ValidationError(f"Step {position}: {problem.message}", code=problem.code)
        for position, step in enumerate(plan, start=1)
        for problem in (*_shape(step), *_fields(step), *_tone(step, names, keep_flagged=keep_flagged))
    ]


def _shape(step: StepPlan) -> Iterator[ValidationError]:
    if not step.title.strip() or len(step.title) > LONGEST_TITLE:
        yield ValidationError(f"Say in at most {LONGEST_TITLE} characters what is to do.")
    if not 0 <= step.due_days <= LONGEST_WAIT:
        yield ValidationError(f"It falls due within {LONGEST_WAIT} working days.")
    if not 1 <= step.tries <= MOST_TRIES:
        yield ValidationError(f"Choose 1 to {MOST_TRIES} tries.")
    if step.tries > 1 and step.kind not in CONTACT_KINDS:
        yield ValidationError("Only a call, a text or a letter is tried more than once.")
    yield from _length(step)


def _length(step: StepPlan) -> Iterator[ValidationError]:
    if step.kind in CONTACT_KINDS and not step.opening.get("en", "").strip():
        yield ValidationError("Write the words to begin with, in English at least.")
    if set(step.opening) - set(LANGUAGES):
        yield ValidationError("Kept speaks English and Spanish.")
    if any(len(words) > LONGEST_OPENING for words in step.opening.values()):
        yield ValidationError(f"At most {LONGEST_OPENING} characters to begin with, please.")
    if max(len(step.listen), len(step.later)) > LONGEST_NOTE:
        yield ValidationError(f"At most {LONGEST_NOTE} characters for each note, please.")


def _fields(step: StepPlan) -> Iterator[ValidationError]:
    yield from _unknown_fields(step.title, {"name"})
    for words in (*step.opening.values(), step.listen, step.later):
        yield from _unknown_fields(words, set(FIELDS))
    for words in step.opening.values():
        if step.kind in WRITTEN_KINDS and (word := relative_day(words)):
            yield ValidationError(
                f"Please name the day with {{day}}: it may be read on another one than “{word}”."
            )


def _unknown_fields(words: str, known: set[str]) -> Iterator[ValidationError]:
    try:
        unknown = fields_in(words) - known
    except ValueError:
        yield ValidationError("A brace { or } stands alone. Fields look like {name}.")
        return
    if unknown:
        yield ValidationError(f"There is no field {{{min(unknown)}}} here.")


def _tone(step: StepPlan, names: Names, *, keep_flagged: bool) -> Iterator[ValidationError]:
    """What is read is held to what a text is held to; what is said, to kindness."""
    if step.kind not in SPOKEN_KINDS:
        return
    for words in step.opening.values():
        if step.kind in WRITTEN_KINDS:
            for flag in revealing_in(words, names):
                yield ValidationError(
                    f"“{flag.words}” would tell others why somebody comes here. Please leave it out.",
                    code="revealing",
                )
        if keep_flagged:
            continue
        for flag in blaming_in(words):
            yield blame_of(flag)
