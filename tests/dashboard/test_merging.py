"""The pages on which two records of one person become one, and what their old addresses do."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import create_token
from clients.models import Case, Client, ClientMerge
from clients.services import ContactDetails, add_contact_point
from followups.merging import merge_clients
from tests.conftest import NOW, case_of, person

SignIn = Callable[[User], Browser]


@pytest.fixture
def double(rosa: Client, luis: User) -> Client:
    client = person("Rosa", "Mendez", 190, born_on=date(1990, 5, 2))
    case_of(luis, Case.Kind.INDIVIDUAL, client)
    return client


def words(response: Any) -> str:
    return str(response.content.decode())


def merging(kept: Client, gone: Client) -> str:
    return reverse("dashboard:merging", args=[kept.public_id, gone.public_id])


def test_likely_doubles_lead_to_both_side_by_side(
    browser_of: SignIn, desk: User, rosa: Client, double: Client
) -> None:
    browser = browser_of(desk)
    assert merging(rosa, double) in words(browser.get(reverse("dashboard:doubles")))
    assert merging(rosa, double) in words(
        browser.get(reverse("dashboard:double-choice", args=[rosa.public_id]))
    )
    page = words(browser.get(merging(rosa, double)))
    assert "This one is kept" in page
    assert "Dr. Amara Okafor" not in page
    assert "Luis Herrera" in page
    assert 'name="family_name"' in page
    assert 'name="born_on"' not in page  # only one of them says


def test_somebody_known_to_be_the_same_is_found_by_name(
    browser_of: SignIn, desk: User, rosa: Client, maya: Client
) -> None:
    answer = browser_of(desk).post(reverse("dashboard:double-choice", args=[rosa.public_id]), {"q": "maya"})
    assert merging(rosa, maya) in words(answer)


def test_records_are_merged_once_somebody_says_that_they_are_one(
    browser_of: SignIn, desk: User, rosa: Client, double: Client
) -> None:
    browser = browser_of(desk)
    unsure = browser.post(merging(rosa, double), {"family_name": "gone"})
    assert unsure.status_code == 422
    assert "Look once more, and say so here." in words(unsure)
    assert not ClientMerge.objects.exists()
    assert browser.post(merging(rosa, double), {"family_name": "gone", "is_one": "on"}).status_code == 302
    page = words(browser.get(reverse("dashboard:client", args=[rosa.public_id])))
    assert "Rosa Mendez" in page
    assert "was merged into this one" in page
    merge = ClientMerge.objects.get()
    parting = reverse("dashboard:parting", args=[merge.public_id])
    assert parting in page
    assert "Part them again" in words(browser.get(parting))
    assert browser.post(parting)["Location"] == parting
    assert browser.post(parting)["Location"] == parting  # pressed twice
    assert "Rosa Mendes" in words(browser.get(reverse("dashboard:client", args=[rosa.public_id])))
    assert browser.get(reverse("dashboard:client", args=[double.public_id])).status_code == 200


def test_who_goes_back_after_merging_comes_to_the_one_record(
    browser_of: SignIn, desk: User, rosa: Client, double: Client
) -> None:
    """The page stood there with the same record on both sides, and offered to make them one."""
    browser = browser_of(desk)
    sure = {"family_name": "gone", "is_one": "on"}
    browser.post(merging(rosa, double), sure)
    record = reverse("dashboard:client", args=[rosa.public_id])
    for again in (
        browser.get(merging(rosa, double), follow=True),
        browser.post(merging(rosa, double), sure, follow=True),
    ):
        assert again.redirect_chain[-1][0] == record
        assert "was merged into this one" in words(again)
    assert ClientMerge.objects.count() == 1


def test_who_parts_them_reads_what_was_added_meanwhile_and_where_it_is(
    browser_of: SignIn,
    desk: User,
    amara: User,
    luis: User,
    rosa: Client,
    rosa_case: Case,
    double: Client,
    book: Any,
) -> None:
    merge = merge_clients(gone=double, kept=rosa, actor=desk, now=timezone.now())
    book(rosa.cases.exclude(pk=rosa_case.pk).get(), clinicians=(luis,), room=None)
    for at in ("14:00", "16:00"):
        book(rosa_case, at=at)
    add_contact_point(client=rosa, details=ContactDetails(kind="phone", address="+13125550177"), actor=desk)
    Client.objects.filter(pk=rosa.pk).update(born_on=date(1991, 5, 2))
    parting = reverse("dashboard:parting", args=[merge.public_id])
    page = words(browser_of(desk).post(parting, follow=True))
    hers, theirs = page.split("With Rosa Mendez")
    assert "With Rosa Mendes" in hers
    assert "2 sessions" in hers
    assert "1 address" in hers
    assert "Corrected since, and kept: Date of birth" in hers
    assert "1 session<" in theirs
    # The other one is not hers to see any more, nor is what is said of both.
    assert browser_of(amara).get(parting).status_code == 404


def test_two_people_stay_apart_and_the_page_says_why(
    browser_of: SignIn, desk: User, field_case: Case, maya: Client, jonah: Client
) -> None:
    browser = browser_of(desk)
    assert "Both are in one case" in words(browser.get(merging(maya, jonah)))
    answer = browser.post(merging(maya, jonah), {"is_one": "on", "given_name": "kept"})
    assert answer.status_code == 422


def test_an_old_address_leads_to_the_kept_record(
    browser_of: SignIn, desk: User, amara: User, rosa: Client, rosa_case: Case, double: Client
) -> None:
    merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    browser = browser_of(desk)
    old, kept = (reverse("dashboard:client", args=[one.public_id]) for one in (double, rosa))
    assert browser.get(old)["Location"] == kept
    away = reverse("dashboard:away", args=[double.public_id])
    assert browser.get(away)["Location"] == reverse("dashboard:away", args=[rosa.public_id])
    booking = browser.get(f"{reverse('dashboard:booking')}?client={double.public_id}")
    assert booking["Location"].endswith(str(rosa.public_id))
    assert browser_of(amara).get(old)["Location"] == kept


@pytest.mark.parametrize(
    ("name", "sent", "shown"),
    [
        ("guardian-new", {"relation": 'her "aunt" <from afar>', "who": "new"}, ['her "aunt" <from afar>']),
        ("contact-new", {"kind": "phone", "address": "+13125550188"}, ["+13125550188"]),
        # What the page had said already is not theirs.
        (
            "client-details",
            {"given_name": "Rosa Maria", "initial-given_name": "Rosa Maria", "pronouns": "she/her"},
            ["she/her"],
        ),
    ],
)
def test_what_was_written_for_a_record_merged_meanwhile_is_shown_and_nothing_is_done(
    name: str, sent: dict[str, str], shown: list[str],
    browser_of: SignIn, desk: User, rosa: Client, double: Client,
) -> None:  # fmt: skip
    merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    before = Client.objects.count(), rosa.contact_points.count()
    answer = browser_of(desk).post(reverse(f"dashboard:{name}", args=[double.public_id]), sent)
    assert answer.status_code == 409
    found = re.findall(r'<blockquote class="their-words">(.*?)</blockquote>', words(answer), re.DOTALL)
    assert [unescape(one) for one in found] == shown
    assert f'href="{reverse("dashboard:client", args=[rosa.public_id])}"' in words(answer)
    assert (Client.objects.count(), rosa.contact_points.count()) == before


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("away", {"away_from": "2026-12-01"}),
        ("leaving", {"on": "2026-12-01"}),
        ("safe-contact", {"level": "none", "reason": ""}),
    ],
)
def test_a_decision_about_a_record_merged_meanwhile_is_made_anew(
    name: str,
    sent: dict[str, str],
    browser_of: SignIn,
    amara: User,
    desk: User,
    rosa: Client,
    rosa_case: Case,
    double: Client,
) -> None:
    merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    answer = browser_of(amara).post(reverse(f"dashboard:{name}", args=[double.public_id]), sent, follow=True)
    assert answer.redirect_chain == [(reverse("dashboard:client", args=[rosa.public_id]), 302)]
    assert "was merged with another one" in words(answer)


def test_an_old_address_is_nothing_to_who_may_not_see_the_kept_record(
    browser_of: SignIn, desk: User, amara: User, rosa: Client, double: Client
) -> None:
    merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    assert browser_of(amara).get(reverse("dashboard:client", args=[double.public_id])).status_code == 404


def test_the_api_leads_on_for_reading_and_refuses_writing(desk: User, rosa: Client, double: Client) -> None:
    merge_clients(gone=double, kept=rosa, actor=desk, now=NOW)
    caller = APIClient()
    caller.credentials(HTTP_AUTHORIZATION=f"Bearer {create_token(user=desk, name='t', actor=desk)[1]}")
    path = reverse("api:client", args=[double.public_id])
    read = caller.get(path)
    assert (read.status_code, read["Location"]) == (307, reverse("api:client", args=[rosa.public_id]))
    write = caller.patch(path, {"pronouns": "she/her"}, format="json")
    assert write.status_code == 409
    assert write.json()["type"] == "urn:kept:problem:replaced"
    assert str(rosa.public_id) in write.json()["detail"]
    assert str(double.public_id) not in words(caller.get(reverse("api:clients")))
