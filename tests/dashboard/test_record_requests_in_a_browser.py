"""Asking for the record, in a real browser: from the desk that hears it to the clinician who decides."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from clients.models import Case, RecordRequest
from tests.plugins.everybody import IsForEverybody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


def test_the_desk_notes_who_asks_and_the_clinician_decides(
    open_page: OpenPage, is_for_everybody: IsForEverybody, desk: User, amara: User, field_case: Case
) -> None:
    theirs = open_page(desk, f"/clients/cases/{field_case.public_id}/")
    theirs.get_by_role("link", name="Somebody asks for the record").click()
    theirs.get_by_label("Jonah Field").check()
    is_for_everybody(theirs)
    theirs.get_by_role("button", name="Tell their clinician").click()
    expect(theirs.get_by_text("with their clinician")).to_be_visible()

    mine = open_page(amara, "/", viewport=PHONE)
    expect(mine.get_by_text("Yours to decide, after a review")).to_be_visible()
    is_for_everybody(mine)
    mine.get_by_role("link", name="Jonah Field").click()
    mine.get_by_label("Not given out").check()
    mine.get_by_label("What went, and to whom").fill("Both would have to sign")
    is_for_everybody(mine)
    mine.get_by_role("button", name="Note it").click()
    expect(mine.get_by_text("Both would have to sign")).to_be_visible()
    assert RecordRequest.objects.get().decision == "kept_back"
    theirs.reload()
    expect(theirs.get_by_text("Not given out")).to_be_visible()
    expect(theirs.get_by_text("Both would have to sign")).to_have_count(0)
