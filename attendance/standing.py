"""Two people at one row: the second hears that it changed, and nothing is overwritten unseen."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from attendance.models import AttendanceRecord
from sessions_app.models import Participant
from sessions_app.services.locking import lock_participant


def standing_of(*, outcome: str, arrived: bool, cancelled: bool) -> str:
    """How somebody stands in one word, whatever the clock says."""
    if cancelled:
        return "cancelled"
    return outcome or ("arrived" if arrived else "open")


@contextmanager
def still_standing(participant: Participant, *, seen: str) -> Iterator[None]:
    """One transaction in which the participant stands as the page showed when it was acted on.

    Empty `seen` asks nothing. Raises ValidationError with code "stale" when a colleague was quicker.
    """
    with transaction.atomic():
        locked = lock_participant(participant)
        record = AttendanceRecord.objects.filter(participant=locked).only("outcome").first()
        stands = standing_of(
            outcome=record.outcome if record else "",
            arrived=locked.arrived_at is not None,
            cancelled=locked.is_cancelled,
        )
        if seen and seen != stands:
            raise ValidationError(_("A colleague was quicker. Look again, then decide."), code="stale")
        yield
