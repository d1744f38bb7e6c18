"""What missing sessions costs somebody, as clinicians note it; isolation calls for a check (rows 2.3, 2.5)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from clients.models import Case, Client, Consequence
from followups.consequences import note_consequences
from followups.models import FollowUp
from tests.conftest import NOW

KINDS = {
    "continuity",
    "impeded_progress",
    "strained_alliance",
    "stagnation_or_regression",
    "symptoms",
    "isolation_or_hopelessness",
    "disconnection",
    "resource_strain",
    "delayed_support",
    "avoidance_cycle",
}


def test_isolation_or_hopelessness_raises_the_wellbeing_check_at_once(
    rosa: Client, rosa_case: Case, amara: User
) -> None:
    kinds = ["isolation_or_hopelessness", "continuity"]
    noted = note_consequences(
        client=rosa, case=rosa_case, kinds=kinds, words="Nobody calls her", actor=amara, now=NOW
    )
    assert {one.kind for one in noted} == set(kinds)
    follow_up = FollowUp.objects.get(client=rosa)
    assert follow_up.protocol.code == "at_risk"
    assert follow_up.is_open


def test_every_other_consequence_is_noted_and_raises_nothing(
    rosa: Client, rosa_case: Case, amara: User
) -> None:
    assert set(Consequence.Kind.values) == KINDS
    others = KINDS - {"isolation_or_hopelessness"}
    note_consequences(client=rosa, case=rosa_case, kinds=sorted(others), words="", actor=amara, now=NOW)
    assert Consequence.objects.count() == len(others)
    assert not FollowUp.objects.exists()


def test_consequences_are_the_clinicians_to_note_and_read(
    rosa: Client, rosa_case: Case, amara: User, desk: User, luis: User, dana: User
) -> None:
    note_consequences(client=rosa, case=rosa_case, kinds=["symptoms"], words="", actor=amara, now=NOW)
    assert Consequence.objects.clinical_for(dana).exists()
    for stranger in (desk, luis):
        assert not Consequence.objects.clinical_for(stranger).exists()
        with pytest.raises(PermissionDenied):
            note_consequences(
                client=rosa, case=rosa_case, kinds=["symptoms"], words="", actor=stranger, now=NOW
            )
    with pytest.raises(ValidationError, match="what you see"):
        note_consequences(client=rosa, case=rosa_case, kinds=[], words="", actor=amara, now=NOW)
