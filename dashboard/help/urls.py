"""Addresses of help: offers, agreements, and what got in the way of an absence."""

from django.urls import path

from dashboard.help import absences, agreeing, follow_ups, referrals

urlpatterns = [
    path("help/", referrals.referral_list, name="referrals"),
    path("help/referrals/<uuid:public_id>/", referrals.referral, name="referral"),
    path("help/agreements/<uuid:public_id>/", agreeing.agreement, name="agreement"),
    path(
        "help/agreements/<uuid:public_id>/taking-up/",
        agreeing.agreement_taking_up,
        name="agreement-taking-up",
    ),
    path("clients/<uuid:public_id>/referrals/new/", referrals.referral_new, name="referral-new"),
    path("clients/<uuid:public_id>/agreements/new/", agreeing.agreement_new, name="agreement-new"),
    path("clients/<uuid:public_id>/consequences/new/", agreeing.consequences_new, name="consequences-new"),
    path("in-the-way/<uuid:public_id>/", absences.absence, name="in-the-way"),
    path("in-the-way/<uuid:public_id>/offers/", absences.absence_offers, name="in-the-way-offers"),
    path("follow-ups/<uuid:public_id>/help/", follow_ups.what_helps, name="follow-up-help"),
    path("follow-ups/<uuid:public_id>/offers/", follow_ups.offers, name="follow-up-offers"),
]
