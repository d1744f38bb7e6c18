"""Closes follow-ups whose client is back, has a new time, answered, has left or died."""

from collections import defaultdict

from accounts.prepared import Question
from followups.absences import WORDS, came_back, has_answered, has_new_time
from followups.leading import Turn, close_all
from followups.models import FollowUp

CAME = "They came to a later session."
NEW_TIME = "They have a new time."
ANSWERED = "They answered."
LEFT = "They have left the practice."
DIED = "We were told that they have died."

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


def close_what_is_over(turn: Turn, clients: list[int]) -> int:
    """Close what is over for these clients, as closing itself and saying why; returns how many."""
    if not clients:
        return 0
    over: dict[str, list[int]] = defaultdict(list)
    for follow_up, because in _OVER.rows(clients):
        over[because].append(follow_up)
    over.pop("", None)
    return sum(close_all(pks, because=because, now=turn.now) for because, pks in over.items())


def why_it_stays_closed(follow_up: FollowUp) -> str:
    """What would close it again at once if it were opened; empty where nothing would. One query."""
    return str(_ONCE_OPEN.rows(follow_up.pk)[0][0])
