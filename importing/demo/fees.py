"""What missing costs in the demonstration: terms that everybody was told, and what was decided on some absences."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.models import User
from attendance.models import TermsTold
from clients.models import Client
from followups.fee_rules import Absence, absences_of
from followups.fees import TermsDetails, charge, note_terms_told, waive, write_terms
from importing.demo.practice import HISTORY_WEEKS, Setting

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
    """Terms before the first session, told to everybody; of the absences some are charged and some waived."""
    draw = random.Random(SEED)  # noqa: S311 - no secret
    began = now - timedelta(weeks=HISTORY_WEEKS + 1)
    on = setting.practice.today(began)
    terms = write_terms(details=_terms(on), actor=User.objects.get(name="Ari Lindqvist"), now=began)
    dana = User.objects.get(name="Dana Reyes")
    for client in Client.objects.filter(cases__isnull=False).distinct().order_by("pk"):
        note_terms_told(
            client=client, terms=terms, how=TermsTold.How.SIGNED, told_on=on, actor=dana, now=began
        )
        for absence in absences_of(client):
            if absence.participant.starts_at < now - DECIDED_AFTER:
                _decide(absence, dana, draw)


def _terms(on: date) -> TermsDetails:
    return TermsDetails(
        missed_amount=Decimal(60),
        late_amount=Decimal(40),
        free_absences=1,
        words=WORDS,
        words_es=WORDS_ES,
        in_force_from=on,
    )


def _decide(absence: Absence, supervisor: User, draw: random.Random) -> None:
    """A supervisor looks at them a week later; what may be charged is, in one of two."""
    how, at = draw.random(), absence.participant.starts_at + timedelta(days=7)
    if how < 0.5:
        if not absence.lock:
            charge(participant=absence.participant, actor=supervisor, now=at)
    elif how < 0.8:
        waive(participant=absence.participant, because=draw.choice(REASONS), actor=supervisor, now=at)
