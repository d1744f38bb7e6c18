"""The steps of a protocol as they are typed: one form each, in the order of the page.

What staff read and what clients hear stand in both languages beside one another, the reader's own first.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import FollowUpOwner
from followups.gates import fixed_facts
from followups.ladders import MOST_STEPS
from followups.models import ProtocolVersion, StepKind, StepPlan
from followups.staff_words import ENGLISH, SPANISH, STAFF_WORDS, own_spanish, written_in
from followups.step_words import LANGUAGES, LONGEST_TITLE, LONGEST_WAIT, MOST_TRIES

AS_SET = ""
OWNERS = (
    (AS_SET, _("Whoever follows up in this practice")),
    (FollowUpOwner.CLINICIAN, _("The clinician")),
    (FollowUpOwner.DESK, _("The front desk")),
)
UP, DOWN, OUT, NEW = "up", "down", "out", "new"


def _words(label: Any, *, rows: int, language: str, longest: int | None = None) -> forms.CharField:
    attrs = {"rows": rows, "spellcheck": "true", "autocomplete": "off", "lang": language}
    widget = forms.Textarea(attrs=attrs)
    return forms.CharField(required=False, max_length=longest, label=label, widget=widget)


def _title(label: Any, *, language: str) -> forms.CharField:
    """One of the two titles, to be read whole; which of them may be empty, `StepForm.clean` knows."""
    return _words(label, rows=1, language=language, longest=LONGEST_TITLE)


class StepForm(forms.Form):
    """One step; what its kind asks for, the verb knows."""

    kind = forms.ChoiceField(choices=StepKind.choices, label=_("What"))
    owner = forms.ChoiceField(choices=OWNERS, required=False, label=_("Whose it is"))
    due_days = forms.IntegerField(
        min_value=0,
        max_value=LONGEST_WAIT,
        label=_("Due after working days"),
        help_text=_("0 is by closing time of the same day."),
    )
    tries = forms.IntegerField(
        min_value=1,
        max_value=MOST_TRIES,
        label=_("Tries"),
        help_text=_("Without an answer, before the next step."),
    )
    title_en = _title(_("What to do, in English"), language=ENGLISH)
    title_es = _title(_("What to do, in Spanish"), language=SPANISH)
    opening_en = _words(_("Words to begin with, in English"), rows=3, language=ENGLISH)
    opening_es = _words(_("Words to begin with, in Spanish"), rows=3, language=SPANISH)
    listen_en = _words(_("Then listen, or think of, in English"), rows=2, language=ENGLISH)
    listen_es = _words(_("Then listen, or think of, in Spanish"), rows=2, language=SPANISH)
    later_en = _words(_("Later, or keep in mind, in English"), rows=2, language=ENGLISH)
    later_es = _words(_("Later, or keep in mind, in Spanish"), rows=2, language=SPANISH)

    def clean(self) -> dict[str, Any]:
        """A step says what to do, in one of the two languages at least."""
        typed = self.cleaned_data
        if not any(
            typed.get(f"title_{language}") or self.has_error(f"title_{language}") for language in LANGUAGES
        ):
            first = self.titles[0]
            self.add_error(first.name, first.field.error_messages["required"])
        return typed

    @property
    def titles(self) -> list[forms.BoundField]:
        return self._in_both("title")

    @property
    def pairs(self) -> list[list[forms.BoundField]]:
        """The words that are folded away, each in both languages."""
        return [self._in_both(name) for name in ("opening", "listen", "later")]

    def _in_both(self, name: str) -> list[forms.BoundField]:
        own = get_language()
        return [self[f"{name}_{language}"] for language in sorted(LANGUAGES, key=lambda one: one != own)]

    @property
    def key(self) -> str:
        return str(self.prefix)

    @property
    def gates(self) -> list[str]:
        """What opens a step of this kind, whoever wrote the ladder."""
        kind = self["kind"].value()
        return fixed_facts(kind) if kind in StepKind.values else []

    def plan(self) -> StepPlan:
        """The step as it was typed; only of a form that is valid."""
        typed = self.cleaned_data
        opening = {language: _in_lines(typed[f"opening_{language}"]) for language in LANGUAGES}
        english, spanish = (
            {name: _in_lines(typed[f"{name}_{language}"]) for name in STAFF_WORDS} for language in LANGUAGES
        )
        for words in (english, spanish):
            words["title"] = " ".join(words["title"].split())
        return StepPlan(
            kind=StepKind(typed["kind"]),
            owner=FollowUpOwner(typed["owner"]) if typed["owner"] else None,
            due_days=typed["due_days"],
            tries=typed["tries"],
            opening={language: words for language, words in opening.items() if words},
            spanish=own_spanish(english, spanish),
            **english,
        )


class LadderForm:
    """All steps of one protocol, and which version they were read from."""

    def __init__(self, steps: list[StepForm], based_on: int) -> None:
        self.steps = steps
        self.based_on = based_on
        self.refusals: list[ValidationError] = []
        self.is_unsaved = False

    @classmethod
    def of(cls, version: ProtocolVersion) -> "LadderForm":
        steps = [
            StepForm(prefix=f"s{position}", initial=_as_typed(plan))
            for position, plan in enumerate(version.plan, start=1)
        ]
        return cls(steps, version.number)

    @classmethod
    def typed(cls, sent: QueryDict) -> "LadderForm":
        """As it was sent, to be judged."""
        return cls([StepForm(sent, prefix=key) for key in _keys(sent)], _number(sent.get("based_on")))

    @classmethod
    def arranged(cls, sent: QueryDict) -> "LadderForm":
        """As it was sent, with one step moved, taken out or put in; nothing is judged or saved."""
        keys = _keys(sent)
        verb, _sep, key = sent.get("arrange", "").partition("-")
        steps = [StepForm(prefix=one, initial=_raw(sent, one)) for one in _moved(keys, verb, key)]
        if verb == NEW and len(steps) < MOST_STEPS:
            key = _unused(keys)
            steps.append(StepForm(prefix=key, initial=_as_typed(StepPlan(kind=StepKind.CALL, title=""))))
        for step in steps:
            if step.key == key:
                step.titles[0].field.widget.attrs["autofocus"] = True
        form = cls(steps, _number(sent.get("based_on")))
        form.is_unsaved = True
        return form

    def is_valid(self) -> bool:
        return not any(step.errors for step in self.steps)

    def plan(self) -> list[StepPlan]:
        """The steps in the order of the page; only of a form that is valid."""
        return [step.plan() for step in self.steps]

    @property
    def only_blames(self) -> bool:
        """Whether the refusal leaves the decision to a person."""
        return bool(self.refusals) and all(one.code == "blaming" for one in self.refusals)

    @property
    def sentences(self) -> list[str]:
        return [sentence for one in self.refusals for sentence in one.messages]

    @property
    def is_refused(self) -> bool:
        return bool(self.refusals) or any(step.is_bound and step.errors for step in self.steps)

    @property
    def may_grow(self) -> bool:
        return len(self.steps) < MOST_STEPS


def _keys(sent: QueryDict) -> list[str]:
    """The steps as the page had them, in its order, each once."""
    asked = dict.fromkeys(sent.getlist("step"))
    known = [key for key in asked if key.startswith("s") and key[1:].isascii() and key[1:].isdigit()]
    return known[: MOST_STEPS + 1]


def _moved(keys: list[str], verb: str, key: str) -> list[str]:
    if key not in keys:
        return keys
    at = keys.index(key)
    rest = keys[:at] + keys[at + 1 :]
    if verb == OUT:
        return rest
    to = at - 1 if verb == UP else at + 1 if verb == DOWN else at
    to = max(0, to)
    return [*rest[:to], key, *rest[to:]]


def _unused(keys: Iterable[str]) -> str:
    return f"s{max((int(key[1:]) for key in keys), default=0) + 1}"


def _raw(sent: QueryDict, key: str) -> dict[str, Any]:
    names = StepForm.base_fields
    return {name: sent.get(f"{key}-{name}", "") for name in names}


def _as_typed(plan: StepPlan) -> dict[str, Any]:
    typed = {name: getattr(plan, name) for name in ("kind", "due_days", "tries")}
    typed |= {f"opening_{language}": plan.opening.get(language, "") for language in LANGUAGES}
    for language in LANGUAGES:
        typed |= {f"{name}_{language}": written_in(language, plan, name) for name in STAFF_WORDS}
    return {**typed, "owner": plan.owner or AS_SET}


def _in_lines(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
