"""A log line carries ids and counts; names, numbers, words and quoted rows stay out."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from config.logs import logging_settings


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What Kept would write to the terminal, with its own settings."""
    written = io.StringIO()
    settings = logging_settings("INFO")
    settings["handlers"]["stderr"]["stream"] = written
    handler = logging.config.DictConfigurator(settings).configure_formatter(settings["formatters"]["json"])
    stream = logging.StreamHandler(written)
    stream.setFormatter(handler)
    logger = logging.getLogger("kept.test")
    logger.addHandler(stream)
    logger.setLevel(logging.INFO)
    yield written
    logger.removeHandler(stream)


def last(lines: io.StringIO) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(lines.getvalue().splitlines()[-1])
    return line


def test_ids_counts_and_instants_are_kept(lines: io.StringIO) -> None:
    structlog.get_logger("kept.test").info(
        "message sent", message_id=7, sent_count=2, due_at="2026-03-02T15:00Z"
    )
    line = last(lines)
    assert (line["event"], line["message_id"], line["sent_count"]) == ("message sent", 7, 2)
    assert line["level"] == "info"


def test_names_numbers_and_words_are_dropped(lines: io.StringIO) -> None:
    structlog.get_logger("kept.test").info("reply", body="I am not well", phone="+12025550100", name="Rosa")
    assert set(last(lines)) <= {"event", "level", "logger", "timestamp"}
    for word in ("well", "2025550100", "Rosa"):
        assert word not in lines.getvalue()


def test_an_error_is_named_and_placed_but_not_quoted(lines: io.StringIO) -> None:
    try:
        int("+1 202 555 0100, called twice")
    except ValueError:
        logging.getLogger("kept.test").exception("the verb failed")
    line = last(lines)
    assert line["exception"][0] == "ValueError"
    assert "test_logs.py" in line["exception"][1]
    assert "555" not in lines.getvalue()


def test_twilios_client_does_not_print_numbers() -> None:
    assert logging.getLogger("twilio.http_client").getEffectiveLevel() >= logging.WARNING
