"""What a practice takes for "missed several times": rules that stand beside a protocol and open it."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from followups.models.protocols import Protocol


class PatternKind(models.TextChoices):
    """How misses are counted."""

    IN_DAYS = "in_days", _("So many within a number of days")
    RUNNING = "running", _("So many one after the other")
    SHARE = "share", _("A share of the last sessions")


class Counted(models.TextChoices):
    """Which misses a pattern counts; with and without notice are two things (row 3.1)."""

    WITHOUT_NOTICE = "without_notice", _("Missed without notice")
    WITH_NOTICE = "with_notice", _("Cancelled late")
    BOTH = "both", _("Both, missed or cancelled late")


_WORDS = {
    Counted.WITHOUT_NOTICE: _("missed without notice"),
    Counted.WITH_NOTICE: _("cancelled late"),
    Counted.BOTH: _("missed or cancelled late"),
}


@pghistory.track()
class MissPattern(models.Model):
    """One way in which a client's misses make a pattern; any of them opens its protocol."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    protocol = models.ForeignKey(Protocol, on_delete=models.CASCADE, related_name="patterns")
    kind = models.CharField(max_length=7, choices=PatternKind)
    counted = models.CharField(max_length=14, choices=Counted, default=Counted.WITHOUT_NOTICE)
    times = models.PositiveSmallIntegerField(help_text="How many it takes; of a share the least count.")
    days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The window, in days.")
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    of_last = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of how many sessions the share is taken."
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(times__gte=1, times__lte=50), name="pattern_counts_something"),
            models.CheckConstraint(
                condition=Q(kind="in_days", days__gte=1, days__lte=365, percent=None, of_last=None)
                | Q(kind="running", days=None, percent=None, of_last=None)
                | Q(
                    kind="share", days=None, percent__gte=1, percent__lte=100, of_last__gte=2, of_last__lte=50
                ),
                name="pattern_has_what_its_kind_needs",
            ),
            models.UniqueConstraint(
                fields=["protocol", "kind", "counted", "times", "days", "percent", "of_last"],
                name="miss_pattern_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """As one says it: "2 missed without notice within 30 days"."""
        facts = {
            "times": self.times,
            "what": _WORDS[Counted(self.counted)],
            "days": self.days,
            "percent": self.percent,
            "last": self.of_last,
        }
        if self.kind == PatternKind.IN_DAYS:
            return gettext("%(times)s %(what)s within %(days)s days") % facts
        if self.kind == PatternKind.RUNNING:
            return gettext("%(times)s one after the other %(what)s") % facts
        return gettext("%(percent)s %% of the last %(last)s %(what)s, and at least %(times)s") % facts
