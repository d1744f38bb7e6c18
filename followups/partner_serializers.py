"""How the API shows what belongs to coming together, and what it takes."""

from typing import Any

from rest_framework import serializers

from accounts.resources import Reference
from attendance.models import HIGHEST, JointPart, JointPartName
from clients.access import clients_visible_to
from clients.models import CaseMember, Engagement, EngagementChange, ProtectiveOrder
from clients.serializers import PersonSerializer
from followups.models import Approval, GoesTo, Invitation, LaterOption


class EngagementChangeSerializer(serializers.ModelSerializer[EngagementChange]):
    """How far somebody had come."""

    noted_by = serializers.CharField(source="noted_by.name", read_only=True)

    class Meta:
        model = EngagementChange
        fields = ("engagement", "noted_at", "noted_by")


class EngagedMemberSerializer(serializers.ModelSerializer[CaseMember]):
    """One member, and how that was noted before."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    client = PersonSerializer()
    changes = EngagementChangeSerializer(source="engagement_changes", many=True)

    class Meta:
        model = CaseMember
        fields = ("id", "client", "role", "engagement", "changes")


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """Words with which one member invites another."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    member = serializers.UUIDField(source="member.public_id", read_only=True)
    asker = PersonSerializer()
    imprint = serializers.CharField(
        help_text="Of the words as they stand: who approves says which they read."
    )

    class Meta:
        model = Invitation
        fields = (
            "id", "member", "asker", "language", "words", "goes_to", "address", "written_at", "approved_at",
            "approved_how", "approved_as", "given_at", "replaced_at", "imprint",
        )  # fmt: skip


class LaterOptionSerializer(serializers.ModelSerializer[LaterOption]):
    """One of the other ways, with the day to look at it again."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    member = serializers.UUIDField(source="member.public_id", read_only=True)

    class Meta:
        model = LaterOption
        fields = ("id", "member", "kind", "was_asked_for", "words", "revisit_on", "state", "noted_at")


class TogetherSerializer(serializers.Serializer[Any]):
    """What the case's own clinicians see of coming together."""

    first = serializers.ChoiceField(
        choices=["joint_sessions", "ask_each_alone"],
        help_text="What comes first; nothing invites anybody before each was asked alone.",
    )
    members = EngagedMemberSerializer(many=True)
    invitations = InvitationSerializer(many=True, help_text="None while the screen holds them.")
    later_options = LaterOptionSerializer(many=True)


class ProtectiveOrderSerializer(serializers.ModelSerializer[ProtectiveOrder]):
    """An order in somebody's own record."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    other = PersonSerializer()

    class Meta:
        model = ProtectiveOrder
        fields = ("id", "other", "reference", "noted_at", "ended_at")


class JointPartSerializer(serializers.ModelSerializer[JointPart]):
    """What one of them said in a session together; for the case's own clinicians."""

    class Meta:
        model = JointPart
        fields = (*JointPartName.values, "shareable", "understanding", "progress", "noted_at")


class FunnelSerializer(serializers.Serializer[Any]):
    """One clinician's own cases."""

    clinician = serializers.CharField()
    invited = serializers.IntegerField(
        help_text="Once in each case: noted as invited, or an invitation on its way."
    )
    held = serializers.IntegerField(help_text="Came since to a session together.")
    continued = serializers.IntegerField(help_text="Came to another one after that.")


class EngagementShape(serializers.Serializer[Any]):
    """How far somebody has come."""

    engagement = serializers.ChoiceField(choices=Engagement.choices)


class WordingShape(serializers.Serializer[Any]):
    """The words, and where they go."""

    words = serializers.CharField(max_length=3000)
    goes_to = serializers.ChoiceField(choices=GoesTo.choices, default=GoesTo.BY_HAND)
    address = serializers.CharField(max_length=254, default="", allow_blank=True)


class ChangedWordingShape(WordingShape):
    """Other words, and which they take the place of."""

    imprint = serializers.CharField(
        max_length=64,
        required=False,
        help_text="Of the words that were read; 409 where they have changed since.",
    )


class NewInvitationShape(WordingShape):
    """The first words, and in whose name."""

    asker = Reference(clients_visible_to)


class ApprovalShape(serializers.Serializer[Any]):
    """How who invites approved it, and under which name."""

    how = serializers.ChoiceField(choices=Approval.choices)
    approved_as = serializers.CharField(max_length=160)
    imprint = serializers.CharField(
        max_length=64, source="read", help_text="As the words had it when they were read."
    )


class LookAgainShape(serializers.Serializer[Any]):
    """When to look at it again."""

    revisit_on = serializers.DateField()
    words = serializers.CharField(max_length=300, default="", allow_blank=True)
    was_asked_for = serializers.BooleanField(default=False)


class NewOptionShape(LookAgainShape):
    """One of the other ways."""

    kind = serializers.ChoiceField(choices=LaterOption.Kind.choices)


class OptionStateShape(serializers.Serializer[Any]):
    """What becomes of it."""

    state = serializers.ChoiceField(choices=LaterOption.State.choices)


class ProtectiveOrderShape(serializers.Serializer[Any]):
    """Whom an order keeps away."""

    other = Reference(clients_visible_to)
    reference = serializers.CharField(max_length=200, default="", allow_blank=True)


def _words() -> serializers.CharField:
    return serializers.CharField(max_length=2000, default="", allow_blank=True)


def _scale() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=HIGHEST, default=None, allow_null=True)


class JointPartShape(serializers.Serializer[Any]):
    """What one of them said; `shareable` names the parts that the others may see, by their say."""

    feelings = _words()
    concerns = _words()
    wishes = _words()
    needs = _words()
    support = _words()
    shareable = serializers.ListField(
        child=serializers.ChoiceField(choices=JointPartName.choices), default=list
    )
    understanding = _scale()
    progress = _scale()
