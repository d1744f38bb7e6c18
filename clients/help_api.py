"""Addresses of the API for offers of help."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import log_view
from accounts.models import User
from accounts.permissions import staff
from accounts.resources import Resource, ResourceList, shape
from accounts.roles import May
from accounts.services import get_practice
from clients.access import (
    cases_visible_to,
    clients_visible_to,
    get_referral,
    readable_referrals,
    referrals_visible_to,
)
from clients.help_serializers import (
    OfferShape,
    ReferralDetailSerializer,
    ReferralNewsShape,
    ReferralSerializer,
)
from clients.helping import Offer, ReferralNews, note_on_referral, offer_help
from clients.models import Referral


class ReferralFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    """Which offers a list shows; never by barrier, which the wall hides."""

    open = django_filters.BooleanFilter(method="only_open", label="Not resolved, soonest first.")
    mine = django_filters.BooleanFilter(method="only_mine", label="Yours to ask about.")
    client = django_filters.UUIDFilter(method="only_for", label="To this person.")
    case = django_filters.UUIDFilter(method="only_in", label="In this case.")

    class Meta:
        model = Referral
        fields = ()

    def only_open(self, referrals: Any, name: str, wanted: bool) -> Any:  # noqa: FBT001  # called so
        return referrals.open().order_by("revisit_on", "pk") if wanted else referrals

    def only_mine(self, referrals: Any, name: str, wanted: bool) -> Any:  # noqa: FBT001  # called so
        return referrals.of(staff(self.request)) if wanted else referrals

    def only_for(self, referrals: Any, name: str, client_id: UUID) -> Any:
        people = clients_visible_to(staff(self.request)).filter(public_id=client_id)
        return referrals.filter(client__in=people.values("pk"))

    def only_in(self, referrals: Any, name: str, case_id: UUID) -> Any:
        cases = cases_visible_to(staff(self.request)).filter(public_id=case_id)
        return referrals.filter(case__in=cases.values("pk"))


def _reading(person: User, referrals: Iterable[Referral]) -> dict[str, Any]:
    return {"readable": readable_referrals(person, referrals)}


def _shown(person: User, public_id: UUID, *, code: int = status.HTTP_200_OK) -> Response:
    referral = get_referral(person, public_id)
    shown = ReferralDetailSerializer(referral, context=_reading(person, [referral])).data
    return Response(shown, status=code)


class Referrals(ResourceList):
    """Offers of help that the reader may see; for the desk the practical ones."""

    writes: ClassVar[tuple[May, ...]] = (May.FOLLOW_UP,)
    log_kind = "referral"
    serializer_class = ReferralSerializer
    filterset_class = ReferralFilter

    def rows(self, person: User) -> QuerySet[Referral]:
        return referrals_visible_to(person)

    def shown(self, rows: Sequence[Any]) -> Any:
        return ReferralSerializer(rows, many=True, context=_reading(staff(self.request), rows)).data

    @extend_schema(operation_id="referrals_list", summary="Offers of help that you may see")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="referrals_offer",
        summary="Offer somebody help",
        description="What is still open of the same is given back, and not offered twice.",
        request=OfferShape,
        responses={201: ReferralDetailSerializer},
    )
    def post(self, request: Request) -> Response:
        person, now = staff(request), timezone.now()
        sent = shape(OfferShape, request)
        client, case = sent.pop("client"), sent.pop("case")
        today = get_practice().today(now)
        referral = offer_help(
            case=case, client=client, offer=Offer(**sent), actor=person, now=now, today=today
        )
        return _shown(person, referral.public_id, code=status.HTTP_201_CREATED)


class OneReferral(Resource):
    """One offer of help."""

    @extend_schema(
        operation_id="referrals_read", summary="One offer of help", responses=ReferralDetailSerializer
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        answer = _shown(staff(request), public_id)
        log_view(user=staff(request), kind="referral", public_ids=[public_id])
        return answer


class ReferralSteps(Resource):
    """What becomes known of it."""

    writes: ClassVar[tuple[May, ...]] = (May.FOLLOW_UP,)

    @extend_schema(
        operation_id="referrals_note",
        summary="How it stands now",
        request=ReferralNewsShape,
        responses={201: ReferralDetailSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person, now = staff(request), timezone.now()
        referral = get_referral(person, public_id, write=True)
        news = ReferralNews(**shape(ReferralNewsShape, request))
        today = get_practice().today(now)
        note_on_referral(referral=referral, news=news, actor=person, now=now, today=today)
        return _shown(person, public_id, code=status.HTTP_201_CREATED)


urlpatterns: list[Any] = [
    path("referrals/", Referrals.as_view(), name="referrals"),
    path("referrals/<uuid:public_id>/", OneReferral.as_view(), name="referral"),
    path("referrals/<uuid:public_id>/steps/", ReferralSteps.as_view(), name="referral-steps"),
]
