"""Brings a practice in from clients.csv and appointments.csv."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Practice
from accounts.services import get_practice
from clients.models import Client
from importing.refusals import FileRefused, ImportReport, write_report
from importing.services import PracticeImport, import_practice

_SHOWN = 20
_BAR_WIDTH = 30


class Command(BaseCommand):
    """`python manage.py import_practice DIR [--dry-run] [--report OUT.csv]`."""

    help = "Brings in clients.csv and appointments.csv of a folder (docs/importing.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Report only; write nothing.")
        parser.add_argument("--report", type=Path, help="Write the refused rows to this CSV file.")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        bar = ProgressBar(sys.stderr)
        try:
            result = import_practice(
                folder=folder,
                actor=None,
                now=timezone.now(),
                dry_run=options["dry_run"],
                progress=bar.show,
            )
        except FileRefused as refused:
            raise CommandError(str(refused)) from refused
        except Practice.DoesNotExist as missing:
            raise CommandError("Set the practice up first, then import.") from missing
        finally:
            bar.clear()
        if options["report"]:
            write_report(options["report"], result.refusals)
        self._tell(result, options["report"])

    def _tell(self, result: PracticeImport, report: Path | None) -> None:
        if result.is_dry_run:
            self.stdout.write("A dry run: nothing was written.")
        for each in (result.clients, result.appointments):
            self.stdout.write(_counts(each, is_dry_run=result.is_dry_run))
        if report:
            self.stdout.write(f"The refused rows are in {report}.")
        else:
            self._show(result)
        if not result.is_dry_run:
            silent = Client.objects.without_consent(get_practice().today(timezone.now())).count()
            self.stdout.write(
                f"{silent} clients have not agreed to messages; Kept writes to none of them until they do."
            )

    def _show(self, result: PracticeImport) -> None:
        for refusal in result.refusals[:_SHOWN]:
            self.stdout.write(f"  {refusal.file} line {refusal.line}: {refusal.reason}")
        if len(result.refusals) > _SHOWN:
            self.stdout.write(
                f"  … and {len(result.refusals) - _SHOWN} more. See them all with --report OUT.csv."
            )


def _counts(report: ImportReport, *, is_dry_run: bool) -> str:
    verb = "would go in" if is_dry_run else "went in"
    return (
        f"{report.file}: {report.imported} rows {verb}, {report.already_there} were there already, "
        f"{len(report.refusals)} refused."
    )


class ProgressBar:
    """A bar on a terminal; nothing anywhere else."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._is_shown = stream.isatty()
        self._last = ""

    def show(self, file: str, done: int, lines: int) -> None:
        """Draw the bar anew where its percentage has changed."""
        if not self._is_shown:
            return
        percent = 100 * done // max(lines, 1)
        full = _BAR_WIDTH * percent // 100
        drawn = f"\r{file:<18}[{'#' * full}{'.' * (_BAR_WIDTH - full)}] {percent:3d} %"
        if drawn != self._last:
            self._last = drawn
            self.stream.write(drawn)
            self.stream.flush()

    def clear(self) -> None:
        """Leave the terminal's line to what is said next."""
        if self._last:
            self.stream.write("\r" + " " * len(self._last) + "\r")
            self.stream.flush()
