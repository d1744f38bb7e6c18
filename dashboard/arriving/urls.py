"""Addresses of this area."""

from django.urls import path

from dashboard.arriving import views

urlpatterns = [
    path("", views.import_list, name="imports"),
    path("<uuid:public_id>/", views.import_page, name="import"),
    path("<uuid:public_id>/columns/", views.column_page, name="import-columns"),
    path("<uuid:public_id>/meanings/", views.meaning_page, name="import-meanings"),
    path("<uuid:public_id>/trial/", views.trial, name="import-trial"),
    path("<uuid:public_id>/run/", views.run, name="import-run"),
    path("<uuid:public_id>/progress/", views.progress, name="import-progress"),
    path("<uuid:public_id>/refused/<slug:kind>/", views.refused_rows, name="import-refused"),
    path("<uuid:public_id>/removal/", views.removal, name="import-removal"),
]
