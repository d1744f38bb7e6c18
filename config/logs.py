"""One JSON line per event, carrying ids and counts but never names, numbers or words."""

import re
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

PLAIN_KEYS = frozenset(
    {"event", "level", "logger", "timestamp", "exception", "task", "state", "reason", "code", "status"}
)
PLAIN_ENDINGS = ("_id", "_ids", "_at", "_on", "_count", "_seconds", "_minutes")


def keep_ids_only(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Drop every key that is not known to be free of personal words."""
    return {key: value for key, value in event.items() if _is_plain(key)}


def _is_plain(key: str) -> bool:
    return key.startswith("_") or key in PLAIN_KEYS or key.endswith(PLAIN_ENDINGS)


# A client's link is all that its holder needs: whoever reads it in a log could cancel for them.
_CLIENT_LINK = re.compile(r"(?<=/[to]/)[^/\s]+")


def hide_links(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Django writes the path of every refused request: without the signed part of a client's link."""
    if isinstance(event.get("event"), str):
        event["event"] = _CLIENT_LINK.sub("-", event["event"])
    return event


def name_the_error(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Give the error's type and place: its message may quote a row (a failed constraint does)."""
    exc_info: Any = event.pop("exc_info", None)
    if isinstance(exc_info, BaseException):
        exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
    if isinstance(exc_info, tuple) and exc_info[0] is not None:
        event["exception"] = _type_and_frames(exc_info)
    return event


def _type_and_frames(exc_info: ExcInfo) -> list[str]:
    kind, _, trace = exc_info
    return [kind.__qualname__, *_frames(trace)]


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


SHARED: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
]


def logging_settings(level: str) -> dict[str, Any]:
    """Return Django's LOGGING and point structlog at the same handler."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    name_the_error,
                    hide_links,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    keep_ids_only,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # Its INFO lines print the recipient's number.
            "twilio.http_client": {"level": "WARNING"},
        },
    }
