"""What the worker does with files that somebody asked to try or to bring in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.services import get_practice
from clients.models import Client
from importing.bringing import opened, saved_choices, take_away
from importing.models import ImportRun, RefusedRow
from importing.refusals import FileRefused, ImportReport, ImportUnderWay
from importing.services import APPOINTMENTS_FILE, CLIENTS_FILE, PracticeImport, import_tables
from importing.targets import APPOINTMENTS, CLIENTS
from importing.translating import (
    Meanings,
    People,
    TranslatedTable,
    people_of,
)
from sessions_app.models import Location, Service

# A worker that gave no sign for so long has ended; another begins anew, which changes nothing that is in.
_SILENCE = timedelta(minutes=5)
_STEPS = 50
_BROKE_OFF = gettext_noop(
    "Something went wrong on our side and it broke off. What came in stays; check the files again and it goes on."
)
_KIND_OF_FILE = {CLIENTS_FILE: CLIENTS, APPOINTMENTS_FILE: APPOINTMENTS}


def bring_in_asked(*, now: datetime) -> int:
    """Try or bring in everything that was asked for; returns how many runs."""
    done = 0
    while run := _claim(now):
        _bring(run, now)
        done += 1
    return done


def _claim(now: datetime) -> ImportRun | None:
    """One that nobody works on; a run whose worker fell silent is taken up again."""
    with transaction.atomic():
        waiting = Q(begun_at=None) | Q(progress_at__lt=now - _SILENCE)
        asked = ImportRun.objects.filter(waiting, state__in=ImportRun.WORKING).order_by("pk")
        run = asked.select_for_update(skip_locked=True).first()
        if run:
            run.begun_at = run.progress_at = now
            run.save(update_fields=["begun_at", "progress_at"])
    return run


def _bring(run: ImportRun, now: datetime) -> None:
    is_trial = run.state == ImportRun.State.CHECKING
    try:
        with opened(run.files.all()) as tables:
            translated = translated_tables(run, tables, now)
            result = import_tables(
                people=translated.get(CLIENTS),
                sessions=translated.get(APPOINTMENTS),
                actor=run.asked_by,
                now=now,
                dry_run=is_trial,
                progress=_telling(run),
            )
    except ImportUnderWay:
        # It waits for its turn: the next ring takes it up.
        ImportRun.objects.filter(pk=run.pk).update(begun_at=None)
        raise
    except FileRefused as refused:
        _end(run, {"state": ImportRun.State.MAPPING, "problem": str(refused)[:500], "result": {}}, now)
        return
    except Exception:
        _end(run, {"state": ImportRun.State.MAPPING, "problem": _BROKE_OFF, "result": {}}, now)
        raise
    _write_result(run, translated, result, now)


def _telling(run: ImportRun) -> Callable[[str, int, int], None]:
    """Notes how far it is, some fifty times for each file."""
    told: dict[str, int] = {}
    before = {CLIENTS: 0, APPOINTMENTS: sum(run.files.filter(kind=CLIENTS).values_list("rows", flat=True))}

    def tell(file: str, done: int, lines: int) -> None:
        step = done * _STEPS // max(lines, 1)
        if told.get(file) == step:
            return
        told[file] = step
        kind = _KIND_OF_FILE[file]
        ImportRun.objects.filter(pk=run.pk).update(
            kind_now=kind, rows_done=before[kind] + done, progress_at=Now()
        )

    return tell


def translated_tables(run: ImportRun, tables: dict[str, Any], now: datetime) -> dict[str, TranslatedTable]:
    """The files as the importer reads them."""
    meanings = Meanings(_names_in_our_format(), get_practice().today(now))
    people = People()
    found = {}
    for file in run.files.all():
        # What comes in is read as it was tried, whatever was said of such files since.
        is_tried = run.state == ImportRun.State.RUNNING
        said = run.tried_map(file.kind) if is_tried else saved_choices(file)
        found[file.kind] = TranslatedTable(file.kind, tables[file.kind], said, meanings, people)
    sessions = found.get(APPOINTMENTS)
    if sessions and not sessions.choices.column_of("client_id"):
        _gather(people)
        if CLIENTS in found:
            people_of(found[CLIENTS], people)
    return found


def _names_in_our_format() -> dict[str, dict[str, str]]:
    """Public ids that were chosen for words, as our own format writes them."""
    staff = {str(user.public_id): user.email for user in User.objects.all()}
    return {
        **dict.fromkeys(("clinician", "co_clinician", "case_clinician", "case_2_clinician"), staff),
        "service": {str(one.public_id): one.name for one in Service.objects.all()},
        "place": {str(one.public_id): one.name for one in Location.objects.all()},
    }


def _gather(people: People) -> None:
    """Everybody in Kept, under the name on paper and the one they use."""
    known = (
        Client.objects.filter(merged_into=None)
        .order_by()
        .values_list("external_id", "public_id", "given_name", "family_name", "name_used", "born_on")
    )
    for external_id, public_id, given, family, used, born_on in known.iterator():
        names = (f"{given} {family}", f"{used} {family}" if used else "")
        people.add(names, external_id or f"kept:{public_id}", born_on, "")


def _write_result(
    run: ImportRun, translated: dict[str, TranslatedTable], result: PracticeImport, now: datetime
) -> None:
    reports = {CLIENTS: result.clients, APPOINTMENTS: result.appointments}
    counts = {kind: _counts(reports[kind], table) for kind, table in translated.items()}
    state = ImportRun.State.CHECKED if result.is_dry_run else ImportRun.State.DONE
    refused = [
        RefusedRow(
            run=run,
            kind=kind,
            line=refusal.line,
            row_id=refusal.row_id[:64],
            reason=refusal.reason.words,
            facts=dict(refusal.reason.facts),
        )
        for kind, table in translated.items()
        for refusal in sorted(reports[kind].refusals)
    ]
    with transaction.atomic():
        run.refused_rows.all().delete()
        RefusedRow.objects.bulk_create(refused, batch_size=2_000)
        _end(run, {"state": state, "result": counts, "rows_done": F("rows_in_all")}, now)
        if not result.is_dry_run and not refused:
            take_away([run.pk], now=now)


def _counts(report: ImportReport, table: TranslatedTable) -> dict[str, Any]:
    return {
        "imported": report.imported,
        "already_there": report.already_there,
        "refused": len(report.refusals),
        "left_aside": table.left_aside,
        "of_what": dict(report.tally),
        "map": dict(table.said),
    }


def _end(run: ImportRun, changes: dict[str, Any], now: datetime) -> None:
    ImportRun.objects.filter(pk=run.pk).update(finished_at=now, **changes)
