"""Addresses of check-ins between sessions."""

from django.urls import path

from dashboard.check_ins import views

urlpatterns = [
    path("members/<uuid:public_id>/check-ins/", views.check_ins, name="check-ins"),
    path("check-ins/<uuid:public_id>/pausing/", views.pausing, name="check-ins-pausing"),
    path("check-ins/<uuid:public_id>/ending/", views.ending, name="check-ins-ending"),
    path("check-ins/<uuid:public_id>/stress-periods/new/", views.stress_new, name="stress-new"),
    path("check-ins/<uuid:public_id>/calls/", views.call, name="check-in-call"),
    path("stress-periods/<uuid:public_id>/ending/", views.stress_ending, name="stress-ending"),
]
