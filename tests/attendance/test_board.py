"""The board's rows: who stands how, in a constant number of statements."""

from datetime import UTC, datetime, timedelta

import pytest

from attendance.board import status_of

STARTS = datetime(2026, 3, 3, 15, tzinfo=UTC)
ENDS = STARTS + timedelta(minutes=50)
BEFORE, DURING, AFTER = STARTS - timedelta(hours=1), STARTS + timedelta(minutes=5), ENDS


def stands(now: datetime, **facts: object) -> str:
    known: dict[str, object] = {
        "outcome": "",
        "cancelled": False,
        "cancelled_late": False,
        "arrived": False,
        "response": "none",
    }
    return status_of(**(known | facts), times=(STARTS, ENDS), now=now)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "facts", "code"),
    [
        (BEFORE, {}, "expected"),
        (BEFORE, {"response": "confirmed"}, "confirmed"),
        (BEFORE, {"response": "asks_to_move"}, "asks_to_move"),
        (BEFORE, {"arrived": True}, "arrived"),
        (DURING, {"arrived": True}, "in_session"),
        (DURING, {}, "late"),
        (DURING, {"response": "confirmed"}, "late"),
        (DURING, {"response": "asks_to_move"}, "asks_to_move"),
        (AFTER, {}, "not_recorded"),
        (AFTER, {"response": "asks_to_move"}, "not_recorded"),
        (AFTER, {"arrived": True}, "in_session"),
        (AFTER, {"arrived": True, "outcome": "left_early"}, "left_early"),
        (AFTER, {"outcome": "no_show"}, "no_show"),
        (BEFORE, {"cancelled": True}, "cancelled"),
        (AFTER, {"cancelled": True, "cancelled_late": True}, "cancelled_late"),
    ],
)
def test_a_person_stands_as_the_facts_say(now: datetime, facts: dict[str, object], code: str) -> None:
    assert stands(now, **facts) == code
