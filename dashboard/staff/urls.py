"""Addresses of this area."""

from django.urls import path

from dashboard.staff import density, language, signed_in, views

urlpatterns = [
    path("", views.team_list, name="staff"),
    path("invitation/", views.invitation, name="invitation"),
    path("density/", density.own_density, name="own-density"),
    path("signed-in/", signed_in.signed_in, name="signed-in"),
    path("language/", language.own_language, name="own-language"),
    path("<uuid:public_id>/", views.colleague_page, name="colleague"),
    path("<uuid:public_id>/password-link/", views.password_link, name="password-link"),
    path("<uuid:public_id>/second-step-reset/", views.second_step_reset, name="second-step-reset"),
    path("<uuid:public_id>/deactivation/", views.deactivation, name="deactivation"),
    path("<uuid:public_id>/reactivation/", views.reactivation, name="reactivation"),
]
