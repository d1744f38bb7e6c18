"""How the API shows what helps and what was offered, and the shapes in which it takes it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.access import colleagues
from accounts.models import User
from accounts.resources import Reference
from clients.access import cases_visible_to, clients_visible_to, resources
from clients.catalogue import NAMED_GROUPS
from clients.models import Referral, ReferralState, ReferralStep, Resource, Strategy
from clients.serializers import PersonSerializer, barrier_code


def _resources_for(_user: User) -> Any:
    return resources()


def _colleagues_for(_user: User) -> Any:
    return colleagues()


class _Mapped(serializers.ModelSerializer[Any]):
    """Something that helps, with the codes of the barriers that it helps with."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    barriers = serializers.SerializerMethodField(help_text="Codes of what it helps with.")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_barriers(self, one: Resource | Strategy) -> list[str]:
        return [barrier.code for barrier in one.barriers.all()]


class ResourceSerializer(_Mapped):
    """Help that the practice can point to."""

    class Meta:
        model = Resource
        fields = ("id", "name", "details", "phone", "url", "barriers", "is_active")


class StrategySerializer(_Mapped):
    """Something to agree on with clients."""

    class Meta:
        model = Strategy
        fields = ("id", "name", "details", "barriers", "is_active")


class _MappedShape(serializers.Serializer[Any]):
    """What it helps with, and whether it is in use."""

    barriers = serializers.ListField(
        child=barrier_code(), default=list, max_length=100, help_text="Codes of what it helps with."
    )
    is_active = serializers.BooleanField(default=True, help_text="In use: suggested where it fits.")


class ResourceShape(_MappedShape):
    """An entry of the directory, whole."""

    name = serializers.CharField(max_length=120)
    details = serializers.CharField(default="", allow_blank=True, max_length=2000)
    phone = serializers.CharField(default="", allow_blank=True, max_length=40)
    url = serializers.URLField(default="", allow_blank=True, max_length=200)


class StrategyShape(_MappedShape):
    """A strategy, whole."""

    name = serializers.CharField(max_length=80)
    details = serializers.CharField(default="", allow_blank=True, max_length=300)


class BarrierShape(serializers.Serializer[Any]):
    """A barrier of the practice's own."""

    label = serializers.CharField(  # type: ignore[assignment]  # its name is the field's
        max_length=60, help_text="In two or three words."
    )
    group = serializers.ChoiceField(choices=NAMED_GROUPS)
    is_active = serializers.BooleanField(default=True, help_text="It can be named.")


class ReferralSerializer(serializers.ModelSerializer[Referral]):
    """An offer of help; from which barrier is null for who may not read it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    client = PersonSerializer()
    case = serializers.UUIDField(source="case.public_id")
    name = serializers.CharField(help_text="What was offered.")
    resource = serializers.UUIDField(source="resource.public_id", allow_null=True, default=None)
    barrier = serializers.SerializerMethodField()
    owner_name = serializers.CharField(
        source="owner.name", allow_null=True, default=None, help_text="Whose it is; null is the desk's."
    )

    class Meta:
        model = Referral
        fields = (
            "id", "client", "case", "name", "resource", "barrier", "is_practical", "state", "revisit_on",
            "owner_name", "offered_at",
        )  # fmt: skip

    def get_barrier(self, referral: Referral) -> str | None:
        known = referral.barrier if referral.pk in self.context["readable"] else None
        return known.code if known else None


class ReferralStepSerializer(serializers.ModelSerializer[ReferralStep]):
    """One thing that became known of it; the note is null for who may not read it."""

    note = serializers.SerializerMethodField()
    by_name = serializers.CharField(source="by.name", allow_null=True, default=None)

    class Meta:
        model = ReferralStep
        fields = ("state", "note", "revisit_on", "at", "by_name")

    def get_note(self, step: ReferralStep) -> str | None:
        return step.note if step.referral_id in self.context["readable"] else None


class ReferralDetailSerializer(ReferralSerializer):
    """One offer with its steps, the earliest first."""

    steps = serializers.SerializerMethodField()

    class Meta(ReferralSerializer.Meta):
        fields = (*ReferralSerializer.Meta.fields, "steps")  # type: ignore[assignment]  # one more

    @extend_schema_field(ReferralStepSerializer(many=True))
    def get_steps(self, referral: Referral) -> Any:
        steps = referral.steps.select_related("by")
        return ReferralStepSerializer(steps, many=True, context=self.context).data


class OfferShape(serializers.Serializer[Any]):
    """Something to offer: a resource, or `what` in its place."""

    client = Reference(clients_visible_to)
    case = Reference(cases_visible_to)
    resource = Reference(_resources_for, allow_null=True, default=None)
    what = serializers.CharField(default="", allow_blank=True, max_length=200)
    barrier = barrier_code(allow_null=True, default=None)
    is_practical = serializers.BooleanField(default=False, help_text="The desk may arrange it.")
    revisit_on = serializers.DateField(
        allow_null=True, default=None, help_text="When to ask again; in two weeks if not given."
    )
    owner = Reference(_colleagues_for, allow_null=True, default=None, help_text="Null gives it to the desk.")


class ReferralNewsShape(serializers.Serializer[Any]):
    """How it stands now."""

    state = serializers.ChoiceField(choices=ReferralState.choices)
    owner = Reference(_colleagues_for, allow_null=True, help_text="Null gives it to the desk.")
    note = serializers.CharField(default="", allow_blank=True, max_length=2000)
    revisit_on = serializers.DateField(allow_null=True, default=None)
