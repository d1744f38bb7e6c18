"""Addresses of follow-ups: the queue, one of them, and what can be done with it."""

from django.urls import path

from dashboard.follow_ups import acting, away, rows, views

urlpatterns = [
    path("", views.follow_up_list, name="follow-ups"),
    path("changes/", views.follow_up_changes, name="follow-up-changes"),
    path("away/", away.own_absence, name="own-absence"),
    path("away/return/", away.own_return, name="own-return"),
    path("<uuid:public_id>/", views.follow_up_page, name="follow-up"),
    path("<uuid:public_id>/attempts/", acting.attempt, name="follow-up-attempts"),
    path("<uuid:public_id>/row/call/", rows.call, name="follow-up-row-call"),
    path("<uuid:public_id>/row/call/undo/", rows.call_undo, name="follow-up-row-call-undo"),
    path("<uuid:public_id>/row/due/", rows.later, name="follow-up-row-due"),
    path("<uuid:public_id>/row/owner/", rows.owner, name="follow-up-row-owner"),
    path("<uuid:public_id>/text/", acting.text, name="follow-up-text"),
    path("<uuid:public_id>/due/", acting.later, name="follow-up-due"),
    path("<uuid:public_id>/owner/", acting.owner, name="follow-up-owner"),
    path("<uuid:public_id>/step/", acting.step_done, name="follow-up-step"),
    path("<uuid:public_id>/step/leaving-out/", acting.step_left_out, name="follow-up-leaving-out"),
    path("<uuid:public_id>/closing/", acting.closing, name="follow-up-closing"),
    path("<uuid:public_id>/reopening/", acting.reopening, name="follow-up-reopening"),
]
