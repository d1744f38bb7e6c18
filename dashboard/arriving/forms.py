"""What is said of files that come from elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from importing.bringing import Column, Questions, Word
from importing.guessing import BY_PRACTICE, LEFT_OUT, ROW_ASIDE, may_matter
from importing.models import FileKind
from importing.targets import ASIDE, STANDING, TARGETS
from importing.writings import Clock, DateOrder

_CSV = forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"})


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


STATUS_WORDS = (
    ("attended", _("Attended")),
    ("attended_late", _("Attended, came late")),
    ("left_early", _("Attended, left early")),
    ("no_show", _("Missed, without notice")),
    ("cancelled", _("Cancelled in time")),
    ("cancelled_late", _("Cancelled late")),
    (BY_PRACTICE, _("Cancelled by the practice")),
    ("excused", _("Excused")),
    ("not_brought", _("A child who was not brought")),
    ("too_late", _("Came too late to be seen")),
    ("could_not_be_seen", _("Came and could not be seen")),
    ("could_not_connect", _("Could not connect")),
    ("booked", _("Booked; nothing recorded yet")),
    ("confirmed", _("Booked and confirmed")),
    (ROW_ASIDE, _("Leave these rows out")),
)
_FIXED: dict[str, tuple[tuple[str, Any], ...]] = {
    "status": STATUS_WORDS,
    STANDING: (
        ("here", _("Still with us")),
        ("left", _("Has left: nothing is sent to them")),
        (ROW_ASIDE, _("Leave these rows out")),
    ),
    "language": (("en", _("English")), ("es", _("Spanish")), (LEFT_OUT, _("Written to in English"))),
    "modality": (("in_person", _("In person")), ("video", _("By video")), ("phone", _("By telephone"))),
}
_HEADINGS = {
    "status": _("How it went"),
    STANDING: _("Who is still here"),
    "language": _("Languages"),
    "modality": _("In person, video, telephone"),
    "clinician": _("Clinicians"),
    "co_clinician": _("Second clinicians"),
    "case_clinician": _("Clinicians"),
    "case_2_clinician": _("Clinicians of a second case"),
    "service": _("Services"),
    "place": _("Places"),
}


class UploadForm(forms.Form):
    """One or two files."""

    clients = forms.FileField(
        required=False,
        widget=_CSV,
        label=_("Clients"),
        help_text=_("A list of clients or patients, one row for each."),
    )
    appointments = forms.FileField(
        required=False,
        widget=_CSV,
        label=_("Appointments"),
        help_text=_("Past and coming, one row for each client at each appointment."),
    )

    def files_by_kind(self) -> dict[str, Any]:
        """The pieces of what was chosen, by kind."""
        chosen: dict[str, UploadedFile[Any] | None] = {
            kind: self.cleaned_data[kind] for kind in FileKind.values
        }
        return {kind: file.chunks() for kind, file in chosen.items() if file}


def _targets(kind: str) -> list[Any]:
    """What a column can hold: spoken of by name first, then the rest of our format."""
    spoken = [(one.key, one.label) for one in TARGETS[kind] if one.label != one.key]
    rest = [(one.key, one.key) for one in TARGETS[kind] if one.label == one.key]
    return [(ASIDE, _("Leave it aside")), *spoken, (_("More columns of Kept"), rest)]


class ColumnsForm(forms.Form):
    """What each column of one file holds."""

    def __init__(self, typed: Any = None, *, kind: str, columns: Sequence[Column]) -> None:
        super().__init__(typed, prefix=kind)
        self.kind = kind
        self.columns = columns
        choices = _targets(kind)
        for place, column in enumerate(columns):
            self.fields[str(place)] = forms.ChoiceField(
                choices=choices, required=False, initial=column.holds, label=column.name, widget=_select()
            )

    def holds(self) -> dict[str, str]:
        return {column.name: self.cleaned_data[str(place)] for place, column in enumerate(self.columns)}

    def rows(self) -> list[dict[str, Any]]:
        """Each column with its field, and whether it should not be left aside lightly."""
        return [
            {
                "column": column,
                "field": self[str(place)],
                "matters": may_matter(column.name) and not self[str(place)].value(),
            }
            for place, column in enumerate(self.columns)
        ]


@dataclass(frozen=True)
class WordGroup:
    """The words of one column that are asked about."""

    target: str
    heading: Any
    rows: list[tuple[Word, Any]]


class MeaningsForm(forms.Form):
    """How one file writes dates, and what its words mean."""

    def __init__(
        self,
        typed: Any = None,
        *,
        kind: str,
        questions: Questions,
        names: Mapping[str, Mapping[str, str]],
        said: Mapping[str, Any],
    ) -> None:
        super().__init__(typed, prefix=kind)
        self.kind = kind
        self.questions = questions
        if questions.order.is_asked:
            self.fields["order"] = _radio(
                DateOrder.choices,
                questions.order.answer or said.get("date_order", ""),
                _("How are days written?"),
            )
        if questions.clock.is_asked:
            self.fields["clock"] = _radio(
                Clock.choices, questions.clock.answer or said.get("clock", ""), _("What do early times mean?")
            )
        for target, words in questions.words.items():
            for place, word in enumerate(words):
                self.fields[f"{target}-{place}"] = forms.ChoiceField(
                    choices=_meanings_of(target, names.get(target, {})),
                    required=target in _FIXED,
                    initial=word.means,
                    label=word.text,
                    widget=_select(),
                    error_messages={"required": _("Say what this means.")},
                )

    def groups(self) -> list[WordGroup]:
        return [
            WordGroup(
                target,
                _HEADINGS.get(target, target),
                [(word, self[f"{target}-{place}"]) for place, word in enumerate(words)],
            )
            for target, words in self.questions.words.items()
        ]

    def words(self) -> dict[str, dict[str, str]]:
        return {
            target: {word.text: self.cleaned_data[f"{target}-{place}"] for place, word in enumerate(words)}
            for target, words in self.questions.words.items()
        }


def _radio(choices: Any, answer: str, label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=choices,
        widget=forms.RadioSelect,
        initial=answer,
        label=label,
        error_messages={"required": _("Only you can tell. Choose one.")},
    )


def _meanings_of(target: str, names: Mapping[str, str]) -> list[tuple[str, Any]]:
    if target in _FIXED:
        return [("", _("Choose what it means")), *_FIXED[target]]
    own = sorted(names.items(), key=lambda one: one[1])
    ways = [("video", _("By video")), ("phone", _("By telephone"))] if target == "place" else []
    return [
        ("", _("Not in Kept: refuse these rows")),
        *own,
        *ways,
        (LEFT_OUT, _("Leave it empty")),
        (ROW_ASIDE, _("Leave these rows out")),
    ]
