"""What missing costs in the demonstration: the terms, who was told of them, and what was decided on some absences."""

import random
from collections import defaultdict
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from attendance.models import MISSED_OUTCOMES, TermsTold
from clients.models import Client
from followups.fees import TermsDetails, charge, note_terms_told, waive, write_terms
from importing.demo.practice import HISTORY_WEEKS, Setting
from sessions_app.models import Participant

SEED = 20_261_118
WORDS = "A missed session is 60 dollars, one called off within a day of it 40. The first in a year is free."
WORDS_ES = "Una sesión perdida cuesta 60 dólares; una cancelada con menos de un día, 40. La primera del año es gratis."
# What happened lately is not decided yet.
DECIDED_AFTER = timedelta(days=8)
REASONS = (
    "The bus strike",
    "A sick child",
    "They had told us beforehand",
    "It would be hard for them just now",
)


def charge_and_waive(setting: Setting, *, now: datetime) -> None:
    """Terms before the first session, told to who was ever absent; of the absences some are charged and some waived."""
    draw = random.Random(SEED)  # noqa: S311 - no secret
    began = now - timedelta(weeks=HISTORY_WEEKS + 1)
    on = setting.practice.today(began)
    terms = write_terms(details=_terms(on), actor=User.objects.get(name="Ari Lindqvist"), now=began)
    dana = User.objects.get(name="Dana Reyes")
    absent = Participant.objects.filter(Q(attendance__outcome__in=MISSED_OUTCOMES) | Q(cancelled_late=True))
    by_client: dict[Client, list[Participant]] = defaultdict(list)
    for participant in absent.select_related("client").order_by("starts_at", "pk"):
        by_client[participant.client].append(participant)
    for client, theirs in by_client.items():
        note_terms_told(
            client=client, terms=terms, how=TermsTold.How.SIGNED, told_on=on, actor=dana, now=began
        )
        # The first one is free.
        for participant in theirs[1:]:
            if participant.starts_at < now - DECIDED_AFTER:
                _decide(participant, dana, draw)


def _terms(on: date) -> TermsDetails:
    return TermsDetails(
        missed_amount=Decimal(60),
        late_amount=Decimal(40),
        free_absences=1,
        words=WORDS,
        words_es=WORDS_ES,
        in_force_from=on,
    )


def _decide(participant: Participant, supervisor: User, draw: random.Random) -> None:
    """A supervisor looks at them a week later: most of what may be charged is, much is waived."""
    how, at = draw.random(), participant.starts_at + timedelta(days=7)
    if how < 0.45:
        waive(participant=participant, because=draw.choice(REASONS), actor=supervisor, now=at)
    elif how < 0.95:
        # Nobody called: then nothing is charged.
        with suppress(ValidationError):
            charge(participant=participant, actor=supervisor, now=at)
