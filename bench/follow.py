"""A follow-up pass over everybody who was missed: from nothing, when nothing has changed, and with no news."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import Practice
from bench.meter import measured, own
from bench.report import figure
from bench.world import World
from followups.models import FollowUpCause, News
from followups.patterns import patterns_of_repeated
from followups.reconcile import reconcile

# All of them became known yesterday: as after an import, everything is new.
_KNOWN = "UPDATE attendance_attendancerecord SET recorded_at = %(known)s WHERE outcome = 'no_show'"


def run(_at: World) -> None:
    """Wall seconds of each pass, with the CPU of this process; the database's share is the rest."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"known": now - timedelta(days=1)})
        missed = cursor.rowcount
    Practice.objects.update(live_from=now.date() - timedelta(days=365))
    News.objects.all().delete()
    for name, full in (("from nothing", True), ("nothing changed", True), ("no news", False)):
        with measured(app=own) as spent:
            mended = reconcile(now=now, full=full)
        figure(
            f"follow, {name}",
            value=round(spent.wall, 2),
            unit="s",
            app=round(spent.cpu["app"], 2),
            missed=missed,
            opened=mended.opened,
            causes=FollowUpCause.objects.count(),
            patterns=patterns_of_repeated().count(),
        )
