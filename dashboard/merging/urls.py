"""Addresses of this area."""

from django.urls import path

from dashboard.merging import views

urlpatterns = [
    path("doubles/", views.double_list, name="doubles"),
    path("<uuid:public_id>/double/", views.double_choice, name="double-choice"),
    path("<uuid:public_id>/double/<uuid:other_id>/", views.merging, name="merging"),
    path("merges/<uuid:public_id>/parting/", views.parting, name="parting"),
]
