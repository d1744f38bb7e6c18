"""Addresses of court orders."""

from django.urls import path

from dashboard.court import bases, mandates, reports, telling

urlpatterns = [
    path("orders/new/<uuid:public_id>/", mandates.mandate_new, name="mandate-new"),
    path("orders/<uuid:public_id>/", mandates.mandate_page, name="mandate"),
    path("orders/<uuid:public_id>/details/", mandates.mandate_details, name="mandate-details"),
    path("orders/<uuid:public_id>/ending/", mandates.mandate_ending, name="mandate-ending"),
    path("orders/<uuid:public_id>/taking-up/", mandates.mandate_taking_up, name="mandate-taking-up"),
    path("orders/<uuid:public_id>/dates/", mandates.reporting_dates, name="reporting-dates"),
    path("dates/<uuid:public_id>/settling/", mandates.settling, name="reporting-date-settling"),
    path("dates/<uuid:public_id>/reopening/", mandates.unsettling, name="reporting-date-reopening"),
    path("orders/<uuid:public_id>/consents/new/", bases.consent_new, name="disclosure-consent-new"),
    path("orders/<uuid:public_id>/sufficient-orders/new/", bases.order_new, name="disclosure-order-new"),
    path("bases/<uuid:public_id>/ending/", bases.basis_ending, name="disclosure-basis-ending"),
    path("orders/<uuid:public_id>/disclosures/new/", telling.disclosure_new, name="disclosure-new"),
    path("dates/<uuid:public_id>/exceptions/new/", telling.exception_new, name="report-exception-new"),
    path("orders/<uuid:public_id>/reports/new/", reports.report_new, name="court-report-new"),
    path("reports/<uuid:public_id>/", reports.report_page, name="court-report"),
    path("reports/<uuid:public_id>/words/", reports.report_words, name="court-report-words"),
    path("reports/<uuid:public_id>/paper/", reports.report_paper, name="court-report-paper"),
    path("reports/<uuid:public_id>/approval/", reports.report_approval, name="court-report-approval"),
    path("reports/<uuid:public_id>/signature/", reports.report_signature, name="court-report-signature"),
    path("reports/<uuid:public_id>/disclosure/", reports.report_disclosure, name="court-report-disclosure"),
]
