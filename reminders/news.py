"""Whose sessions a ring plans anew: those of the clients of whom there is news."""

from collections.abc import Collection
from datetime import datetime

from accounts.prepared import Prepared

# What is taken is committed, and so are its facts; what is committed later stays for the next pass.
_TAKE = Prepared(
    "planning_news",
    """
    WITH told AS (DELETE FROM reminders_planningnews RETURNING client_id)
    SELECT DISTINCT client_id FROM told
    """,
    values=0,
)
_AHEAD = Prepared(
    "sessions_ahead_of",
    """
    SELECT DISTINCT session_id FROM sessions_app_participant
    WHERE client_id = ANY($1::bigint[]) AND starts_at > $2::timestamptz - interval '12 hours'
    """,
    values=2,
)

_HAVING_CHECK_INS = Prepared(
    "clients_having_check_ins",
    "SELECT DISTINCT client_id FROM clients_checkinplan WHERE client_id = ANY($1::bigint[])",
    values=1,
)

# Empty stands for everybody: what concerns all, as a rule does.
Told = Collection[int | None]


def take_news() -> Told:
    """Take the news and return whom it concerns; if the transaction is rolled back it is news again."""
    return [client for (client,) in _TAKE.rows()]


def sessions_ahead_of(clients: Collection[int | None], now: datetime) -> list[int]:
    """Every session that goes on or is to come of these clients: a rule may ask which one is their first.

    Whole sessions and not single participants: one guardian of two children gets one message.
    """
    return [session for (session,) in _AHEAD.rows(list(clients), now)]


def having_check_ins(clients: Collection[int | None]) -> list[int]:
    """Those of these clients with whom check-ins were ever agreed on: of most there are none to plan."""
    return [client for (client,) in _HAVING_CHECK_INS.rows(list(clients))]
