"""Addresses of what belongs to coming together."""

from django.urls import path

from dashboard.partners import engagement, protection, together

urlpatterns = [
    path("clients/cases/<uuid:public_id>/together/", together.together, name="together"),
    path("clients/members/<uuid:public_id>/engagement/", engagement.engagement, name="engagement"),
    path(
        "clients/<uuid:public_id>/protective-orders/new/",
        protection.protective_order_new,
        name="protective-order-new",
    ),
    path(
        "clients/protective-orders/<uuid:public_id>/ending/",
        protection.protective_order_ending,
        name="protective-order-ending",
    ),
]
