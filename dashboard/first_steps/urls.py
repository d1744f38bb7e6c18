"""Addresses of this area."""

from django.urls import path

from dashboard.first_steps import views

urlpatterns = [
    path("", views.first_steps, name="first-steps"),
    path("<slug:code>/", views.step_page, name="first-step"),
]
