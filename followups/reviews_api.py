"""Addresses of the API for suitability reviews: opened last, decided by two; nothing follows by itself."""

from typing import Any
from uuid import UUID

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import log_view
from accounts.models import User
from accounts.permissions import staff
from accounts.resources import ClinicalResource, shape
from followups.access import get_clinical_follow_up, get_review
from followups.models import ReviewOutcome, SuitabilityReview
from followups.reviews import Consulted, Judgement, evidence_of, open_review, sign_review


class EvidenceSerializer(serializers.Serializer[Any]):
    """What lies before those who decide."""

    kept = serializers.IntegerField()
    without_notice = serializers.IntegerField()
    with_notice = serializers.IntegerField()
    days_since_kept = serializers.IntegerField(allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField())
    attempts = serializers.ListField(child=serializers.CharField())
    offers = serializers.ListField(child=serializers.CharField())


class ReviewSerializer(serializers.ModelSerializer[SuitabilityReview]):
    """A review with its evidence and the names under it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    follow_up = serializers.UUIDField(source="follow_up.public_id", read_only=True)
    clinician = serializers.CharField(source="clinician.name", allow_null=True, default=None)
    supervisor = serializers.CharField(source="supervisor.name", allow_null=True, default=None)
    evidence = EvidenceSerializer()

    class Meta:
        model = SuitabilityReview
        fields = (
            "id", "follow_up", "opened_at", "serves", "considered", "outcome", "look_again_on", "referrals",
            "letter", "clinician", "clinician_at", "supervisor", "supervisor_at", "consultant", "consultant_as",
            "consulted_on", "decided_at", "evidence",
        )  # fmt: skip


class JudgementShape(serializers.Serializer[Any]):
    """What it comes to."""

    serves = serializers.CharField(max_length=4000)
    considered = serializers.CharField(max_length=4000, help_text="The other ways considered.")
    outcome = serializers.ChoiceField(choices=ReviewOutcome.choices)
    look_again_on = serializers.DateField(allow_null=True, default=None)
    referrals = serializers.CharField(max_length=4000, default="", allow_blank=True)
    letter = serializers.CharField(max_length=4000, default="", allow_blank=True)
    consultant = serializers.CharField(
        max_length=120,
        default="",
        allow_blank=True,
        help_text="Whom you consulted outside; only where nobody else at the practice treats or supervises.",
    )
    consultant_as = serializers.CharField(
        max_length=120, default="", allow_blank=True, help_text="Such as: licensed supervisor."
    )
    consulted_on = serializers.DateField(allow_null=True, default=None)


def _review(person: User, public_id: UUID, *, code: int = status.HTTP_200_OK) -> Response:
    review = get_review(person, public_id)
    review.evidence = review.evidence or vars(evidence_of(person, review.follow_up, now=timezone.now()))
    log_view(user=person, kind="review", public_ids=[public_id])
    return Response(ReviewSerializer(review).data, status=code)


class ReviewOpening(ClinicalResource):
    """Opening one."""

    @extend_schema(
        operation_id="reviews_open",
        summary="Ask what would serve the client now",
        description="Refused (422) unless they are both not attending and not responding to attempts.",
        request=None,
        responses={201: ReviewSerializer},
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        follow_up = get_clinical_follow_up(staff(request), public_id)
        review = open_review(follow_up=follow_up, actor=staff(request), now=timezone.now())
        return _review(staff(request), review.public_id, code=status.HTTP_201_CREATED)


class OneReview(ClinicalResource):
    """One review."""

    @extend_schema(operation_id="reviews_read", summary="One review", responses=ReviewSerializer)
    def get(self, request: Request, public_id: UUID) -> Response:
        return _review(staff(request), public_id)


class ReviewSignature(ClinicalResource):
    """One's name under a judgement."""

    @extend_schema(
        operation_id="reviews_sign",
        summary="Set your name under a judgement",
        description=(
            "Decided once clinician and supervisor stand under the same words. Who treats alone names whom "
            "they consulted outside."
        ),
        request=JudgementShape,
        responses=ReviewSerializer,
    )
    def post(self, request: Request, public_id: UUID) -> Response:
        review = get_review(staff(request), public_id)
        sent = shape(JudgementShape, request)
        name, role, on = (sent.pop(field) for field in ("consultant", "consultant_as", "consulted_on"))
        consulted = Consulted(name=name, role=role, on=on) if name or role or on else None
        sign_review(
            review=review,
            judgement=Judgement(**sent),
            consulted=consulted,
            actor=staff(request),
            now=timezone.now(),
        )
        return _review(staff(request), public_id)


urlpatterns: list[Any] = [
    path("follow-ups/<uuid:public_id>/review/", ReviewOpening.as_view(), name="follow-up-review"),
    path("reviews/<uuid:public_id>/", OneReview.as_view(), name="review"),
    path("reviews/<uuid:public_id>/signature/", ReviewSignature.as_view(), name="review-signature"),
]
