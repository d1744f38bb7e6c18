"""Addresses of the first page."""

from django.urls import path

from dashboard.today import views

urlpatterns = [
    path("", views.today, name="today"),
    path("today/", views.today_day, name="today-day"),
]
