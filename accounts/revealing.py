"""Words that tell a stranger why somebody comes: they stand in no text, name or address that leaves the practice.

Without the database or a setting, so that the settings themselves can ask.
"""

import re
import unicodedata
from collections.abc import Iterable

# Without accents and in small letters, as `_folded` makes them.
_REVEALING = (
    # What somebody comes for, in English ...
    # (these give a name away wherever they stand in it, as in the address of a page)
    r"\w*(?:therap|terap|counsel|psych|psicolog|psiquiatr|addict|adicc)\w*", r"diagnos\w+", r"treatments?",
    r"mental(?:ly)?", r"(?:behaviou?ral) health", r"substance (?:use|abuse|misuse)\w*",
    r"alcohol\w*", r"drugs?", r"opioids?", r"rehab\w*", r"detox\w*", r"sober|sobriety",
    r"(?:in|your|his|her|their) recovery|recovery (?:program|group|meeting)s?", r"relaps\w+", r"methadone",
    r"suboxone", r"buprenorphine", r"medications?", r"prescriptions?", r"depress(?:ion|ed|ive)\w*",
    r"anxiety", r"panic (?:attack|disorder)s?", r"bipolar", r"ptsd", r"trauma\w*", r"schizo\w*", r"adhd",
    r"ocd", r"autis\w+", r"disorders?", r"anorexi\w+", r"bulimi\w+", r"suicid\w+", r"self.?harm\w*",
    r"symptoms?", r"clinic(?:s|al|ally|ians?)?", r"patients|(?:a|our|the|dear|as|new) patient",
    r"court|probation|parole|mandated?", r"domestic violence", r"abus(?:e|ed|er|ive)",
    r"(?:couples?|marriage|marital|family|group) (?:sessions?|work|meetings?)", r"intakes?",
    # ... in Spanish ...
    r"consejer\w+", r"diagnostic\w+", r"tratamientos?", r"drogas?", r"drogadic\w+", r"rehabilitacion", r"desintoxicacion",
    r"recaidas?", r"sobriedad", r"medicamentos?", r"medicacion", r"recetas? medicas?", r"depresi\w+",
    r"deprimid\w+", r"ansiedad", r"esquizo\w+", r"trastornos?", r"sintomas?", r"autolesi\w+",
    r"salud mental", r"clinic[ao]s?", r"pacientes|(?:el|la|como|nuestr[oa]|estimad[oa]) paciente",
    r"tribunal|juzgado|libertad condicional|orden judicial", r"violencia (?:domestica|familiar)", r"maltrato",
    r"(?:sesion|terapia|consulta) (?:de pareja|familiar|de grupo)",
    # ... and what somebody owes.
    r"balance|past due|invoices?|co.?pay\w*|insurance", r"saldo|deuda|adeud\w+|factura|copago|seguro medico",
)  # fmt: skip


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Any of these as whole words."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


_REVEALS = any_of(_REVEALING)


def folded(words: str) -> str:
    """Small letters without accents, letter for letter, so that places in the text stay the same."""
    return "".join(unicodedata.normalize("NFKD", c.replace("\u2019", "'"))[0].lower()[0] for c in words)


def revealing_spans(words: str) -> list[tuple[int, int]]:
    """Where such words begin and end, in the order of the text."""
    return [found.span() for found in _REVEALS.finditer(folded(words))]


def revealing_words(words: str) -> list[str]:
    """The words themselves, as they are written."""
    return [words[begin:end] for begin, end in revealing_spans(words)]
