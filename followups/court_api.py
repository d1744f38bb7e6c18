"""Addresses of the API for court orders, what permits a word to the court, and reports; nothing goes by itself."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import log_view
from accounts.models import User
from accounts.permissions import staff
from accounts.resources import ClinicalResource, shape
from accounts.roles import May
from accounts.services import get_practice
from clients.access import (
    get_case,
    get_disclosure_basis,
    get_mandate,
    get_reporting_date,
    require_clinical,
    require_treating,
)
from clients.disclosing import BasisDetails, end_basis, record_basis
from clients.mandates import (
    MandateDetails,
    add_reporting_date,
    change_mandate,
    end_mandate,
    record_mandate,
    reopen_reporting_date,
    settle_reporting_date,
    take_up_mandate,
)
from followups.access import disclosures_of, exceptions_of, get_court_report, reports_of
from followups.court import Report, disclose, grant_exception, locks_on
from followups.court_paper import paper_of, stamp_of
from followups.court_pdf import draw
from followups.court_reports import (
    ReportWords,
    approve_report,
    change_report,
    send_report,
    sign_report,
    write_report,
)
from followups.court_serializers import (
    BasisShape,
    ChangedReportShape,
    CourtReportSerializer,
    DisclosureShape,
    DueShape,
    EndingShape,
    MandateShape,
    NewMandateShape,
    OrderSerializer,
    ReadShape,
    ReportShape,
    SettlingShape,
)
from followups.models import CourtReport

CREATED = status.HTTP_201_CREATED


def _order(person: User, public_id: UUID, *, code: int = status.HTTP_200_OK) -> Response:
    mandate, now = get_mandate(person, public_id), timezone.now()
    shown = {
        "mandate": mandate,
        "locks": [{"kind": kind, "lock": lock} for kind, lock in locks_on(mandate, now=now).items()],
        "exceptions": exceptions_of(mandate),
        "reports": reports_of(mandate),
        "disclosures": disclosures_of(mandate),
    }
    return Response(OrderSerializer(shown).data, status=code)


def _report(person: User, public_id: UUID, *, code: int = status.HTTP_200_OK) -> Response:
    return Response(CourtReportSerializer(get_court_report(person, public_id)).data, status=code)


class Mandates(ClinicalResource):
    """Orders of one case."""

    @extend_schema(
        operation_id="mandates_record",
        summary="A court has ordered treatment",
        request=NewMandateShape,
        responses={201: OrderSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        case = get_case(person, public_id, write=True)
        require_clinical(person, case)
        sent = shape(NewMandateShape, request)
        client, due_on = sent.pop("client"), tuple(sent.pop("due_on"))
        mandate = record_mandate(
            case=case, client=client, details=MandateDetails(**sent), due_on=due_on, actor=person
        )
        return _order(person, mandate.public_id, code=CREATED)


class OneMandate(ClinicalResource):
    """One order."""

    @extend_schema(operation_id="mandates_read", summary="A court's order", responses=OrderSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        answer = _order(staff(request), public_id)
        log_view(user=staff(request), kind="mandate", public_ids=[public_id])
        return answer

    @extend_schema(
        operation_id="mandates_change",
        summary="What the order says now",
        request=MandateShape,
        responses=OrderSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        mandate = get_mandate(staff(request), public_id)
        details = MandateDetails(**shape(MandateShape, request))
        change_mandate(mandate=mandate, details=details, actor=staff(request))
        return _order(staff(request), public_id)


class MandateEnding(ClinicalResource):
    """The order is over, or stands after all."""

    @extend_schema(
        operation_id="mandates_end", summary="The order is over", request=None, responses=OrderSerializer
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        mandate = get_mandate(staff(request), public_id)
        end_mandate(mandate=mandate, on=get_practice().today(timezone.now()), actor=staff(request))
        return _order(staff(request), public_id)

    @extend_schema(
        operation_id="mandates_take_up",
        summary="It stands after all",
        request=None,
        responses=OrderSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        take_up_mandate(mandate=get_mandate(staff(request), public_id), actor=staff(request))
        return _order(staff(request), public_id)


class ReportingDates(ClinicalResource):
    """Days on which the court expects a report."""

    @extend_schema(
        operation_id="reporting_dates_add",
        summary="The court expects a report by this day",
        request=DueShape,
        responses={201: OrderSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        mandate, due_on = get_mandate(staff(request), public_id), shape(DueShape, request)["due_on"]
        add_reporting_date(mandate=mandate, due_on=due_on, actor=staff(request))
        return _order(staff(request), public_id, code=CREATED)


class ReportingDateSettlement(ClinicalResource):
    """Nothing is owed for this day any more, or it is still expected."""

    @extend_schema(
        operation_id="reporting_dates_settle",
        summary="It is settled, saying how",
        request=SettlingShape,
        responses=OrderSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        day = get_reporting_date(staff(request), public_id)
        because = shape(SettlingShape, request)["because"]
        settle_reporting_date(reporting_date=day, because=because, actor=staff(request), now=timezone.now())
        return _order(staff(request), day.mandate.public_id)

    @extend_schema(
        operation_id="reporting_dates_reopen",
        summary="The court still expects it",
        request=None,
        responses=OrderSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        day = get_reporting_date(staff(request), public_id)
        reopen_reporting_date(reporting_date=day, actor=staff(request))
        return _order(staff(request), day.mandate.public_id)


class ReportExceptions(ClinicalResource):
    """A supervisor answers for a notice that cannot wait."""

    writes: ClassVar[tuple[May, ...]] = (May.SEE_SUPERVISED,)

    @extend_schema(
        operation_id="report_exceptions_grant",
        summary="A supervisor answers for it, for this day alone",
        description="It stands in for no consent.",
        request=SettlingShape,
        responses={201: OrderSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        day = get_reporting_date(staff(request), public_id)
        because = shape(SettlingShape, request)["because"]
        grant_exception(reporting_date=day, because=because, actor=staff(request), now=timezone.now())
        return _order(staff(request), day.mandate.public_id, code=CREATED)


class Bases(ClinicalResource):
    """Consents on file, and sufficient orders."""

    @extend_schema(
        operation_id="disclosure_bases_record",
        summary="Put a consent or a sufficient order on file",
        description="Refused (422) where it lacks what such a paper has to say.",
        request=BasisShape,
        responses={201: OrderSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        mandate, sent = get_mandate(staff(request), public_id), shape(BasisShape, request)
        details = BasisDetails(**(sent | {"covers": tuple(sent["covers"])}))
        record_basis(mandate=mandate, details=details, actor=staff(request), now=timezone.now())
        return _order(staff(request), public_id, code=CREATED)


class BasisEnding(ClinicalResource):
    """A consent or an order comes to its end, at once and for everybody."""

    @extend_schema(
        operation_id="disclosure_bases_end",
        summary="Revoked, come to its event, or set aside",
        request=EndingShape,
        responses=OrderSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        basis = get_disclosure_basis(staff(request), public_id)
        how, today = shape(EndingShape, request)["ended_how"], get_practice().today(timezone.now())
        end_basis(basis=basis, how=how, on=today, actor=staff(request))
        return _order(staff(request), basis.mandate.public_id)


class Disclosures(ClinicalResource):
    """What goes another way than as a report."""

    @extend_schema(
        operation_id="disclosures_note",
        summary="Note that something goes to the court",
        description="Nothing is sent. Refused (422) with the sentence on the lock, whoever asks.",
        request=DisclosureShape,
        responses={201: OrderSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        mandate, sent = get_mandate(staff(request), public_id), shape(DisclosureShape, request)
        report = Report(**(sent | {"parts": tuple(sent["parts"])}))
        disclose(mandate=mandate, report=report, actor=staff(request), now=timezone.now())
        return _order(staff(request), public_id, code=CREATED)


class CourtReports(ClinicalResource):
    """Reports on one order."""

    @extend_schema(
        operation_id="court_reports_write",
        summary="Write a draft",
        request=ReportShape,
        responses={201: CourtReportSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        mandate = get_mandate(staff(request), public_id)
        report = write_report(mandate=mandate, actor=staff(request), now=timezone.now(), **_words(request))
        return _report(staff(request), report.public_id, code=CREATED)


class OneCourtReport(ClinicalResource):
    """One report."""

    @extend_schema(operation_id="court_reports_read", summary="A report", responses=CourtReportSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        answer = _report(staff(request), public_id)
        log_view(user=staff(request), kind="court_report", public_ids=[public_id])
        return answer

    @extend_schema(
        operation_id="court_reports_change",
        summary="Write a draft anew",
        description="What the client approved before has to be approved again. A signed one stays (422).",
        request=ChangedReportShape,
        responses=CourtReportSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        report = get_court_report(staff(request), public_id)
        words = _words(request, ChangedReportShape)
        change_report(report=report, actor=staff(request), now=timezone.now(), **words)
        return _report(staff(request), public_id)


class CourtReportApproval(ClinicalResource):
    """The client approved the words."""

    @extend_schema(
        operation_id="court_reports_approve",
        summary="The client has read it and approved the words",
        description="The words that were read; 409 where they have changed since.",
        request=ReadShape,
        responses=CourtReportSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        return _of_words_read(request, public_id, approve_report)


class CourtReportSignature(ClinicalResource):
    """The clinician signs."""

    @extend_schema(
        operation_id="court_reports_sign",
        summary="Sign it as it stands",
        description="For the case's own clinicians. From here on nobody changes it. 409 for words that have changed.",
        request=ReadShape,
        responses=CourtReportSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        require_treating(staff(request), get_court_report(staff(request), public_id).mandate.case)
        return _of_words_read(request, public_id, sign_report)


class CourtReportDisclosure(ClinicalResource):
    """It goes, taken there by a person."""

    @extend_schema(
        operation_id="court_reports_send",
        summary="Note that it goes",
        description="Nothing is sent. Refused (422) with the sentence on the lock, whoever asks.",
        request=None,
        responses=CourtReportSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        return _act(request, public_id, send_report)


class CourtReportPaper(ClinicalResource):
    """The PDF."""

    @extend_schema(
        operation_id="court_reports_paper",
        summary="The PDF; a draft until it is noted that it goes",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        report, now, practice = get_court_report(staff(request), public_id), timezone.now(), get_practice()
        log_view(user=staff(request), kind="court_report", public_ids=[public_id])
        drawn = draw(
            paper_of(report, practice=practice, now=now), stamp_of(report, practice=practice, now=now)
        )
        return HttpResponse(drawn, content_type="application/pdf")


def _words(request: Request, of: type[ReportShape] = ReportShape) -> dict[str, Any]:
    sent = shape(of, request)
    keep, read = sent.pop("keep_flagged"), sent.pop("imprint", None)
    words = ReportWords(**(sent | {"parts": tuple(sent["parts"])}))
    return {"words": words, "keep_flagged": keep} | ({"read": read} if read is not None else {})


def _of_words_read(request: Request, public_id: UUID, verb: Callable[..., CourtReport]) -> Response:
    report = get_court_report(staff(request), public_id)  # first: whose it is not learns nothing of its shape
    read = shape(ReadShape, request)["imprint"]
    verb(report=report, read=read, actor=staff(request), now=timezone.now())
    return _report(staff(request), public_id)


def _act(request: Request, public_id: UUID, verb: Callable[..., CourtReport]) -> Response:
    report = get_court_report(staff(request), public_id)
    verb(report=report, actor=staff(request), now=timezone.now())
    return _report(staff(request), public_id)


MANDATE = "mandates/<uuid:public_id>/"
DAY = "reporting-dates/<uuid:public_id>/"
REPORT = "court-reports/<uuid:public_id>/"
urlpatterns: list[Any] = [
    path("cases/<uuid:public_id>/mandates/", Mandates.as_view(), name="mandates"),
    path(MANDATE, OneMandate.as_view(), name="mandate"),
    path(f"{MANDATE}ending/", MandateEnding.as_view(), name="mandate-ending"),
    path(f"{MANDATE}reporting-dates/", ReportingDates.as_view(), name="reporting-dates"),
    path(f"{MANDATE}disclosure-bases/", Bases.as_view(), name="disclosure-bases"),
    path(f"{MANDATE}disclosures/", Disclosures.as_view(), name="disclosures"),
    path(f"{MANDATE}reports/", CourtReports.as_view(), name="court-reports"),
    path(f"{DAY}settlement/", ReportingDateSettlement.as_view(), name="reporting-date-settlement"),
    path(f"{DAY}exceptions/", ReportExceptions.as_view(), name="report-exceptions"),
    path("disclosure-bases/<uuid:public_id>/ending/", BasisEnding.as_view(), name="disclosure-basis-ending"),
    path(REPORT, OneCourtReport.as_view(), name="court-report"),
    path(f"{REPORT}approval/", CourtReportApproval.as_view(), name="court-report-approval"),
    path(f"{REPORT}signature/", CourtReportSignature.as_view(), name="court-report-signature"),
    path(f"{REPORT}disclosure/", CourtReportDisclosure.as_view(), name="court-report-disclosure"),
    path(f"{REPORT}paper/", CourtReportPaper.as_view(), name="court-report-paper"),
]
