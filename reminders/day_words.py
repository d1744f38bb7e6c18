"""Words such as "tomorrow", which are true on one day only: a text may arrive on another."""

import re

_RELATIVE = re.compile(
    r"\b(today|tonight|tomorrow|yesterday|this (morning|afternoon|evening)"
    r"|hoy|ayer|(?<!la )(?<!las )mañana|esta (mañana|tarde|noche))\b",
    re.IGNORECASE,
)


def relative_day(words: str) -> str:
    """The first word that means another day tomorrow; empty without one."""
    found = _RELATIVE.search(words)
    return found.group() if found else ""
