"""How the API shows a court's order and what goes to the court, and what it takes."""

from typing import Any

from rest_framework import serializers

from accounts.resources import Reference
from clients.access import clients_visible_to, reporting_dates_of
from clients.mandates import MOST_MISSES
from clients.models import DisclosureBasis, DisclosurePart, Mandate, ReportingDate
from clients.serializers import PersonSerializer
from followups.models import CourtReport, Disclosure, ReportException, ReportKind


def _person(source: str) -> serializers.CharField:
    """A colleague by name."""
    return serializers.CharField(source=f"{source}.name", allow_null=True, default=None, read_only=True)


class ReportingDateSerializer(serializers.ModelSerializer[ReportingDate]):
    """A day by which the court expects a report."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    settled_by = _person("settled_by")

    class Meta:
        model = ReportingDate
        fields = ("id", "due_on", "settled_at", "settled_by", "settled_because")


class BasisSerializer(serializers.ModelSerializer[DisclosureBasis]):
    """A consent on file, or a sufficient court order."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = DisclosureBasis
        fields = (
            "id", "kind", "discloser", "recipient", "covers", "purpose", "signed_on", "expires_on",
            "expires_when", "reference", "says_how_to_revoke", "says_redisclosure", "names_substance_use",
            "is_under_part_2", "ended_on", "ended_how",
        )  # fmt: skip


class DisclosureSerializer(serializers.ModelSerializer[Disclosure]):
    """What went to the court, in the log that nobody changes."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    disclosed_by = _person("disclosed_by")

    class Meta:
        model = Disclosure
        fields = ("id", "kind", "parts", "recipient", "notice", "disclosed_by", "disclosed_at")


class ExceptionSerializer(serializers.ModelSerializer[ReportException]):
    """A supervisor answers for a notice on one day."""

    due_on = serializers.DateField(source="reporting_date.due_on")
    granted_by = _person("granted_by")

    class Meta:
        model = ReportException
        fields = ("due_on", "because", "granted_by", "granted_at")


IMPRINT = "Of the words as they stand: whoever approves or signs them says which they read."


class ReadShape(serializers.Serializer[Any]):
    """Which words were read."""

    imprint = serializers.CharField(max_length=64, help_text="As the words had it when they were read.")


class CourtReportSerializer(serializers.ModelSerializer[CourtReport]):
    """A report: a draft until it is signed, and on its way once it is noted so."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    mandate = serializers.UUIDField(source="mandate.public_id", read_only=True)
    signed_by = _person("signed_by")
    imprint = serializers.CharField(read_only=True, help_text=IMPRINT)
    disclosure = serializers.UUIDField(
        source="disclosure.public_id", default=None, allow_null=True, read_only=True
    )

    class Meta:
        model = CourtReport
        fields = (
            "id", "mandate", "kind", "parts", "since_on", "until_on", "account", "barriers", "plan",
            "written_at", "approved_at", "signed_at", "signed_by", "disclosure", "imprint",
        )  # fmt: skip


class LockSerializer(serializers.Serializer[Any]):
    """What may go now."""

    kind = serializers.ChoiceField(choices=ReportKind.choices)
    lock = serializers.CharField(allow_blank=True, help_text="What opens it; empty if nothing holds it.")


class MandateDetailSerializer(serializers.ModelSerializer[Mandate]):
    """A court's order with its days, what permits a word to the court, and what went."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    case = serializers.UUIDField(source="case.public_id", read_only=True)
    client = PersonSerializer(read_only=True)
    reporting_dates = ReportingDateSerializer(many=True, read_only=True)
    bases = BasisSerializer(many=True, read_only=True)

    class Meta:
        model = Mandate
        fields = (
            "id", "case", "client", "order_reference", "terms", "contact_name", "contact_details",
            "misses_before_alert", "ended_on", "reporting_dates", "bases",
        )  # fmt: skip


class OrderSerializer(serializers.Serializer[Any]):
    """All that the page of an order shows."""

    mandate = MandateDetailSerializer()
    locks = LockSerializer(many=True)
    exceptions = ExceptionSerializer(many=True)
    reports = CourtReportSerializer(many=True)
    disclosures = DisclosureSerializer(many=True)


class MandateShape(serializers.Serializer[Any]):
    """What an order says."""

    order_reference = serializers.CharField(max_length=80)
    terms = serializers.CharField(default="", allow_blank=True, max_length=4000)
    contact_name = serializers.CharField(default="", allow_blank=True, max_length=120)
    contact_details = serializers.CharField(default="", allow_blank=True, max_length=200)
    misses_before_alert = serializers.IntegerField(default=2, min_value=1, max_value=MOST_MISSES)


class NewMandateShape(MandateShape):
    """A new order, for whom, and the days on which reports are due."""

    client = Reference(clients_visible_to)
    due_on = serializers.ListField(child=serializers.DateField(), default=list, max_length=60)


class DueShape(serializers.Serializer[Any]):
    """A day on which the court expects a report."""

    due_on = serializers.DateField()


class BasisShape(serializers.Serializer[Any]):
    """What a signed consent or a sufficient order says."""

    kind = serializers.ChoiceField(choices=DisclosureBasis.Kind.choices)
    discloser = serializers.CharField(max_length=120)
    recipient = serializers.CharField(max_length=200)
    purpose = serializers.CharField(max_length=200)
    covers = serializers.ListField(
        child=serializers.ChoiceField(choices=DisclosurePart.choices), default=list, max_length=5
    )
    signed_on = serializers.DateField()
    expires_on = serializers.DateField(default=None, allow_null=True)
    expires_when = serializers.CharField(default="", allow_blank=True, max_length=200)
    reference = serializers.CharField(default="", allow_blank=True, max_length=80)
    says_how_to_revoke = serializers.BooleanField(default=False)
    says_redisclosure = serializers.BooleanField(default=False)
    names_substance_use = serializers.BooleanField(default=False)
    is_under_part_2 = serializers.BooleanField(default=False)


class EndingShape(serializers.Serializer[Any]):
    """How a consent or an order came to its end."""

    ended_how = serializers.ChoiceField(choices=DisclosureBasis.Ending.choices)


class ToTheCourtShape(serializers.Serializer[Any]):
    """What goes, and for which day."""

    kind = serializers.ChoiceField(choices=ReportKind.choices)
    parts = serializers.ListField(
        child=serializers.ChoiceField(choices=DisclosurePart.choices),
        default=list,
        max_length=5,
        help_text="Attendance always; more only as the consent covers it and the client approved it.",
    )
    reporting_date = Reference(reporting_dates_of, default=None, allow_null=True)


class DisclosureShape(ToTheCourtShape):
    """What goes another way than as a report."""

    is_approved = serializers.BooleanField(
        default=False, help_text="The client approved what goes beyond attendance."
    )


class ReportShape(ToTheCourtShape):
    """A report's days and the words written for the court."""

    since_on = serializers.DateField()
    until_on = serializers.DateField()
    account = serializers.CharField(default="", allow_blank=True, max_length=4000)
    barriers = serializers.CharField(default="", allow_blank=True, max_length=1000)
    plan = serializers.CharField(default="", allow_blank=True, max_length=4000)
    keep_flagged = serializers.BooleanField(
        default=False, help_text="Keep words that may sound like blame, having seen what is flagged."
    )


class ChangedReportShape(ReportShape):
    """A report written anew, and which words it takes the place of."""

    imprint = serializers.CharField(
        max_length=64,
        required=False,
        help_text="Of the words that were read; 409 where they have changed since.",
    )


class SettlingShape(serializers.Serializer[Any]):
    """How it was settled, or why it cannot wait."""

    because = serializers.CharField(max_length=200)
