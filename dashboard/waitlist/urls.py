"""Addresses of the waitlist."""

from django.urls import path

from dashboard.waitlist import views

urlpatterns = [
    path("", views.waitlist, name="waitlist"),
    path("clients/<uuid:public_id>/", views.waiting, name="waiting"),
    path("entries/<uuid:public_id>/ending/", views.waiting_ending, name="waiting-ending"),
    path("offers/<uuid:public_id>/withdrawal/", views.offer_withdrawal, name="offer-withdrawal"),
    path("vacancies/<uuid:public_id>/release/", views.vacancy_release, name="vacancy-release"),
]
