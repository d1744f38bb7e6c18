"""Addresses of the API for what gets in the way, what helps with it, and where help is to be had."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import resources as bases
from accounts.models import User
from accounts.permissions import SEES_CLIENTS, staff
from accounts.resources import ResourceList, shape
from accounts.roles import May
from clients.access import (
    all_resources,
    all_strategies,
    barriers,
    get_own_barrier,
    get_resource,
    get_strategy,
    resources,
    strategies,
)
from clients.catalogue import (
    BarrierDetails,
    ResourceDetails,
    StrategyDetails,
    write_barrier,
    write_resource,
    write_strategy,
)
from clients.help_serializers import (
    BarrierShape,
    ResourceSerializer,
    ResourceShape,
    StrategySerializer,
    StrategyShape,
)
from clients.models import Barrier, Resource, Strategy
from clients.serializers import BarrierSerializer

CREATED = status.HTTP_201_CREATED


class _Listed(ResourceList):
    """A list that everybody reads, and who manages settings keeps."""

    reads: ClassVar[tuple[May, ...]] = (*SEES_CLIENTS, May.MANAGE_SETTINGS)
    writes: ClassVar[tuple[May, ...]] = (May.MANAGE_SETTINGS,)


class _Kept(bases.Resource):
    """One entry of such a list."""

    reads: ClassVar[tuple[May, ...]] = (May.MANAGE_SETTINGS,)
    writes: ClassVar[tuple[May, ...]] = (May.MANAGE_SETTINGS,)


class Resources(_Listed):
    """The practice's directory: as far as it is in use, and all of it for who keeps it."""

    serializer_class = ResourceSerializer

    def rows(self, person: User) -> QuerySet[Resource]:
        if person.may(May.MANAGE_SETTINGS):
            return all_resources(person)
        return resources().prefetch_related("barriers").order_by("name", "pk")

    @extend_schema(operation_id="resources_list", summary="Where help is to be had")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="resources_add",
        summary="Add to the directory",
        request=ResourceShape,
        responses={201: ResourceSerializer},
    )
    def post(self, request: Request) -> Response:
        return _resource(None, request, code=CREATED)


class OneResource(_Kept):
    """One entry of the directory."""

    @extend_schema(
        operation_id="resources_change",
        summary="Change an entry, or put it out of use",
        request=ResourceShape,
        responses=ResourceSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        return _resource(get_resource(staff(request), public_id), request)


class Strategies(_Listed):
    """Strategies in use, and what they help with; all of them for who keeps the list."""

    serializer_class = StrategySerializer

    def rows(self, person: User) -> QuerySet[Strategy]:
        if person.may(May.MANAGE_SETTINGS):
            return all_strategies(person)
        return strategies().prefetch_related("barriers")

    @extend_schema(operation_id="strategies_list", summary="What can be agreed on with clients")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="strategies_add",
        summary="Add a strategy",
        request=StrategyShape,
        responses={201: StrategySerializer},
    )
    def post(self, request: Request) -> Response:
        return _strategy(None, request, code=CREATED)


class OneStrategy(_Kept):
    """One strategy."""

    @extend_schema(
        operation_id="strategies_change",
        summary="Change a strategy, or put it out of use",
        request=StrategyShape,
        responses=StrategySerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        return _strategy(get_strategy(staff(request), public_id), request)


class Barriers(_Listed):
    """What can be named as having got in the way."""

    serializer_class = BarrierSerializer

    def rows(self, person: User) -> QuerySet[Barrier]:
        return barriers()

    @extend_schema(operation_id="barriers_list", summary="What can be named as having got in the way")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="barriers_add",
        summary="Add a barrier of your own",
        request=BarrierShape,
        responses={201: BarrierSerializer},
    )
    def post(self, request: Request) -> Response:
        return _barrier(None, request, code=CREATED)


class OneBarrier(_Kept):
    """One barrier of the practice's own."""

    @extend_schema(
        operation_id="barriers_change",
        summary="Change one of your own, or put it out of use",
        request=BarrierShape,
        responses=BarrierSerializer,
    )
    def put(self, request: Request, code: str) -> Response:
        return _barrier(get_own_barrier(staff(request), code), request)


def _mapped(kind: type[ResourceShape | StrategyShape], request: Request) -> dict[str, Any]:
    sent = shape(kind, request)
    return sent | {"barriers": tuple(sent["barriers"])}


def _resource(resource: Resource | None, request: Request, *, code: int = status.HTTP_200_OK) -> Response:
    details = ResourceDetails(**_mapped(ResourceShape, request))
    written = write_resource(resource=resource, details=details)
    return Response(ResourceSerializer(written).data, status=code)


def _strategy(strategy: Strategy | None, request: Request, *, code: int = status.HTTP_200_OK) -> Response:
    details = StrategyDetails(**_mapped(StrategyShape, request))
    written = write_strategy(strategy=strategy, details=details)
    return Response(StrategySerializer(written).data, status=code)


def _barrier(barrier: Barrier | None, request: Request, *, code: int = status.HTTP_200_OK) -> Response:
    written = write_barrier(barrier=barrier, details=BarrierDetails(**shape(BarrierShape, request)))
    return Response(BarrierSerializer(written).data, status=code)


urlpatterns: list[Any] = [
    path("resources/", Resources.as_view(), name="resources"),
    path("resources/<uuid:public_id>/", OneResource.as_view(), name="resource"),
    path("strategies/", Strategies.as_view(), name="strategies"),
    path("strategies/<uuid:public_id>/", OneStrategy.as_view(), name="strategy"),
    path("barriers/", Barriers.as_view(), name="barriers"),
    path("barriers/<slug:code>/", OneBarrier.as_view(), name="barrier"),
]
