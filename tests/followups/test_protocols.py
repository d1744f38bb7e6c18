"""Protocols ship as data, and what a follow-up began with never changes."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from followups.models import Protocol, ProtocolCode, ProtocolVersion, StepKind
from followups.protocols import current_versions, install_shipped

BLAMING = ("no-show", "failed", "must", "penalty", "non-complian", "violat", "your fault", "should have")


@pytest.fixture
def versions(db: None) -> dict[str, ProtocolVersion]:
    install_shipped()
    return current_versions()


def test_all_seven_ship(versions: dict[str, ProtocolVersion]) -> None:
    assert set(versions) == set(ProtocolCode.values)


def test_installing_twice_adds_nothing(versions: dict[str, ProtocolVersion]) -> None:
    assert install_shipped() == 0
    assert ProtocolVersion.objects.count() == len(ProtocolCode)


def test_what_the_practice_set_stays(versions: dict[str, ProtocolVersion]) -> None:
    Protocol.objects.filter(code=ProtocolCode.REPEATED_NO_SHOWS).update(pattern_count=3)
    install_shipped()
    assert current_versions()[ProtocolCode.REPEATED_NO_SHOWS].protocol.pattern_count == 3


@pytest.mark.parametrize(
    "change", ["UPDATE followups_protocolversion SET steps = '[]'", "DELETE FROM followups_protocolversion"]
)
def test_version_can_be_neither_changed_nor_deleted(
    versions: dict[str, ProtocolVersion], change: str
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_risk_ranks_first_and_late_cancellation_last(versions: dict[str, ProtocolVersion]) -> None:
    by_rank = sorted(versions.values(), key=lambda version: -version.protocol.rank)
    assert [version.protocol.code for version in by_rank] == [
        "at_risk", "court_mandated", "repeated_no_shows", "absent_partner", "reluctant_partner",
        "single_missed", "late_cancellation",
    ]  # fmt: skip


def test_every_mandate_begins_with_a_call_and_reports_last(versions: dict[str, ProtocolVersion]) -> None:
    plan = versions[ProtocolCode.COURT_MANDATED].plan
    assert plan[0].kind == StepKind.CALL
    assert plan[-1].kind == StepKind.REPORT


def test_absent_partner_is_not_reached_first(versions: dict[str, ProtocolVersion]) -> None:
    assert versions[ProtocolCode.ABSENT_PARTNER].plan[0].kind == StepKind.CONVERSATION


def test_review_is_the_last_step_for_repeated_absences(versions: dict[str, ProtocolVersion]) -> None:
    kinds = [step.kind for step in versions[ProtocolCode.REPEATED_NO_SHOWS].plan]
    assert kinds.index(StepKind.REVIEW) == len(kinds) - 1


def test_no_shipped_word_blames(versions: dict[str, ProtocolVersion]) -> None:
    for version in versions.values():
        for step in version.plan:
            words = " ".join([step.title, step.listen, step.later, *step.opening.values()]).lower()
            assert not [blame for blame in BLAMING if blame in words], step.title


def test_every_opening_speaks_spanish_too(versions: dict[str, ProtocolVersion]) -> None:
    openings = [step.opening for version in versions.values() for step in version.plan if step.opening]
    assert openings
    assert all(set(opening) == {"en", "es"} for opening in openings)


def test_sensitive_steps_are_all_the_clinicians(versions: dict[str, ProtocolVersion]) -> None:
    sensitive = [version for version in versions.values() if version.protocol.is_sensitive]
    assert {version.protocol.code for version in sensitive} == {
        "at_risk", "court_mandated", "absent_partner", "reluctant_partner",
    }  # fmt: skip
    assert all(step.owner == "clinician" for version in sensitive for step in version.plan)
