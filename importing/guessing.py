"""Sensible guesses: what a column holds by its name and its values, and what words mean."""

import re
from collections.abc import Iterable, Mapping, Sequence

from importing.targets import (
    APPOINTMENTS,
    ASIDE,
    CLIENT_EMAIL,
    CLIENTS,
    STANDING,
    STARTS,
    TARGETS,
    in_full,
    plain,
)
from importing.writings import has_time, is_day

LEFT_OUT = "-"  # the cell is left empty
ROW_ASIDE = "!"  # the whole row stays out, and is no mistake
BY_PRACTICE = "cancelled:practice"

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s().\-]{7,20}(?:\s*(?:x|ext)\.?\s*\d+)?")
_CAREFUL = re.compile(
    r"safe|do not|contact pref|opt ?out|confidential|voice ?mail|unsafe|alert|protect", re.IGNORECASE
)

_OUTCOMES: dict[str, tuple[str, ...]] = {
    "attended": (
        "attended", "show", "showed", "shown", "completed", "complete", "arrived", "kept", "seen", "checked out",
        "checked in", "check in", "present", "done", "met", "came", "finished", "fulfilled", "asistio",
    ),
    "attended_late": ("attended late", "arrived late", "came late", "late", "late arrival"),
    "left_early": ("left early",),
    "no_show": (
        "no show", "noshow", "no showed", "missed", "missed appointment", "did not attend", "dna", "absent",
        "did not show", "ns", "no call no show", "failed to attend", "fta", "unattended", "no asistio",
    ),
    "cancelled": (
        "cancelled", "canceled", "cancel", "client cancelled", "client canceled", "cancelled by client",
        "canceled by client", "cancelled in time", "cancelled with notice", "patient cancelled",
        "early cancel", "early cancellation", "cancelado",
    ),
    "cancelled_late": (
        "late cancel", "late cancellation", "late cancelled", "late canceled", "cancelled late",
        "canceled late", "cancelled less than 24 hours", "cancelled 24h", "lc", "late cx", "short notice",
        "same day cancel", "same day cancellation",
    ),
    BY_PRACTICE: (
        "clinician cancelled", "clinician canceled", "provider cancelled", "provider canceled",
        "therapist cancelled", "therapist canceled", "cancelled by clinician", "canceled by clinician",
        "cancelled by practice", "cancelled by provider", "canceled by provider", "practice cancelled",
    ),
    "booked": ("booked", "scheduled", "active", "upcoming", "pending", "unconfirmed", "open", "not yet", "new"),
    "confirmed": ("confirmed", "accepted"),
    "excused": ("excused", "excused absence"),
    "too_late": ("too late", "came too late"),
    "could_not_connect": ("could not connect", "technical difficulties", "technical problem"),
}  # fmt: skip
_STANDINGS = {
    "here": ("active", "yes", "y", "true", "1", "current", "open", "prospective", "waitlist"),
    "left": ("inactive", "archived", "discharged", "no", "n", "false", "0", "former", "closed", "terminated"),
}
_LANGUAGES = {"en": ("en", "english", "eng"), "es": ("es", "spanish", "espanol", "spa", "español")}
_MODES = {
    "in_person": ("in person", "office", "in office", "face to face", "onsite", "on site", "in clinic", "no"),
    "video": ("video", "telehealth", "teletherapy", "online", "virtual", "zoom", "video call", "yes",
              "telehealth video", "video conference", "remote"),
    "phone": ("phone", "telephone", "phone call", "call", "audio", "audio only", "by phone"),
}  # fmt: skip
_WORDS: dict[str, Mapping[str, tuple[str, ...]]] = {
    "status": _OUTCOMES,
    STANDING: _STANDINGS,
    "language": _LANGUAGES,
    "modality": _MODES,
}
_TITLES = {"dr", "mr", "mrs", "ms", "mx", "prof", "miss"}
_CREDENTIALS = {
    "lcsw", "lmft", "lpc", "lpcc", "lmhc", "psyd", "phd", "md", "ma", "ms", "msw", "lcpc", "amft", "lac", "rn",
    "np", "do", "edd", "lmsw", "csw", "acsw", "apcc", "lp", "bcba", "mft", "lcswa", "lcmhc", "rsw", "rp",
}  # fmt: skip


def guess_columns(kind: str, samples: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each column of a file what it holds, each thing once; those that nothing tells are left aside."""
    guessed = dict.fromkeys(samples, ASIDE)
    free = {target.key for target in TARGETS[kind]}
    _by_name(kind, guessed, free)
    _by_shape(kind, guessed, free, samples)
    return _mended(kind, guessed, samples)


def _by_name(kind: str, guessed: dict[str, str], free: set[str]) -> None:
    """Our own names first, then the others' in the order of the targets' lists."""
    longest = max(len(target.names) for target in TARGETS[kind])
    for place in range(longest):
        for target in TARGETS[kind]:
            if target.key not in free or place >= len(target.names):
                continue
            named = [
                column
                for column, holds in guessed.items()
                if not holds and target.names[place] in (plain(column), in_full(column))
            ]
            if named:
                guessed[named[0]] = target.key
                free.discard(target.key)


def _by_shape(
    kind: str, guessed: dict[str, str], free: set[str], samples: Mapping[str, Sequence[str]]
) -> None:
    for column, values in samples.items():
        filled = [value for value in values if value]
        if guessed[column] or not filled:
            continue
        for key in _shaped(kind, filled):
            if key in free:
                guessed[column] = key
                free.discard(key)
                break


def _shaped(kind: str, values: Sequence[str]) -> tuple[str, ...]:
    if all(_EMAIL.fullmatch(value) for value in values):
        return ("email", "email_2") if kind == CLIENTS else (CLIENT_EMAIL,)
    if kind == CLIENTS:
        return ("phone", "phone_2") if all(map(_is_phone, values)) else ()
    if all(is_day(value) and has_time(value) for value in values):
        return (STARTS,)
    if all(is_day(value) for value in values):
        return ("date",)
    if all(guess_word("status", value, {}) for value in values):
        return ("status",)
    return ()


def _is_phone(value: str) -> bool:
    return bool(_PHONE.fullmatch(value)) and not is_day(value) and sum(map(str.isdigit, value)) >= 7


def _mended(kind: str, guessed: dict[str, str], samples: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """A column called “Date” or “Start” may carry the time, too, and one called “Cancelled” a word."""
    if kind != APPOINTMENTS:
        return guessed
    for column, holds in guessed.items():
        values = [value for value in samples[column] if value]
        has_day_and_time = bool(values) and all(is_day(value) and has_time(value) for value in values)
        if holds in ("date", "time") and has_day_and_time and STARTS not in guessed.values():
            guessed[column] = STARTS
        elif holds == "end_time" and has_day_and_time:
            guessed[column] = "ends"
        elif holds in ("cancelled_at", "booked_at") and values and not all(map(is_day, values)):
            guessed[column] = ASIDE
    return guessed


def may_matter(column: str) -> bool:
    """Whether a column that is left aside may say how somebody is reached safely."""
    return bool(_CAREFUL.search(column))


def guess_word(target: str, word: str, ours: Mapping[str, str]) -> str:
    """What a word means; empty where nothing tells. `ours` are names in Kept by what stands for them."""
    if target in _WORDS:
        said = plain(word) or word.strip().lower()
        return next(
            (meaning for meaning, words in _WORDS[target].items() if said in words or said == plain(meaning)),
            "",
        )
    if target == "place" and (mode := guess_word("modality", word, {})) in ("video", "phone"):
        return mode
    if "clinician" in target:
        return _person(word, ours)
    return _named(word, ours)


def _named(word: str, ours: Mapping[str, str]) -> str:
    """The one whose name it is, or whose name alone stands in it."""
    said = plain(word)
    same = [key for key, name in ours.items() if plain(name) == said]
    within = [key for key, name in ours.items() if plain(name) and f" {plain(name)} " in f" {said} "]
    return _only(same) or _only(within)


def _person(word: str, ours: Mapping[str, str]) -> str:
    said = _parts(word)
    same = [key for key, name in ours.items() if said and _parts(name) == said]
    within = [key for key, name in ours.items() if said and (said <= _parts(name) or _parts(name) <= said)]
    return _only(same) or _only(within)


def _parts(name: str) -> frozenset[str]:
    return frozenset(plain(name).split()) - _TITLES - _CREDENTIALS


def _only(keys: Iterable[str]) -> str:
    found = list(keys)
    return found[0] if len(found) == 1 else ""
