"""Settings: files of another system on their way in, from the upload to what came of them."""

import csv
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import May
from dashboard.arriving.forms import ColumnsForm, MeaningsForm, UploadForm
from dashboard.pages import StaffRequest, accepted, sentence_of, staff_page, status_of
from importing.access import (
    files_of,
    get_import,
    imports_visible_to,
    most_refused_for,
    names_for_words,
    without_consent,
)
from importing.access import refused_rows_of as rows_refused_in
from importing.bringing import (
    KEPT_DAYS,
    LARGEST_MEGABYTES,
    ask_for_run,
    ask_for_trial,
    columns_of,
    is_as_tried,
    opened,
    questions_of,
    receive_files,
    remove_files,
    save_columns,
    save_meanings,
    saved_choices,
)
from importing.files import Table
from importing.models import ImportFile, ImportRun
from importing.refusals import FileRefused
from importing.refused import refused_with_reasons, told
from importing.translating import shown_id

_SHOWN = 20
_REASONS = 5


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def import_list(request: StaffRequest) -> HttpResponse:
    """Choose files; what was brought before."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*sent)
    received: list[ImportRun] = []
    if request.method == "POST" and accepted(
        form,
        lambda: received.append(
            receive_files(files=form.files_by_kind(), actor=request.user, now=timezone.now())
        ),
    ):
        return redirect("dashboard:import-columns", received[0].public_id)
    context = {
        "section": "imports",
        "form": form,
        "runs": imports_visible_to(request.user)[:20],
        "most": LARGEST_MEGABYTES,
        "days": KEPT_DAYS,
    }
    return render(request, "importing/list.html", context, status=status_of(form))


@staff_page(May.MANAGE_SETTINGS)
def import_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How it stands: tried, under way, or in."""
    run = get_import(request.user, public_id)
    if run.state == ImportRun.State.MAPPING and not run.problem and not run.files_removed_at:
        return redirect("dashboard:import-columns", public_id)
    return render(request, "importing/run.html", {"section": "imports", **_standing(request, run)})


def _standing(request: StaffRequest, run: ImportRun) -> dict[str, Any]:
    if run.is_working:
        return {"run": run, "percent": min(100, 100 * run.rows_done // max(run.rows_in_all, 1))}
    refused = rows_refused_in(run)
    return {
        "run": run,
        "reports": [(file, run.result.get(file.kind)) for file in files_of(run)],
        "comes_in": sum(counts["imported"] for counts in run.result.values()),
        "refused_in_all": refused.count(),
        "refused": [(row, shown_id(row.row_id), told(run, row)) for row in refused[:_SHOWN]],
        "is_as_tried": is_as_tried(run),
        "reasons": most_refused_for(run, _REASONS),
        "without_consent": without_consent(request.user, timezone.now())
        if run.state == ImportRun.State.DONE
        else 0,
    }


@staff_page(May.MANAGE_SETTINGS)
def progress(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The part of the page that waits; it leads on by itself once the files are read."""
    run = get_import(request.user, public_id)
    answer = render(
        request, "importing/_progress.html", _standing(request, run) if run.is_working else {"run": run}
    )
    if not run.is_working:
        answer["HX-Refresh"] = "true"
    return answer


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def column_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What each column holds, by our guess or as it was said last time."""
    run = get_import(request.user, public_id)
    files = files_of(run)
    posted = request.POST if request.method == "POST" else None
    try:
        with opened(files) as tables:
            forms = [
                (file, ColumnsForm(posted, kind=file.kind, columns=columns_of(file, tables[file.kind])))
                for file in files
            ]
    except FileRefused as refused:
        return _gone(request, refused)
    # Each is asked, so that one look shows everything that is missing.
    saved = [_columns_saved(request, file, form) for file, form in forms]
    if all(saved):
        return redirect("dashboard:import-meanings", public_id)
    context = {
        "section": "imports",
        "run": run,
        "forms": [form for _file, form in forms],
        "is_known": all(saved_choices(file).get("columns") for file in files),
    }
    return render(request, "importing/columns.html", context, status=_worst(form for _file, form in forms))


def _columns_saved(request: StaffRequest, file: ImportFile, form: ColumnsForm) -> bool:
    return accepted(
        form,
        lambda: save_columns(file=file, holds=form.holds(), actor=request.user, now=timezone.now()),
    )


def _worst(forms: Iterator[Any]) -> int:
    return max(status_of(form) for form in forms)


def _gone(request: StaffRequest, refused: FileRefused) -> HttpResponse:
    messages.warning(request, str(refused))
    return redirect("dashboard:imports")


@staff_page(May.MANAGE_SETTINGS, methods=("GET", "POST"))
def meaning_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How days are written and what words mean; then the files are tried."""
    run = get_import(request.user, public_id)
    files = files_of(run)
    if not all(saved_choices(file).get("columns") for file in files):
        return redirect("dashboard:import-columns", public_id)
    posted = request.POST if request.method == "POST" else None
    names = names_for_words(request.user)
    try:
        with opened(files) as tables:
            forms = [(file, _meanings_asked(posted, file, tables[file.kind], names)) for file in files]
    except FileRefused as refused:
        return _gone(request, refused)
    saved = [_meanings_saved(request, file, form) for file, form in forms]
    if all(saved):
        return _asked(request, run, is_trial=True)
    context = {"section": "imports", "run": run, "forms": [form for _file, form in forms]}
    return render(request, "importing/meanings.html", context, status=_worst(form for _file, form in forms))


def _meanings_asked(
    posted: QueryDict | None, file: ImportFile, table: Table, names: Mapping[str, Mapping[str, str]]
) -> MeaningsForm:
    questions = questions_of(file, table, names)
    return MeaningsForm(posted, kind=file.kind, questions=questions, names=names, said=saved_choices(file))


def _meanings_saved(request: StaffRequest, file: ImportFile, form: MeaningsForm) -> bool:
    return accepted(
        form,
        lambda: save_meanings(
            file=file,
            order=form.cleaned_data.get("order", ""),
            clock=form.cleaned_data.get("clock", ""),
            words=form.words(),
            actor=request.user,
            now=timezone.now(),
        ),
    )


def _asked(request: StaffRequest, run: ImportRun, *, is_trial: bool) -> HttpResponse:
    try:
        (ask_for_trial if is_trial else ask_for_run)(run=run, actor=request.user)
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    return redirect("dashboard:import", run.public_id)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def trial(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Try the files as they now stand; nothing is written."""
    return _asked(request, get_import(request.user, public_id), is_trial=True)


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def run(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Bring them in."""
    return _asked(request, get_import(request.user, public_id), is_trial=False)


@staff_page(May.MANAGE_SETTINGS)
def refused_rows(request: StaffRequest, public_id: UUID, kind: str) -> HttpResponseBase:
    """The refused rows as a file to mend: the same columns, with the line and the reason before them."""
    found = get_import(request.user, public_id)
    try:
        rows = refused_with_reasons(found, kind)
    except FileRefused as refused:
        return _gone(request, refused)
    writer = csv.writer(_Echo())
    # Spreadsheets take a file that does not begin so for another alphabet.
    lines = chain(["\ufeff"], (writer.writerow(row) for row in rows))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="refused-{kind}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


class _Echo:
    """Hands each line on as it is written."""

    def write(self, line: str) -> str:
        return line


@staff_page(May.MANAGE_SETTINGS, methods=("POST",))
def removal(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the files away now."""
    try:
        remove_files(run=get_import(request.user, public_id), actor=request.user, now=timezone.now())
        messages.success(request, _("The files are removed. What came in stays, and so does your map."))
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    return redirect("dashboard:imports")
