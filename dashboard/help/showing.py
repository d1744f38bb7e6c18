"""What the pages of a client, a case and Today show of help and agreements, as far as their reader may read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import Practice, User
from accounts.roles import May
from attendance.before_since import BeforeSince, before_and_since
from clients.access import agreed_strategies_readable_by, consequences_readable_by, referrals_visible_to
from clients.models import AgreedStrategy, Case, Client, Consequence, Referral

REFERRALS_SHOWN = 8
AGREED_SHOWN = 8
CONSEQUENCES_SHOWN = 12
TODAY_SHOWN = 12


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """Something agreed on, with attendance before and since."""

    agreed: AgreedStrategy
    measured: BeforeSince


def help_for(user: User, client: Client, *, practice: Practice, now: datetime) -> dict[str, Any]:
    """Of one client; five queries at most."""
    return _help(
        user,
        practice,
        now,
        referrals=referrals_visible_to(user).filter(client=client)[:REFERRALS_SHOWN],
        agreed=agreed_strategies_readable_by(user).filter(client=client)[:AGREED_SHOWN],
        consequences=consequences_readable_by(user).filter(client=client)[:CONSEQUENCES_SHOWN],
    )


def help_in(user: User, case: Case, *, practice: Practice, now: datetime) -> dict[str, Any]:
    """Of everybody in a case, without anybody's own words: two of them may look at this page."""
    return _help(
        user,
        practice,
        now,
        referrals=referrals_visible_to(user).filter(case=case)[:REFERRALS_SHOWN],
        agreed=agreed_strategies_readable_by(user).filter(case=case)[:AGREED_SHOWN],
        consequences=(),
    )


def to_revisit(user: User, today: date) -> list[Referral]:
    """Offers whose day has come, of this person's; one query."""
    return list(referrals_visible_to(user).to_revisit(user, today)[:TODAY_SHOWN])


def _help(
    user: User,
    practice: Practice,
    now: datetime,
    *,
    referrals: Iterable[Referral],
    agreed: Iterable[AgreedStrategy],
    consequences: Iterable[Consequence],
) -> dict[str, Any]:
    agreed = list(agreed)
    measured = before_and_since(agreed, now=now, zone=practice.zone)
    return {
        "today": practice.today(now),
        "referrals": list(referrals),
        "agreed": [AgreedLine(one, measured[one.pk]) for one in agreed],
        "consequences": list(consequences),
        "may_agree": user.may(May.SEE_CLINICAL_WORDS),
    }
