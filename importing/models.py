"""Files that somebody brings, what they said of them, and what became of each."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from importing.refusals import Reason
from importing.targets import APPOINTMENTS, CLIENTS


class FileKind(models.TextChoices):
    """What a file holds."""

    CLIENTS = CLIENTS, _("Clients")
    APPOINTMENTS = APPOINTMENTS, _("Appointments")


class SavedMap(models.Model):
    """What was said of a file, for the next one with the same columns."""

    kind = models.CharField(max_length=12, choices=FileKind)
    header_key = models.CharField(max_length=64, help_text="SHA-256 of the column names, in hex.")
    choices = models.JSONField(default=dict, help_text="Columns, order of dates, clock, meanings of words.")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "header_key"], name="one_saved_map_for_a_header"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.header_key[:8]}"


class ImportRun(models.Model):
    """One or two files on their way in."""

    class State(models.TextChoices):
        MAPPING = "mapping", _("Being looked through")
        CHECKING = "checking", _("Being tried")
        CHECKED = "checked", _("Tried")
        RUNNING = "running", _("Coming in")
        DONE = "done", _("In")

    WORKING = (State.CHECKING, State.RUNNING)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=State, default=State.MAPPING)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True)
    progress_at = models.DateTimeField(null=True, blank=True, help_text="When the worker last gave a sign.")
    kind_now = models.CharField(max_length=12, blank=True, choices=FileKind)
    rows_done = models.PositiveIntegerField(default=0)
    rows_in_all = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True, help_text="Why nothing of it could be read.")
    result = models.JSONField(
        default=dict, help_text="By kind of file, of the last run: counts, and the map it was read with."
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    files_removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(
                fields=["id"], name="import_run_asked_for", condition=Q(state__in=["checking", "running"])
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_working(self) -> bool:
        return self.state in self.WORKING

    def tried_map(self, kind: str) -> dict[str, Any]:
        """What was said of the file when it was last tried or brought in."""
        found: dict[str, Any] = self.result.get(kind, {}).get("map", {})
        return found


class ImportFile(models.Model):
    """A file as it was sent, sealed; it goes when it has served, and in any case after some days."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=12, choices=FileKind)
    rows = models.PositiveIntegerField()
    header = models.JSONField(default=list, help_text="The column names as they are written.")
    header_key = models.CharField(max_length=64)
    sealed = models.BinaryField(null=True, help_text="Compressed and encrypted; None once it is removed.")

    class Meta:
        ordering = ("-kind",)  # clients before their appointments
        constraints = (models.UniqueConstraint(fields=["run", "kind"], name="one_file_of_a_kind_in_a_run"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.run_id}"


class RefusedRow(models.Model):
    """A row that stays out; goes with its file."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="refused_rows")
    kind = models.CharField(max_length=12, choices=FileKind)
    line = models.PositiveIntegerField()
    row_id = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500, help_text="As the catalogue has it, with `facts` to fill in.")
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ("-kind", "line", "pk")
        indexes = (models.Index(fields=["run", "kind", "line"], name="refused_rows_in_order"),)

    def __str__(self) -> str:
        return f"line {self.line} of {self.run_id}"

    @property
    def sentence(self) -> str:
        """Why, in the reader's language."""
        return str(Reason.of(self.reason, **self.facts))
