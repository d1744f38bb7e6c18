"""Addresses of people, their cases and how they are reached."""

from django.urls import path

from dashboard.clients import (
    cases,
    confidentiality,
    contacts,
    contingency,
    ending,
    guardians,
    record_requests,
    screening,
    standing,
    views,
)

urlpatterns = [
    path("", views.client_list, name="clients"),
    path("new/", views.client_new, name="client-new"),
    path("<uuid:public_id>/", views.client_page, name="client"),
    path("<uuid:public_id>/details/", views.client_details, name="client-details"),
    path("<uuid:public_id>/contact-points/new/", contacts.contact_new, name="contact-new"),
    path("<uuid:public_id>/ways/", contacts.ways, name="ways"),
    path("contact-points/<uuid:public_id>/", contacts.contact, name="contact"),
    path("contact-points/<uuid:public_id>/ending/", contacts.contact_ending, name="contact-ending"),
    path("contact-points/<uuid:public_id>/consents/", contacts.consents, name="consents"),
    path("<uuid:public_id>/safe-contact/", contacts.safe_contact, name="safe-contact"),
    path("<uuid:public_id>/safety/", screening.safety, name="safety"),
    path("<uuid:public_id>/guardians/new/", guardians.guardian_new, name="guardian-new"),
    path("guardianships/<uuid:public_id>/ending/", guardians.guardianship_ending, name="guardianship-ending"),
    path("<uuid:public_id>/away/", standing.away, name="away"),
    path("<uuid:public_id>/coming-back/", standing.coming_back, name="coming-back"),
    path("<uuid:public_id>/more-reminders/", standing.more_reminders, name="more-reminders"),
    path("<uuid:public_id>/leaving/", standing.leaving, name="leaving"),
    path("<uuid:public_id>/death/", standing.death, name="death"),
    path("<uuid:public_id>/returning/", standing.returning, name="returning"),
    path("<uuid:public_id>/cases/new/", cases.case_new, name="case-new"),
    path("cases/<uuid:public_id>/", cases.case_page, name="case"),
    path("cases/<uuid:public_id>/presenting-issues/", cases.presenting_issues, name="presenting-issues"),
    path("cases/<uuid:public_id>/confidentiality/", confidentiality.confidentiality, name="confidentiality"),
    path(
        "cases/<uuid:public_id>/record-requests/new/",
        record_requests.record_request_new,
        name="record-request-new",
    ),
    path("record-requests/<uuid:public_id>/", record_requests.record_request, name="record-request"),
    path("cases/<uuid:public_id>/closing/", ending.closing, name="case-closing"),
    path("cases/<uuid:public_id>/reopening/", ending.reopening, name="case-reopening"),
    path("cases/<uuid:public_id>/members/new/", cases.member_new, name="member-new"),
    path("members/<uuid:public_id>/plan/", contingency.plan, name="plan"),
    path("members/<uuid:public_id>/plan/ending/", contingency.plan_ending, name="plan-ending"),
    path(
        "away-supports/<uuid:public_id>/settling/",
        contingency.away_support_settling,
        name="away-support-settling",
    ),
    path("members/<uuid:public_id>/ending/", cases.membership_ending, name="membership-ending"),
]
