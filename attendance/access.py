"""The wall before what got in the way: named by anybody who records, read by their clinicians (row 1.7)."""

from django.db.models import QuerySet

from accounts.models import User
from attendance.models import BarrierNamed
from sessions_app.models import TherapySession


def barriers_readable_by(user: User) -> QuerySet[BarrierNamed]:
    """The barriers that this person may read back: of their caseload, or their team's; none for the desk."""
    sessions = TherapySession.objects.clinical_for(user).order_by().values("pk")
    return BarrierNamed.objects.filter(participant__session__in=sessions)
