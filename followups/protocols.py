"""Keeps the shipped protocols in the database, and answers which version is the current one."""

from django.db import transaction

from accounts.prepared import Prepared, columns_of, records_of
from followups.models import Counted, MissPattern, PatternKind, Protocol, ProtocolVersion, StepPlan
from followups.shipped import SHIPPED, Shipped

_NEWEST = Prepared(
    "current_protocol_versions",
    f"""
    SELECT DISTINCT ON (v.protocol_id) {columns_of(ProtocolVersion, "v")}, {columns_of(Protocol, "p")}
    FROM followups_protocolversion v JOIN followups_protocol p ON p.id = v.protocol_id
    ORDER BY v.protocol_id, v.number DESC
    """,  # noqa: S608 - the columns are our own
    values=0,
)


def install_shipped() -> int:
    """Put in place what ships and is not there yet; returns how many revisions were added.

    What the practice changed stays: a protocol's own fields are written once, a version is added
    only for a revision that it never had, and steps that the practice wrote stay in force.
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
    newest: dict[str, ProtocolVersion] = {}
    for values in _NEWEST.rows():
        version, version.protocol = records_of((ProtocolVersion, Protocol), values)
        newest[version.protocol.code] = version
    return newest


def newest_version(protocol: Protocol) -> ProtocolVersion:
    """The version in force of one protocol."""
    return protocol.versions.select_related("protocol").latest("number")


def shipped_plan(code: str) -> list[StepPlan]:
    """The steps as Kept has them."""
    steps = next(shipped.steps for shipped in SHIPPED if shipped.code == code)
    return [StepPlan.read(step) for step in steps]


def is_own(version: ProtocolVersion) -> bool:
    """Whether the practice wrote these steps itself, rather than Kept, now or in an earlier revision."""
    came_with_kept = version.protocol.versions.exclude(shipped_revision=None)
    return all(shipped.plan != version.plan for shipped in came_with_kept)


def _protocol(shipped: Shipped) -> Protocol:
    protocol, is_new = Protocol.objects.get_or_create(
        code=shipped.code,
        defaults={
            "name": str(shipped.code.label),
            "rank": shipped.rank,
            "is_sensitive": shipped.is_sensitive,
            "closes_itself": shipped.closes_itself,
            "pattern_count": shipped.pattern_count,
            "pattern_days": shipped.pattern_days,
        },
    )
    if is_new and shipped.misses_in_days:
        times, days = shipped.misses_in_days
        MissPattern.objects.create(
            protocol=protocol,
            kind=PatternKind.IN_DAYS,
            counted=Counted.WITHOUT_NOTICE,
            times=times,
            days=days,
        )
    return protocol


@transaction.atomic
def _add_version(protocol: Protocol, shipped: Shipped) -> None:
    Protocol.objects.select_for_update().get(pk=protocol.pk)
    newest = protocol.versions.select_related("protocol").order_by("number").last()
    number = newest.number if newest else 0
    ProtocolVersion.objects.create(
        protocol=protocol,
        number=number + 1,
        shipped_revision=shipped.revision,
        steps=list(shipped.steps),
    )
    if newest and is_own(newest):
        ProtocolVersion.objects.create(
            protocol=protocol, number=number + 2, steps=newest.steps, created_by=newest.created_by
        )
