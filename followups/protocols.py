"""Keeps the shipped protocols in the database, and answers which version is the current one."""

from django.db.models import Max

from followups.models import Protocol, ProtocolVersion
from followups.shipped import SHIPPED, Shipped


def install_shipped() -> int:
    """Put in place what ships and is not there yet; returns how many versions were added.

    What the practice changed stays: a protocol's own fields are written once, and a version is
    added only for a revision that it never had.
    """
    known = set(
        ProtocolVersion.objects.exclude(shipped_revision=None).values_list(
            "protocol__code", "shipped_revision"
        )
    )
    missing = [shipped for shipped in SHIPPED if (shipped.code, shipped.revision) not in known]
    for shipped in missing:
        _add_version(_protocol(shipped), shipped)
    return len(missing)


def current_versions() -> dict[str, ProtocolVersion]:
    """The newest version of every protocol, by the protocol's code."""
    newest = ProtocolVersion.objects.order_by("protocol_id", "-number").distinct("protocol_id")
    return {version.protocol.code: version for version in newest.select_related("protocol")}


def _protocol(shipped: Shipped) -> Protocol:
    protocol, _ = Protocol.objects.get_or_create(
        code=shipped.code,
        defaults={
            "name": shipped.code.label,
            "rank": shipped.rank,
            "is_sensitive": shipped.is_sensitive,
            "closes_itself": shipped.closes_itself,
            "pattern_count": shipped.pattern_count,
            "pattern_days": shipped.pattern_days,
        },
    )
    return protocol


def _add_version(protocol: Protocol, shipped: Shipped) -> None:
    latest = protocol.versions.aggregate(number=Max("number"))["number"] or 0
    ProtocolVersion.objects.create(
        protocol=protocol,
        number=latest + 1,
        shipped_revision=shipped.revision,
        steps=list(shipped.steps),
    )
