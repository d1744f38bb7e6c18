"""Reads a reply: which of the few known words it is, in English and Spanish."""

import re
import unicodedata

from reminders.models import InboundKind

# CTIA's words, which the carrier obeys too: CANCEL opts out and YES opts in.
STOP_WORDS = {
    "stop",
    "stopall",
    "stop all",
    "unsubscribe",
    "end",
    "quit",
    "cancel",
    "revoke",
    "optout",
    "opt out",
}
STOP_WORDS_ES = {"alto", "parar", "pare", "basta"}
START_WORDS = {"start", "yes", "unstop"}
HELP_WORDS = {"help", "info", "ayuda"}
CONFIRM_WORDS = {"c", "confirm", "confirmed", "ok confirm", "confirmo", "confirmar"}
MOVE_WORDS = {"r", "reschedule", "cambiar", "reagendar"}

_PLAIN_STOP = re.compile(
    r"\b(please stop|stop (texting|messaging|sending|these|the texts)|do ?n[o']?t (text|message|write)( to)? me"
    r"|no more (texts|messages)|remove me|take me off|deje(n)? de (escribir|enviar|mandar)"
    r"|no me (escriba|escriban|mande|manden|envie|envien)|no mas (textos|mensajes))\b"
)


def kind_of(body: str) -> InboundKind:
    """What a reply asks for; a whole sentence counts only where it plainly says to stop."""
    words = _plain(body)
    for kind, known in (
        (InboundKind.STOP, STOP_WORDS | STOP_WORDS_ES),
        (InboundKind.START, START_WORDS),
        (InboundKind.HELP, HELP_WORDS),
        (InboundKind.CONFIRM, CONFIRM_WORDS),
        (InboundKind.RESCHEDULE, MOVE_WORDS),
    ):
        if words in known:
            return kind
    return InboundKind.STOP if _PLAIN_STOP.search(words) else InboundKind.FREE


def _plain(body: str) -> str:
    """Lower case, without accents, quotes around it, or the full stop that phones add."""
    folded = unicodedata.normalize("NFKD", body.replace("\u2019", "'")).lower()
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", letters).strip(" .,!¡\"'")
