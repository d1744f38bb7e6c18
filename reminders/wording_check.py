"""What may not leave the practice in writing, and what could be said more kindly (row 2.10).

A text lies open on a locked screen, in a shared mailbox, on a machine: whatever reveals why somebody
comes is refused. Words that blame are flagged with kinder ones; a person decides.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.revealing import any_of, folded, revealing_spans
from clients.models import Case
from sessions_app.models import Service

_MISSED = "we missed each other"
_BLAMING: Mapping[str, str] = {
    r"no.?shows?": _MISSED,
    r"(?:missed|absent) again|again (?:missed|absent)": _MISSED,
    r"you(?:'?ve| have)? (?:again )?(?:missed|skipped)|your (?:missed|absences?)": _MISSED,
    r"(?:you )?fail(?:ed|ing|ure)? to|you failed": "we did not manage to",
    r"non.?complian(?:ce|t)|complian(?:ce|t)|comply": "what would make it easier",
    r"must|you (?:have|need) to|you are (?:required|obliged) to|mandatory": "it would help us if you could",
    r"you (?:did not|didn'?t|have not|haven'?t|never|forgot(?: to)?|neglected(?: to)?|refused?(?: to)?)": (
        "we did not get to"
    ),
    r"you should have": "next time, if you can,",
    r"excuses?|unexcused": "what got in the way",
    r"your (?:own )?fault|blame|irresponsible|unreliable|unacceptable|inexcusable": "these things happen",
    r"disappoint(?:ed|ing|ment)": "we were sorry not to see you",
    r"(?:last|final) (?:chance|warning|notice)": "we would still be glad to see you",
    r"(?:will|may|can) be (?:charged|billed|discharged|terminated)|late fees?|penalt(?:y|ies)": (
        "call us, and we find a way"
    ),
    r"as (?:you were told|previously stated|we told you)|we already told you": "",
    r"wast(?:ed|e|ing)": "that time was kept for you",
    r"violat(?:ed?|ion|ions|ing)": "what we agreed",
    r"why (?:did not|didn'?t|were not|weren'?t) you": "no need to explain",
    r"lack of commitment|not committed": "it is not always easy to come",
    r"(?:usted )?falto(?: a| otra vez)?|faltaste|sus? (?:faltas?|inasistencias?)|inasistencias?": (
        "no nos vimos"
    ),
    r"falta injustificada|injustificad[ao]": "no nos vimos",
    r"(?:usted )?no (?:se presento|asistio|vino|acudio|aviso|llamo|cumplio)": "no nos vimos",
    r"debe(?:n|s)?|tienes? que|esta obligad[oa]|obligatori[oa]": "nos ayudaria si pudiera",
    r"deberia haber": "la próxima vez, si puede,",
    r"incumpl\w+": "lo que lo hizo difícil",
    r"(?:su|tu) culpa|irresponsable|inaceptable": "son cosas que pasan",
    r"excusas?": "lo que se interpuso",
    r"ultim[ao] (?:oportunidad|aviso|advertencia)": "nos alegraría verle",
    r"se le cobrara|multas?|penalizacion|cargo por": "llámenos y buscamos la manera",
    r"por que no (?:vino|llamo|aviso|asistio)": "no hace falta explicar nada",
    r"decepcion\w*": "sentimos no verle",
}


_BLAMES = tuple((any_of([pattern]), instead) for pattern, instead in _BLAMING.items())
_FIELD = re.compile(r"\{\w*\}")
# A service of such a name says nothing that a reminder does not say anyway.
_NEUTRAL = frozenset(
    {
        "session", "sessions", "appointment", "visit", "meeting", "time", "call", "video", "phone",
        "first", "short", "long", "check", "in",
        "sesion", "cita", "visita", "hora", "llamada",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flag:
    """Words as they stand in the text, and kinder ones where there are any."""

    words: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What the practice calls its services, its groups, and what stands behind its people's names."""

    spoken: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()

    @classmethod
    def load(cls) -> "Names":
        services = Service.objects.values_list("name", flat=True)
        groups = Case.objects.filter(kind=Case.Kind.GROUP).exclude(title="").values_list("title", flat=True)
        letters = User.objects.exclude(credentials="").values_list("credentials", flat=True)
        behind = {one.strip() for line in letters for one in line.split(",") if len(one.strip()) > 1}
        return cls(tuple(filter(_is_telling, {*services, *groups})), tuple(behind))


def revealing_in(words: str, names: Names = Names()) -> list[Flag]:
    """What would tell a stranger why somebody comes; empty where nothing does."""
    plain = _FIELD.sub(lambda field: " " * len(field[0]), words)
    spans = revealing_spans(plain)
    for name in names.spoken:
        spans += [found.span() for found in re.finditer(_word(folded(name)), folded(plain))]
    for letters in names.credentials:  # as they are written: "MA" is not "ma"
        spans += [found.span() for found in re.finditer(_word(letters), plain)]
    return [Flag(words[begin:end]) for begin, end in sorted(spans)]


def blaming_in(words: str) -> list[Flag]:
    """What may sound like blame, in the order of the text, each with kinder words."""
    plain = folded(words)
    found = [
        (match.start(), Flag(words[match.start() : match.end()], instead))
        for pattern, instead in _BLAMES
        for match in pattern.finditer(plain)
    ]
    return [flag for _, flag in sorted(found, key=lambda one: one[0])]


def refuse_unfit_words(*, keep_flagged: bool = False, **texts: str) -> None:
    """The one question before words are saved or sent: raises ValidationError, by field.

    What reveals is refused always (code "revealing"); what blames unless a person has seen it and
    keeps it (code "blaming").
    """
    names = Names.load()
    problems: dict[str, list[ValidationError]] = {}
    for field, words in texts.items():
        found = [_revealing(flag) for flag in revealing_in(words, names)]
        if not keep_flagged:
            found += [blame_of(flag) for flag in blaming_in(words)]
        if found:
            problems[field] = found
    if problems:
        raise ValidationError(problems)


def is_only_blaming(error: ValidationError) -> bool:
    """Whether a refusal leaves the decision to a person."""
    problems = [one for found in error.error_dict.values() for one in found]
    return all(problem.code == "blaming" for problem in problems)


def _revealing(flag: Flag) -> ValidationError:
    return ValidationError(
        _("“%(words)s” would tell others why somebody comes here. Please leave it out.")
        % {"words": flag.words},
        code="revealing",
    )


def blame_of(flag: Flag) -> ValidationError:
    """The sentence on words that may sound like blame, with kinder ones; a person may keep them."""
    if flag.instead:
        words = _("“%(words)s” may sound like blame. Kinder: “%(instead)s”.")
    else:
        words = _("“%(words)s” may sound like blame. It reads better without.")
    return ValidationError(words % {"words": flag.words, "instead": flag.instead}, code="blaming")


def _word(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def _is_telling(name: str) -> bool:
    return not set(re.findall(r"\w+", folded(name))) <= _NEUTRAL
