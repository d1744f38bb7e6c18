"""Reads a reply: which of the few clear things it says, in English and Spanish.

The codes C, R, V, 1, 2 and 3 and the carrier's own words stand alone. Plain wording counts only
where the whole text says one clear thing: a "but", a doubt or a word too many leaves it to a person.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reminders.models import InboundKind

# CTIA's words, which the carrier obeys too: CANCEL opts out and YES opts in.
CARRIER_STOPS = frozenset(
    {
        "stop", "stopall", "stop all", "unsubscribe", "end", "quit", "cancel", "revoke", "optout",
        "opt out", "opt-out",
    }
)  # fmt: skip
CARRIER_STARTS = frozenset({"start", "yes", "unstop"})
SPANISH_STOPS = frozenset({"alto", "para", "paren", "parar", "pare", "basta", "detener", "detengan"})
HELP_WORDS = frozenset({"help", "info", "ayuda", "informacion"})
CODES = {"c": InboundKind.CONFIRM, "r": InboundKind.RESCHEDULE, "v": InboundKind.VIDEO}
DAYS = {
    **{name: n for n, names in enumerate(
        (("monday", "mon", "lunes"), ("tuesday", "tue", "martes"), ("wednesday", "wed", "miercoles"),
         ("thursday", "thu", "jueves"), ("friday", "fri", "viernes"), ("saturday", "sat", "sabado"),
         ("sunday", "sun", "domingo"))
    ) for name in names},
}  # fmt: skip
TODAY = frozenset({"today", "hoy"})
TOMORROW = frozenset({"tomorrow", "manana"})
# A plain wish is short; a longer text says more than one thing.
LONGEST_PLAIN = 120
# What a question mark turns into a doubt.
_NEVER_ASKED = (InboundKind.CONFIRM, InboundKind.CHOICE, InboundKind.START)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply says. `is_code`: one of the answers that we asked for, not plain wording."""

    kind: InboundKind
    is_code: bool = False
    choice: int = 0  # 1, 2 or 3
    day: str = ""  # the day that plain wording names: friday, hoy

    def is_about(self, on: date, *, today: date) -> bool:
        """Whether it may be about a session on this day; without a day it may."""
        if self.day in TODAY:
            return on == today
        if self.day in TOMORROW:
            return on == today + timedelta(days=1)
        return self.day not in DAYS or on.weekday() == DAYS[self.day]


FREE = Reading(InboundKind.FREE)

_HELLO = (
    r"(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|hola|buenos dias|buenas tardes|buenas noches"
    r"|buenas) )?"
)
_SORRY = (
    r"(?:(?:sorry|im sorry|i am sorry|so sorry|im afraid|i am afraid|unfortunately|lo siento|perdon"
    r"|disculpe|disculpen|lamentablemente) ){0,2}"
)
_GRATEFUL = (
    r"(?: (?:thanks|thank you|thx|ty|thanks so much|thank you so much|thank you very much|gracias"
    r"|muchas gracias|mil gracias)){0,2}"
)
_POLITE = rf"(?: (?:please|pls|por favor|porfa))?{_GRATEFUL}"
_NAMED_DAY = "|".join((*DAYS, *TODAY, *TOMORROW))
_THEN = rf"(?: (?:then|that day|ese dia|(?:on |this |el |este )?(?:{_NAMED_DAY})))?"
_SUBJECT = r"(?: (?:it|this|that|(?:my|the) (?:time|appointment|session)|(?:la|mi) (?:cita|hora|sesion)))?"
_MOVE = r"(?:reschedule|move|change)"
_MOVE_ES = r"(?:cambiar|mover|reagendar|reprogramar)"


def _whole(*ways: str, before: str = _HELLO, after: str = _POLITE) -> re.Pattern[str]:
    """Any one of these with what is said out of kindness around it, and nothing else."""
    return re.compile(before + "(?:" + "|".join(ways) + ")" + after)


_CONFIRMS = _whole(
    r"(?:yes |yep |ok |si )?(?:c|confirm|confirmed|i confirm|confirmo|confirmar|confirmado|confirmada)",
    r"yes thanks", r"yes thank you", r"yep", r"yup", r"yeah", r"si", r"claro que si",
    r"(?:(?:yes|yep|yeah|yup|ok|okay|sure) )?(?:"
    rf"(?:ill|i ll|i will|im going to|i am going to|we will|well) be there{_THEN}"
    rf"|(?:ill|i ll|i will) (?:see you|come){_THEN}|i can make it{_THEN}|see you(?: there)?{_THEN}"
    r"|im coming|i am coming)",
    rf"(?:si )?(?:(?:ahi|alli|alla) (?:estare|voy a estar){_THEN}"
    rf"|(?:estare|voy a estar) (?:ahi|alli|alla){_THEN}|asistire{_THEN}|nos vemos{_THEN}"
    r"|cuente conmigo|cuenten conmigo)",
    after=_GRATEFUL,
)  # fmt: skip
_MOVES = _whole(
    r"r", r"reschedule", r"(?:an)?other time", r"(?:a )?different time", r"another day",
    r"(?:no )?(?:(?:i|we) )?(?:cant|cannot|can not|wont be able to|will not be able to|(?:am |im )?not able to"
    rf"|(?:am |im )?unable to) (?:make it|come|be there|attend){_THEN}",
    rf"(?:no )?(?:(?:i|we) )?(?:wont|will not) (?:make it|come|be there){_THEN}",
    rf"(?:i )?(?:need|want|would like|id like|d like|have) to {_MOVE}{_SUBJECT}{_THEN}",
    rf"(?:id|i would) like to {_MOVE}{_SUBJECT}{_THEN}",
    rf"(?:can|could|may) (?:we|i|you) (?:please )?{_MOVE}{_SUBJECT}(?: to another (?:time|day))?",
    r"cambiar", r"reagendar", r"reprogramar", r"otra hora", r"otro dia", r"otro horario",
    rf"no (?:puedo|podre|voy a poder)(?: (?:ir|asistir|llegar|venir|estar))?{_THEN}",
    rf"no (?:ire|asistire|estare|voy a ir){_THEN}",
    rf"(?:quiero|necesito|quisiera|me gustaria|tengo que) {_MOVE_ES}{_SUBJECT}{_THEN}",
    rf"(?:puedo|podemos|podria|podriamos|se puede) {_MOVE_ES}{_SUBJECT}",
    before=_HELLO + _SORRY, after=rf"(?: (?:sorry|lo siento|perdon))?{_POLITE}",
)  # fmt: skip
_BY_VIDEO = _whole(
    r"v", r"video", r"(?:by|on|over) video", r"video call",
    r"(?:can|could|may) (?:we|i) (?:please )?(?:do|have)(?: it| this)?(?: by| on| over| a)? video(?: call)?"
    r"(?: instead)?",
    r"(?:por )?(?:video|videollamada)", r"(?:puede|podria) ser por (?:video|videollamada)",
)  # fmt: skip
_WRONG_NUMBER = (
    (
        r"(?:no )?(?:i think |i believe )?(?:you have |youve got |you got |u have |u got |this is |thats "
        r"|that is |its |it is )?(?:the |a )?wrong (?:number|person)"
    ),
    r"(?:nobody|no one|noone) (?:here )?(?:by|with|of) that name(?: here)?",
    r"(?:es |este es |tiene |tienen )?(?:el |un )?numero (?:equivocado|incorrecto)",
    r"(?:es )?(?:la |una )?persona equivocada",
    r"(?:se )?(?:equivoco|equivocaron|ha equivocado|han equivocado) de (?:numero|persona)",
)
_WRONG = _whole(*_WRONG_NUMBER, before=_HELLO + _SORRY)
_WRONG_AND_MORE = re.compile(_HELLO + _SORRY + "(?:" + "|".join(_WRONG_NUMBER) + ")(?P<more> .*)")
# Asking in one's own sentence to be left alone has to be honoured too.
_STOPS = re.compile(
    r"\b(?:stop (?:texting|messaging|writing|sending|contacting)"
    r"|stop (?:the |these |those |all |your )?(?:texts|messages|reminders)"
    r"|do(?: not|nt) (?:text|message|write|contact)(?: to)? me|no more (?:texts|messages)"
    r"|(?:remove me from|take me off) (?:your|the|this) list|unsubscribe me|opt me out"
    r"|(?:dejen?|paren?|dejar) de (?:escribir(?:me)?|enviar(?:me)?|mandar(?:me)?|textear(?:me)?)"
    r"|no me (?:escriban?|manden?|envien?|contacten?|texteen?)"
    r"|no (?:quiero )?mas (?:textos|mensajes))\b"
)
_STOPS_ALONE = _whole(
    r"please stop", r"stop", r"stop it", r"stop now", r"remove me", r"(?:please )?leave me alone",
    r"por favor (?:pare|paren|alto)", r"ya basta", r"quitenme", r"borrenme",
)  # fmt: skip
# What says not to stop, to stop for a while, or speaks of stopping something else.
_NOT_A_STOP = re.compile(
    r"\b(?:(?:do(?: not|nt)|never|not|cant|cannot|could(?: not|nt)|wont|didnt) (?:ever |want to )?stop"
    r"|(?:nunca|no) (?:quiero )?(?:dejen?|paren?|dejar)|if|when|after|before|until|during|while"
    r"|si|cuando|despues|antes|hasta|him|her|his|tell|my (?:ex|husband|wife|partner|mom|mother|dad|father"
    r"|son|daughter|boss))\b"
)
_CHOICE = re.compile(
    rf"(?:yes |si |ok )?(?:(?:option|number|opcion|numero) )?(?P<digit>[123])(?P<after>{_POLITE})"
)
# Of those that say nothing else than "kindly meant".
_KIND_SIGNS = str.maketrans(dict.fromkeys("👍🙏🙂😊😀😃❤♥👌✅🏻🏼🏽🏾🏿\ufe0f\u200d", " "))
_PUNCTUATION = re.compile(r"[\s.,;:!\u00a1?\u00bf\"()\u201c\u201d\u2026]+")


def read(body: str) -> Reading:
    """What a reply asks for; free text wherever that is not entirely clear."""
    words = _plain(body)
    reading = _as_code(words) or _as_plain(words)
    return FREE if "?" in body and reading.kind in _NEVER_ASKED else reading


def kind_of(body: str) -> InboundKind:
    """The kind alone."""
    return read(body).kind


def _as_code(words: str) -> Reading | None:
    if words in CODES:
        return Reading(CODES[words], is_code=True)
    if words in CARRIER_STOPS or words in SPANISH_STOPS:
        return Reading(InboundKind.STOP, is_code=True)
    if words in CARRIER_STARTS:
        return Reading(InboundKind.START, is_code=True)
    return Reading(InboundKind.HELP, is_code=True) if words in HELP_WORDS else None


def _as_plain(words: str) -> Reading:
    if _says_wrong(words):
        return Reading(InboundKind.WRONG)
    if _says_stop(words):
        return Reading(InboundKind.STOP)
    return _as_wish(words) if len(words) <= LONGEST_PLAIN else FREE


def _as_wish(words: str) -> Reading:
    if choice := _CHOICE.fullmatch(words):
        return Reading(InboundKind.CHOICE, is_code=True, choice=int(choice["digit"]))
    wishes = (
        (InboundKind.CONFIRM, _CONFIRMS),
        (InboundKind.RESCHEDULE, _MOVES),
        (InboundKind.VIDEO, _BY_VIDEO),
    )
    kind = next((kind for kind, ways in wishes if ways.fullmatch(words)), None)
    return replace(FREE, kind=kind, day=_day_in(words)) if kind else FREE


def _day_in(words: str) -> str:
    known = (word for word in words.split() if word in DAYS or word in TODAY or word in TOMORROW)
    return next(known, "")


def _says_stop(words: str) -> bool:
    if _STOPS_ALONE.fullmatch(words):
        return True
    return bool(_STOPS.search(words)) and not _NOT_A_STOP.search(words)


def _says_wrong(words: str) -> bool:
    """Alone, or with the wish that we stop: that wish has been heard then."""
    if _WRONG.fullmatch(words):
        return True
    found = _WRONG_AND_MORE.fullmatch(words)
    return bool(found and _says_stop(found["more"].strip()))


def _plain(body: str) -> str:
    """Lower case, without accents, kindly signs and punctuation; an apostrophe joins: can't is cant."""
    folded = unicodedata.normalize("NFKD", body.replace("\u2019", "'")).lower().translate(_KIND_SIGNS)
    letters = "".join(c for c in folded if not unicodedata.combining(c)).replace("'", "")
    return _PUNCTUATION.sub(" ", letters).strip(" -")
