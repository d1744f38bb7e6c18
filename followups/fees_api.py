"""Addresses of the API for fees: what they may cost, what was told, and what a person decided."""

from typing import Any, ClassVar
from uuid import UUID

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.permissions import SEES_CLIENTS, staff
from accounts.resources import ClinicalResource, Resource, shape
from accounts.roles import May
from attendance.models import Fee, FeeExemption, FeeTerms, TermsTold
from clients.access import get_client
from clients.models import Client
from followups.fee_rules import absences_seen_by
from followups.fees import (
    TermsDetails,
    all_terms,
    charge,
    end_exemption,
    exempt,
    note_terms_told,
    waive,
    write_terms,
)
from sessions_app.access import get_participant


class TermsSerializer(serializers.ModelSerializer[FeeTerms]):
    """What a missed session costs from a day on; amounts may be empty."""

    class Meta:
        model = FeeTerms
        fields = (
            "in_force_from",
            "missed_amount",
            "late_amount",
            "currency",
            "free_absences",
            "words",
            "words_es",
        )
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "missed_amount": {"required": False, "default": None, "min_value": 1},
            "late_amount": {"required": False, "default": None, "min_value": 1},
            "words": {"required": False, "default": ""},
            "words_es": {"required": False, "default": ""},
            "free_absences": {"required": False, "default": 1},
            "currency": {"required": False, "default": "USD", "min_length": 3},
        }


class ToldShape(serializers.Serializer[Any]):
    """Which terms, by the day from which they hold; how, and when."""

    in_force_from = serializers.DateField()
    how = serializers.ChoiceField(choices=TermsTold.How.choices)
    told_on = serializers.DateField()


class ToldSerializer(serializers.ModelSerializer[TermsTold]):
    """That a client was told."""

    in_force_from = serializers.DateField(source="terms.in_force_from", read_only=True)

    class Meta:
        model = TermsTold
        fields = ("in_force_from", "how", "told_on")


class ExemptionSerializer(serializers.ModelSerializer[FeeExemption]):
    """Why a client is never charged."""

    class Meta:
        model = FeeExemption
        fields = ("because",)


class AbsenceSerializer(serializers.Serializer[Any]):
    """One absence; `lock` is the sentence on it, for who may decide."""

    participant = serializers.UUIDField(source="participant.public_id")
    on = serializers.DateField(source="participant.session.on")
    was_cancelled_late = serializers.BooleanField()
    may_decide = serializers.BooleanField()
    lock = serializers.CharField()
    amount = serializers.DecimalField(
        max_digits=8, decimal_places=2, allow_null=True, help_text="What it could cost, by what they knew."
    )
    decision = serializers.ChoiceField(choices=["", *Fee.Decision.values])
    charged = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)
    currency = serializers.CharField()
    because = serializers.CharField()


class FeesSerializer(serializers.Serializer[Any]):
    """All about one client's fees."""

    told = ToldSerializer(many=True)
    exempt_because = serializers.CharField()
    absences = AbsenceSerializer(many=True)


class DecisionShape(serializers.Serializer[Any]):
    """Charged, or waived and why."""

    decision = serializers.ChoiceField(choices=Fee.Decision.choices)
    because = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class Terms(Resource):
    """The practice's terms, the latest first; written by who manages settings."""

    reads: ClassVar[tuple[May, ...]] = (*SEES_CLIENTS, May.MANAGE_SETTINGS)
    writes: ClassVar[tuple[May, ...]] = (May.MANAGE_SETTINGS,)

    @extend_schema(
        operation_id="fee_terms_list",
        summary="What a missed session costs",
        responses=TermsSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(TermsSerializer(all_terms(), many=True).data)

    @extend_schema(
        operation_id="fee_terms_write",
        summary="New terms",
        request=TermsSerializer,
        responses={201: TermsSerializer},
    )
    def post(self, request: Request) -> Response:
        details = TermsDetails(**shape(TermsSerializer, request))
        written = write_terms(details=details, actor=staff(request), now=timezone.now())
        return Response(TermsSerializer(written).data, status=status.HTTP_201_CREATED)


class ClientFees(Resource):
    """What a client was told, whether they are exempt, and their absences."""

    @extend_schema(operation_id="client_fees", summary="Fees of a client", responses=FeesSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        return _fees(person, get_client(person, public_id))


class ClientTermsTold(Resource):
    """Somebody told them what a missed session costs."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="client_fee_terms_told",
        summary="They were told",
        request=ToldShape,
        responses=FeesSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        client = get_client(person, public_id, write=True)
        told = shape(ToldShape, request)
        terms = all_terms().filter(in_force_from=told.pop("in_force_from")).first()
        if terms is None:
            raise serializers.ValidationError({"in_force_from": "No terms hold from that day."})
        note_terms_told(client=client, terms=terms, actor=person, now=timezone.now(), **told)
        return _fees(person, client)


class ClientFeeExemption(Resource):
    """Never charge this client."""

    writes: ClassVar[tuple[May, ...]] = (May.EDIT_CLIENTS,)

    @extend_schema(
        operation_id="client_fee_exemption",
        summary="Never charge them",
        request=ExemptionSerializer,
        responses=FeesSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        client = get_client(person, public_id, write=True)
        because = shape(ExemptionSerializer, request)["because"]
        exempt(client=client, because=because, actor=person, now=timezone.now())
        return _fees(person, get_client(person, public_id))

    @extend_schema(
        operation_id="client_fee_exemption_end",
        summary="The terms hold again",
        request=None,
        responses=FeesSerializer,
    )
    def delete(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        end_exemption(client=get_client(person, public_id, write=True), actor=person)
        return _fees(person, get_client(person, public_id))


class ParticipantFee(ClinicalResource):
    """What a person decides on one absence."""

    @extend_schema(
        operation_id="participants_decide_fee",
        summary="Charge an absence, or waive it",
        description=(
            "Refused (422) with the sentence on the lock: before outreach, where they were not told, where "
            "whoever pays forbids it. Nothing is ever charged by itself."
        ),
        request=DecisionShape,
        responses=FeesSerializer,
    )
    def put(self, request: Request, public_id: UUID) -> Response:
        person = staff(request)
        participant = get_participant(person, public_id)
        asked = shape(DecisionShape, request)
        if asked["decision"] == Fee.Decision.CHARGED:
            charge(participant=participant, actor=person, now=timezone.now())
        else:
            waive(participant=participant, because=asked["because"], actor=person, now=timezone.now())
        return _fees(person, participant.client)


def _fees(person: User, client: Client) -> Response:
    exemption = getattr(client, "fee_exemption", None)
    shown = {
        "told": client.fee_terms_told.select_related("terms"),
        "exempt_because": exemption.because if exemption else "",
        "absences": absences_seen_by(person, client),
    }
    return Response(FeesSerializer(shown).data)


urlpatterns: list[Any] = [
    path("fee-terms/", Terms.as_view(), name="fee-terms"),
    path("clients/<uuid:public_id>/fees/", ClientFees.as_view(), name="client-fees"),
    path("clients/<uuid:public_id>/fees/told/", ClientTermsTold.as_view(), name="client-fee-terms-told"),
    path(
        "clients/<uuid:public_id>/fees/exemption/", ClientFeeExemption.as_view(), name="client-fee-exemption"
    ),
    path("participants/<uuid:public_id>/fee/", ParticipantFee.as_view(), name="participant-fee"),
]
