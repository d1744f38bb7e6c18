"""How the API shows people and cases, and the shapes in which it takes them."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.access import clinicians, clinicians_seen_by
from accounts.api import StaffSerializer
from accounts.models import User
from accounts.resources import Reference, References
from accounts.roles import May
from clients.access import barriers, cases_visible_to, clients_visible_to
from clients.models import (
    AwayReason,
    Barrier,
    Case,
    CaseMember,
    Channel,
    Client,
    ConfidentialityPolicy,
    Consent,
    ConsentPurpose,
    ContactPoint,
    Engagement,
    Guardianship,
    Mandate,
    MemberRole,
    SafeContact,
)

PERSON = (
    "given_name",
    "family_name",
    "name_used",
    "pronouns",
    "born_on",
    "birth_year",
    "language",
    "timezone",
)
CONTACT = (
    "kind",
    "address",
    "label",
    "position",
    "may_text",
    "may_call",
    "may_leave_word",
    "is_private",
    "is_discreet",
)


class PersonSerializer(serializers.ModelSerializer[Client]):
    """A person in one line; the birth year tells two of one name apart."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    name = serializers.CharField(source="display_name", read_only=True)

    class Meta:
        model = Client
        fields = ("id", "name", "birth_year")


class ClientSerializer(serializers.ModelSerializer[Client]):
    """A person in a list."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    name = serializers.CharField(source="display_name", read_only=True)

    class Meta:
        model = Client
        fields = (
            "id",
            "external_id",
            "name",
            *PERSON,
            "away_from",
            "away_until",
            "left_on",
            "died_on",
        )


class ConsentSerializer(serializers.ModelSerializer[Consent]):
    """A recorded yes."""

    class Meta:
        model = Consent
        fields = ("purpose", "given_at", "how")


class ContactPointSerializer(serializers.ModelSerializer[ContactPoint]):
    """An address, with the agreements in force."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    consents = serializers.SerializerMethodField()

    class Meta:
        model = ContactPoint
        fields = ("id", *CONTACT, "unfit_at", "consents")

    @extend_schema_field(ConsentSerializer(many=True))
    def get_consents(self, contact: ContactPoint) -> Any:
        in_force = [consent for consent in contact.consents.all() if consent.withdrawn_at is None]
        return ConsentSerializer(in_force, many=True).data


class GuardianshipSerializer(serializers.ModelSerializer[Guardianship]):
    """Who stands in for a minor."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    guardian = PersonSerializer()

    class Meta:
        model = Guardianship
        fields = ("id", "guardian", "relation", "may_receive", "may_consent", "until")


class SafeContactSerializer(serializers.ModelSerializer[SafeContact]):
    """How somebody may be reached; why is for their clinicians (null for others)."""

    contact_point = serializers.UUIDField(source="contact_point.public_id", allow_null=True, default=None)
    reason = serializers.SerializerMethodField()

    class Meta:
        model = SafeContact
        fields = ("level", "contact_point", "reason", "since_at")

    def get_reason(self, safe: SafeContact) -> str | None:
        return safe.reason if self.context["clinical"] else None


class CaseMemberSerializer(serializers.ModelSerializer[CaseMember]):
    """Somebody's place in a case; how far they have come is null for who may not read it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    client = PersonSerializer()
    takes_part = serializers.SerializerMethodField()
    engagement = serializers.SerializerMethodField()

    class Meta:
        model = CaseMember
        fields = ("id", "client", "role", "takes_part", "engagement", "joined_on", "left_on")

    def get_takes_part(self, member: CaseMember) -> bool:
        return member.engagement == Engagement.JOINED

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_engagement(self, member: CaseMember) -> str | None:
        return member.engagement if self._is_clinical() else None

    def _is_clinical(self) -> bool:
        """Whoever sees only their own or their team's cases reads it of all that they see."""
        if "clinical" in self.context:
            return bool(self.context["clinical"])
        reader = getattr(self.context.get("request"), "user", None)
        return isinstance(reader, User) and not reader.may(May.SEE_ALL_SESSIONS)


class CaseSerializer(serializers.ModelSerializer[Case]):
    """Who is in treatment together, and with whom."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    members = CaseMemberSerializer(many=True)
    clinicians = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = (
            "id",
            "external_id",
            "kind",
            "title",
            "opened_on",
            "closed_on",
            "members",
            "clinicians",
        )

    @extend_schema_field(StaffSerializer(many=True))
    def get_clinicians(self, case: Case) -> Any:
        leading = [row.clinician for row in case.case_clinicians.all() if row.until_on is None]
        return StaffSerializer(leading, many=True).data


class MandateSerializer(serializers.ModelSerializer[Mandate]):
    """A court's order; for the case's clinicians."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    client = PersonSerializer()
    report_due_on = serializers.DateField(
        read_only=True, allow_null=True, help_text="The next of `reporting_dates` that is open."
    )
    reporting_dates = serializers.SerializerMethodField(help_text="The days not settled yet.")

    class Meta:
        model = Mandate
        fields = (
            "id",
            "client",
            "order_reference",
            "terms",
            "contact_name",
            "contact_details",
            "report_due_on",
            "reporting_dates",
            "misses_before_alert",
            "ended_on",
        )

    @extend_schema_field(serializers.ListField(child=serializers.DateField()))
    def get_reporting_dates(self, mandate: Mandate) -> list[date]:
        return [one.due_on for one in mandate.reporting_dates.all() if one.settled_at is None]


class ConfidentialitySerializer(serializers.ModelSerializer[ConfidentialityPolicy]):
    """What they signed about what one of them says without the other."""

    entered_by = StaffSerializer()

    class Meta:
        model = ConfidentialityPolicy
        fields = ("wording", "danger", "abuse", "court_order", "signed_on", "entered_by", "entered_at")


class ClinicalPartSerializer(serializers.ModelSerializer[Case]):
    """What only the case's clinicians and their supervisors read (row 1.7)."""

    mandates = MandateSerializer(many=True)
    confidentiality = serializers.SerializerMethodField(help_text="Null where nothing is signed yet.")

    class Meta:
        model = Case
        fields = (
            "presenting_issues",
            "goals",
            "is_addiction",
            "closed_because",
            "mandates",
            "confidentiality",
        )

    @extend_schema_field(ConfidentialitySerializer(allow_null=True))
    def get_confidentiality(self, case: Case) -> Any:
        policy = getattr(case, "confidentiality", None)
        return ConfidentialitySerializer(policy).data if policy else None


class CaseDetailSerializer(CaseSerializer):
    """One case; `clinical` is null for who may not read it."""

    clinical = serializers.SerializerMethodField()

    class Meta(CaseSerializer.Meta):
        fields = (*CaseSerializer.Meta.fields, "clinical")  # type: ignore[assignment]  # one more

    @extend_schema_field(ClinicalPartSerializer(allow_null=True))
    def get_clinical(self, case: Case) -> Any:
        if not self.context["clinical"]:
            return None
        return ClinicalPartSerializer(case).data


class ClientDetailSerializer(ClientSerializer):
    """One person with addresses, guardians, and the cases that the reader may see."""

    contact_points = serializers.SerializerMethodField()
    guardians = GuardianshipSerializer(source="guardianships", many=True)
    safe_contacts = serializers.SerializerMethodField()
    away_reason = serializers.SerializerMethodField(help_text="Null for who may not read it.")
    cases = serializers.SerializerMethodField()

    class Meta(ClientSerializer.Meta):
        fields = (  # type: ignore[assignment]  # more
            *ClientSerializer.Meta.fields,
            "contact_points",
            "guardians",
            "safe_contacts",
            "away_reason",
            "cases",
        )

    @extend_schema_field(ContactPointSerializer(many=True))
    def get_contact_points(self, client: Client) -> Any:
        in_use = [contact for contact in client.contact_points.all() if contact.ended_at is None]
        return ContactPointSerializer(in_use, many=True).data

    @extend_schema_field(SafeContactSerializer(many=True))
    def get_safe_contacts(self, client: Client) -> Any:
        standing = [safe for safe in client.safe_contacts.all() if safe.ended_at is None]
        return SafeContactSerializer(standing, many=True, context=self.context).data

    def get_away_reason(self, client: Client) -> str | None:
        return client.away_reason if self.context["clinical"] else None

    @extend_schema_field(CaseSerializer(many=True))
    def get_cases(self, client: Client) -> Any:
        theirs = cases_visible_to(self.context["user"]).filter(members__client=client).distinct()
        clinical = {"clinical": self.context["clinical"]}
        return CaseSerializer(theirs.with_people(), many=True, context=clinical).data


class SearchShape(serializers.Serializer[Any]):
    """What somebody types to find a person: a name, the end of a number, a date of birth."""

    words = serializers.CharField(max_length=120)


class ClientShape(serializers.ModelSerializer[Client]):
    """A person to be added or changed."""

    namesake_is_other = serializers.BooleanField(
        default=False, help_text="Somebody of this name and birth year is known, and is another person."
    )
    case_kind = serializers.ChoiceField(
        choices=[(kind.value, kind.label) for kind in Case.Kind if kind != Case.Kind.GROUP],
        default=Case.Kind.INDIVIDUAL,
        help_text="Of the case that is opened; not for the front desk, which adds people alone.",
    )
    clinician = Reference(
        clinicians_seen_by, required=False, help_text="Who leads that case; oneself if left out."
    )

    class Meta:
        model = Client
        fields = (*PERSON, "namesake_is_other", "case_kind", "clinician")


class ClientChangeShape(serializers.ModelSerializer[Client]):
    """What is corrected; what is left out stays."""

    class Meta:
        model = Client
        fields = PERSON


class ContactPointShape(serializers.ModelSerializer[ContactPoint]):
    """An address to be added or changed."""

    class Meta:
        model = ContactPoint
        fields = CONTACT
        extra_kwargs = {"position": {"max_value": 99}}  # the library's idiom


class WaySerializer(serializers.Serializer[Any]):
    """One way to reach somebody, in the order in which they are tried."""

    contact_point = serializers.UUIDField(source="contact.public_id")
    channel = serializers.ChoiceField(choices=Channel.choices)
    address = serializers.CharField(source="contact.address", read_only=True)


class WayShape(serializers.Serializer[Any]):
    """One of somebody's ways, named by its address and channel."""

    contact_point = serializers.UUIDField()
    channel = serializers.ChoiceField(choices=Channel.choices)


class WaysShape(serializers.Serializer[Any]):
    """All ways from the first to the last; a call by machine that is not named is made no more."""

    ways = WayShape(many=True)


class ConsentShape(serializers.Serializer[Any]):
    """A yes, as it was given now."""

    purpose = serializers.ChoiceField(choices=ConsentPurpose.choices)
    how = serializers.ChoiceField(choices=Consent.How.choices)


class AbsenceShape(serializers.Serializer[Any]):
    """Away for a while; without an end it is until they are back."""

    away_from = serializers.DateField()
    away_until = serializers.DateField(allow_null=True, default=None, help_text="The first day back.")
    reason = serializers.ChoiceField(choices=AwayReason.choices)


class BarrierSerializer(serializers.ModelSerializer[Barrier]):
    """One thing that can get in the way of coming."""

    class Meta:
        model = Barrier
        fields = ("code", "group", "label")


def barrier_code(**options: Any) -> serializers.SlugRelatedField[Barrier]:
    """One of the practice's barriers, by its code."""
    return serializers.SlugRelatedField(
        **options,
        slug_field="code",
        queryset=barriers(),
        error_messages={"does_not_exist": "This is not on the practice's list of barriers."},
    )


class MemberShape(serializers.Serializer[Any]):
    """Somebody's place in a case."""

    client = Reference(clients_visible_to)
    role = serializers.ChoiceField(choices=MemberRole.choices, default=MemberRole.CLIENT)
    engagement = serializers.ChoiceField(choices=Engagement.choices, default=Engagement.JOINED)


class GuardianShape(serializers.Serializer[Any]):
    """Who stands in for a minor, and in what."""

    guardian = Reference(clients_visible_to)
    relation = serializers.CharField(max_length=40, default="", allow_blank=True)
    may_receive = serializers.BooleanField(default=True, help_text="Gets the minor's messages.")
    may_consent = serializers.BooleanField(default=False)


def clinicians_for(user: User) -> Any:
    """Who can lead: the same for everybody who may book."""
    return clinicians()


class CaseShape(serializers.Serializer[Any]):
    """A case to be opened."""

    kind = serializers.ChoiceField(choices=Case.Kind.choices)
    title = serializers.CharField(max_length=80, default="", allow_blank=True)
    is_addiction = serializers.BooleanField(default=False)
    clinicians = References(clinicians_for, min_length=1, max_length=6)
    members = MemberShape(many=True, allow_empty=False)

    def validate_members(self, members: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({member["client"].pk for member in members}) < len(members):
            raise serializers.ValidationError("Somebody is named twice.")
        return members
