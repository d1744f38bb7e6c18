"""The steps of a protocol as they are typed: one form each, in the order of the page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import FollowUpOwner
from followups.gates import fixed_facts
from followups.ladders import MOST_STEPS
from followups.models import ProtocolVersion, StepKind, StepPlan
from followups.step_words import LANGUAGES, LONGEST_TITLE, LONGEST_WAIT, MOST_TRIES

AS_SET = ""
OWNERS = (
    (AS_SET, _("Whoever follows up in this practice")),
    (FollowUpOwner.CLINICIAN, _("The clinician")),
    (FollowUpOwner.DESK, _("The front desk")),
)
UP, DOWN, OUT, NEW = "up", "down", "out", "new"


def _words(rows: int, **attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "true", "autocomplete": "off", **attrs})


class StepForm(forms.Form):
    """One step; what its kind asks for, the verb knows."""

    kind = forms.ChoiceField(choices=StepKind.choices, label=_("What"))
    title = forms.CharField(max_length=LONGEST_TITLE, label=_("What to do"))
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
    opening_en = forms.CharField(
        required=False, label=_("Words to begin with, in English"), widget=_words(3, lang="en")
    )
    opening_es = forms.CharField(
        required=False, label=_("Words to begin with, in Spanish"), widget=_words(3, lang="es")
    )
    listen = forms.CharField(required=False, label=_("Then listen, or think of"), widget=_words(2))
    later = forms.CharField(required=False, label=_("Later, or keep in mind"), widget=_words(2))

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
        return StepPlan(
            kind=StepKind(typed["kind"]),
            title=typed["title"].strip(),
            owner=FollowUpOwner(typed["owner"]) if typed["owner"] else None,
            due_days=typed["due_days"],
            tries=typed["tries"],
            opening={language: words for language, words in opening.items() if words},
            listen=_in_lines(typed["listen"]),
            later=_in_lines(typed["later"]),
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
                step.fields["title"].widget.attrs["autofocus"] = True
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
    openings = {f"opening_{language}": plan.opening.get(language, "") for language in LANGUAGES}
    return {**vars(plan), "owner": plan.owner or AS_SET, **openings}


def _in_lines(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
