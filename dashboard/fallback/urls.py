"""Addresses of what was agreed for the moment when somebody is missing."""

from django.urls import path

from dashboard.fallback import views

urlpatterns = [
    path("participants/<uuid:public_id>/fallback/", views.fallback, name="fallback"),
    path("fallbacks/<uuid:public_id>/undo/", views.fallback_undo, name="fallback-undo"),
]
