"""Addresses of the API for the team: oneself, one's keys, and who sees clients."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import clinicians, get_token, tokens_of
from accounts.models import ApiToken, User
from accounts.permissions import SEES_CLIENTS, staff
from accounts.resources import Resource, ResourceList
from accounts.roles import May, Role
from accounts.services import revoke_token

EVERYBODY = tuple(May)


class StaffSerializer(serializers.ModelSerializer[User]):
    """A colleague, as far as colleagues need."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = User
        fields = ("id", "name", "credentials")


class MeSerializer(serializers.ModelSerializer[User]):
    """Whose key this is, and what it may do."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    may = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("id", "name", "email", "roles", "may")

    def get_may(self, user: User) -> list[str]:
        return sorted(user.permissions)


class ApiTokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A key, without its text: that was shown once."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = ApiToken
        fields = ("id", "name", "created_at", "last_used_on")


class Me(Resource):
    """Whose key this is."""

    reads: ClassVar[tuple[May, ...]] = EVERYBODY

    @extend_schema(operation_id="me", summary="Whose key this is, and what it may do", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(staff(request)).data)


@extend_schema_view(get=extend_schema(operation_id="tokens_list", summary="One's own API keys"))
class Tokens(ResourceList):
    """One's own keys."""

    reads: ClassVar[tuple[May, ...]] = EVERYBODY
    serializer_class = ApiTokenSerializer

    def rows(self, person: User) -> QuerySet[ApiToken]:
        return tokens_of(person)


class Token(Resource):
    """One of one's own keys."""

    writes: ClassVar[tuple[May, ...]] = EVERYBODY

    @extend_schema(
        operation_id="tokens_revoke", summary="Revoke a key at once", request=None, responses={204: None}
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        revoke_token(token=get_token(person, public_id), actor=person, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(get=extend_schema(operation_id="clinicians_list", summary="Who can be booked"))
class Clinicians(ResourceList):
    """Those who see clients now."""

    reads: ClassVar[tuple[May, ...]] = SEES_CLIENTS
    serializer_class = StaffSerializer

    def rows(self, person: User) -> QuerySet[User]:
        return clinicians()


urlpatterns: list[Any] = [
    path("me/", Me.as_view(), name="me"),
    path("tokens/", Tokens.as_view(), name="tokens"),
    path("tokens/<uuid:public_id>/", Token.as_view(), name="token"),
    path("clinicians/", Clinicians.as_view(), name="clinicians"),
]
