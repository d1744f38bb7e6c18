"""Whether somebody has stopped coming: by the practice's patterns, and under a court's order by any miss."""

from attendance.models import ATTENDED_OUTCOMES, MISSED_OUTCOMES, AttendanceRecord
from clients.models import Case, Client
from followups.patterns import pattern_now


def stays_away(client: Client, case: Case, *, is_mandated: bool) -> bool:
    """They stand in a pattern; or a court has ordered it and they have not come since they missed."""
    if is_mandated:
        last = AttendanceRecord.objects.filter(
            client=client,
            participant__session__case=case,
            outcome__in=(*ATTENDED_OUTCOMES, *MISSED_OUTCOMES),
        ).order_by("-starts_at")
        if last.values_list("outcome", flat=True).first() in MISSED_OUTCOMES:
            return True
    return pattern_now(client, case) is not None
