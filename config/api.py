"""Addresses of the API, version 1: what each room offers, and its description."""

from typing import Any

from django.urls import include, path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView

import accounts.openapi  # noqa: F401  # registers how one signs in
from config.docs import docs

app_name = "api"

ROOMS = ("accounts", "clients", "sessions_app", "attendance", "reminders", "followups")


@extend_schema(exclude=True)
class Schema(SpectacularAPIView):
    """The OpenAPI description; it names no client, so anybody may read it."""

    permission_classes = ()
    authentication_classes = ()
    throttle_classes = ()


urlpatterns: list[Any] = [
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    *(path("", include(f"{room}.api")) for room in ROOMS),
]
