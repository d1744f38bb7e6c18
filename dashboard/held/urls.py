"""Addresses of a session held in part."""

from django.urls import path

from dashboard.held import views, ways

urlpatterns = [
    path("sessions/<uuid:public_id>/holding/", ways.holding, name="holding"),
    path("sessions/<uuid:public_id>/outreach/", ways.outreach, name="outreach"),
    path(
        "sessions/<uuid:public_id>/absence-cancellation/",
        ways.absence_cancellation,
        name="absence-cancellation",
    ),
    path("sessions/<uuid:public_id>/held/", views.companion, name="held"),
    path("sessions/<uuid:public_id>/reassurance/", views.reassurance, name="reassurance"),
    path("participants/<uuid:public_id>/part/", views.part, name="held-part"),
    path("participants/<uuid:public_id>/concerns/", views.concern_new, name="concern-new"),
    path("concerns/<uuid:public_id>/", views.concern, name="concern"),
]
