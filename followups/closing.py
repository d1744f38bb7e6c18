"""Closes follow-ups whose client is back, has a new time, answered, has left or died; finds where that fell away."""

from collections import defaultdict
from datetime import timedelta

from accounts.prepared import Question
from followups.absences import WORDS, came_back, has_answered, has_new_time
from followups.leading import Turn, close_all
from followups.models import FollowUp

CAME = "They came to a later session."
NEW_TIME = "They have a new time."
ANSWERED = "They answered."
LEFT = "They have left the practice."
DIED = "We were told that they have died."

# So long after a closing a fact that was taken back opens it again.
TAKEN_BACK_WITHIN = timedelta(days=30)

_LAST = {"client": "open.client_id", "case": "open.case_id", "since": "open.last_cause_at"}

# A death silences everything at once; who left keeps what a named person has to close.
_BECAUSE = f"""CASE
        WHEN person.died_on IS NOT NULL THEN '{DIED}'
        WHEN person.left_on IS NOT NULL AND NOT protocol.is_sensitive THEN '{LEFT}'
        WHEN NOT protocol.closes_itself THEN ''
        WHEN {came_back(**_LAST)} THEN '{CAME}'
        WHEN {has_new_time(**_LAST)} THEN '{NEW_TIME}'
        WHEN {has_answered(client="open.client_id", since="open.opened_at")} THEN '{ANSWERED}'
        ELSE '' END"""
_ITS_PEOPLE = """
    FROM followups_followup open
    JOIN followups_protocolversion version ON version.id = open.protocol_version_id
    JOIN followups_protocol protocol ON protocol.id = version.protocol_id
    JOIN clients_client person ON person.id = open.client_id
"""
_OVER = Question(
    "followups_over",
    f"""
    SELECT open.id, {_BECAUSE}
    {_ITS_PEOPLE}
    WHERE open.state = 'open' AND open.client_id = ANY(%(clients)s)
    """,
    words=WORDS,
    clients="bigint[]",
)
_ONCE_OPEN = Question(
    "follow_up_once_open",
    f"SELECT {_BECAUSE} {_ITS_PEOPLE} WHERE open.id = %(follow_up)s",
    words=WORDS,
    follow_up="bigint",
)
# What stands open beside it, or came after it, has taken its place.
_FELL_AWAY = Question(
    "follow_ups_fell_away",
    f"""
    SELECT open.id, open.client_id
    {_ITS_PEOPLE}
    JOIN clients_case treatment ON treatment.id = open.case_id
    WHERE open.state = 'closed' AND open.closed_by_id IS NULL AND open.closed_because IN %(facts)s
      AND open.client_id = ANY(%(clients)s) AND open.closed_at >= %(since)s AND treatment.closed_on IS NULL
      AND NOT EXISTS (
          SELECT FROM followups_followup other
          WHERE other.client_id = open.client_id AND other.case_id = open.case_id
            AND (other.id > open.id OR other.state = 'open')
      )
      AND {_BECAUSE} = ''
    """,  # noqa: S608 - put together from this module's own constants
    words=WORDS | {"facts": (CAME, NEW_TIME)},
    clients="bigint[]",
    since="timestamptz",
)


def close_what_is_over(turn: Turn, clients: list[int]) -> int:
    """Close what is over for these clients, as closing itself and saying why; returns how many."""
    if not clients:
        return 0
    over: dict[str, list[int]] = defaultdict(list)
    for follow_up, because in _OVER.rows(clients):
        over[because].append(follow_up)
    over.pop("", None)
    return sum(close_all(pks, because=because, now=turn.now) for because, pks in over.items())


def no_longer_over(turn: Turn, clients: list[int]) -> dict[int, int]:
    """What a fact had closed that is no longer so: an outcome taken back, a new time called off.

    Each with its client; not where a newer one has taken its place.
    """
    if not clients:
        return {}
    return dict(_FELL_AWAY.rows(clients, turn.now - TAKEN_BACK_WITHIN))


def why_it_stays_closed(follow_up: FollowUp) -> str:
    """What would close it again at once if it were opened; empty where nothing would. One query."""
    return str(_ONCE_OPEN.rows(follow_up.pk)[0][0])
