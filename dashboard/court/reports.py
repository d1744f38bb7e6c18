"""Reports to the court: written, approved by the client, signed by the clinician, noted as gone; then the PDF."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.audit import log_view
from accounts.roles import May
from accounts.services import get_practice
from clients import access
from clients.models import Mandate
from dashboard.court.report_forms import ReportForm, form_for
from dashboard.court.sheet import mandate_sheet
from dashboard.pages import StaffRequest, add_refusal, sentence_of, staff_page
from dashboard.sheets import render_sheet
from followups.access import get_court_report
from followups.court import what_locks
from followups.court_paper import paper_of, stamp_of
from followups.court_pdf import draw
from followups.court_reports import (
    approve_report,
    as_report,
    change_report,
    send_report,
    sign_report,
    suggested_words,
    write_report,
)
from followups.models import CourtReport
from reminders.wording_check import is_only_blaming


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def report_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A draft, with what is known filled in."""
    mandate, now = access.get_mandate(request.user, public_id), timezone.now()
    form = form_for(mandate, request.POST or None, suggested_words(mandate, now=now))

    def write(form: ReportForm) -> CourtReport:
        return write_report(
            mandate=mandate,
            words=form.words(),
            actor=request.user,
            now=now,
            keep_flagged=form.cleaned_data["keep_flagged"],
        )

    return _write(request, mandate, form, write)


@staff_page(May.SEE_CLINICAL_WORDS, methods=("GET", "POST"))
def report_words(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A draft written anew."""
    report, now = get_court_report(request.user, public_id), timezone.now()
    form = form_for(report.mandate, request.POST or None, report)

    def change(form: ReportForm) -> CourtReport:
        return change_report(
            report=report,
            words=form.words(),
            read=form.cleaned_data["read"],
            actor=request.user,
            now=now,
            keep_flagged=form.cleaned_data["keep_flagged"],
        )

    return _write(request, report.mandate, form, change)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def report_page(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The paper as it stands, and the next thing to do with it."""
    report, now, practice = get_court_report(request.user, public_id), timezone.now(), get_practice()
    log_view(user=request.user, kind="court_report", public_ids=[public_id])
    context = {
        "report": report,
        "mandate": report.mandate,
        "paper": paper_of(report, practice=practice, now=now),
        "stamp": stamp_of(report, practice=practice, now=now),
        "lock": "" if report.disclosure else what_locks(report.mandate, as_report(report), now=now),
        "may_sign": access.may_treat_case(request.user, report.mandate.case),
    }
    with timezone.override(practice.zone):
        return render(request, "court/report.html", context)


@never_cache
@staff_page(May.SEE_CLINICAL_WORDS)
def report_paper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The PDF: a draft on every page until it is noted that it goes."""
    report, now, practice = get_court_report(request.user, public_id), timezone.now(), get_practice()
    log_view(user=request.user, kind="court_report", public_ids=[public_id])
    stamp = stamp_of(report, practice=practice, now=now)
    answer = HttpResponse(
        draw(paper_of(report, practice=practice, now=now), stamp), content_type="application/pdf"
    )
    name = "draft.pdf" if stamp.is_draft else "report.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def report_approval(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The client has read it and approved the words."""
    report = get_court_report(request.user, public_id)
    approve = partial(approve_report, read=request.POST.get("read", ""))
    return _act(request, report, approve, _("Noted: they approved these words."))


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def report_signature(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The clinician signs it as it stands."""
    report = get_court_report(request.user, public_id)
    sign = partial(sign_report, read=request.POST.get("read", ""))
    return _act(request, report, sign, _("Signed. From here on it stays as it is."))


@staff_page(May.SEE_CLINICAL_WORDS, methods=("POST",))
def report_disclosure(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It goes now, taken there by a person."""
    report = get_court_report(request.user, public_id)
    return _act(
        request, report, send_report, _("Noted. The PDF with its notice is ready; Kept sends nothing.")
    )


def _write(
    request: StaffRequest, mandate: Mandate, form: ReportForm, verb: Callable[[ReportForm], CourtReport]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            report = verb(form)
        except ValidationError as error:
            add_refusal(form, error)
            if hasattr(error, "error_dict") and is_only_blaming(error):
                form.ask_to_keep()
        else:
            messages.success(request, _("Written down as a draft. Nothing goes by itself."))
            return redirect("dashboard:court-report", report.public_id)
    sheet = mandate_sheet(
        mandate,
        heading=_("A report to the court"),
        submit=_("See the paper"),
        intro=_(
            "Sessions and attempts are taken from the record. "
            "What you write here is for the court; nothing that was said for care belongs in it."
        ),
        optional=("reporting_date", "parts", "account", "barriers", "plan"),
    )
    return render_sheet(request, form, sheet)


def _act(
    request: StaffRequest, report: CourtReport, verb: Callable[..., CourtReport], done: str
) -> HttpResponse:
    try:
        verb(report=report, actor=request.user, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, sentence_of(error))
    else:
        messages.success(request, done)
    return redirect("dashboard:court-report", report.public_id)
