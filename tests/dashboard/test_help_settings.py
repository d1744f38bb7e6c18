"""The practice keeps its own map from what gets in the way to what can help (row 2.9)."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from clients.catalogue import what_helps
from clients.models import Barrier, Resource, Strategy

SignIn = Callable[[User], Browser]


def test_the_directory_and_the_map_are_kept_by_the_practice(browser_of: SignIn, admin_user: User) -> None:
    browser = browser_of(admin_user)
    sent = {
        "name": "Lakeside rides",
        "details": "Free rides to appointments",
        "phone": "311",
        "url": "https://rides.example.org",
        "barriers": ["transportation", "illness"],
        "is_active": "on",
    }
    assert browser.post(reverse("dashboard:new-resource"), sent).status_code == 302
    ride = Resource.objects.get()
    shown = browser.get(reverse("dashboard:help-settings")).content.decode()
    assert shown.count("Lakeside rides") == 3  # at both barriers, and in the directory
    page = reverse("dashboard:resource", args=[ride.public_id])
    assert browser.post(page, sent | {"barriers": ["illness"]}).status_code == 302
    assert what_helps(Barrier.objects.filter(code="transportation"))[0].resources == ()
    refused = browser.post(page, sent | {"name": "", "url": "not an address"})
    assert refused.status_code == 422
    assert "Free rides to appointments" in refused.content.decode()


def test_a_shipped_strategy_may_be_put_out_of_use_and_own_ones_added(
    browser_of: SignIn, admin_user: User
) -> None:
    browser = browser_of(admin_user)
    flexibility = Strategy.objects.get(code="flexibility")
    page = reverse("dashboard:strategy", args=[flexibility.public_id])
    assert "Look for a time together" in browser.get(page).content.decode()
    assert browser.post(page, {"name": flexibility.name, "barriers": []}).status_code == 302
    own = {"name": "Bring the little one", "barriers": ["family_issue"], "is_active": "on"}
    assert browser.post(reverse("dashboard:new-strategy"), own).status_code == 302
    [helped] = what_helps(Barrier.objects.filter(code="family_issue"))
    names = {one.name for one in helped.strategies}
    assert "Bring the little one" in names
    assert flexibility.name not in names


@pytest.mark.parametrize("taken", ["Transport", "transport "])
def test_barriers_of_its_own_stand_beside_those_that_stay(
    taken: str, browser_of: SignIn, admin_user: User
) -> None:
    browser = browser_of(admin_user)
    new = reverse("dashboard:new-barrier")
    assert browser.post(new, {"label": "Childcare", "group": "life", "is_active": "on"}).status_code == 302
    refused = browser.post(new, {"label": taken, "group": "life", "is_active": "on"})
    assert refused.status_code == 422
    own = reverse("dashboard:own-barrier", args=["childcare"])
    assert browser.post(own, {"label": "Childcare", "group": "logistical"}).status_code == 302
    assert not Barrier.objects.get(code="childcare").is_active
    assert browser.get(reverse("dashboard:own-barrier", args=["stigma"])).status_code == 404


def test_shipped_words_are_shown_in_ones_language_and_stay_shipped_until_changed(
    browser_of: SignIn, admin_user: User
) -> None:
    admin_user.language = "es"
    admin_user.save()
    browser, flexibility = browser_of(admin_user), Strategy.objects.get(code="flexibility")
    page = reverse("dashboard:strategy", args=[flexibility.public_id])
    form = browser.get(page).context["form"]
    with override("es"):
        shown = {name: form[name].value() for name in ("name", "details")}
    assert shown["name"] == "Una hora y una forma que convengan"
    assert shown["name"] in browser.get(page).content.decode()
    browser.post(page, shown | {"is_active": "on"})
    flexibility.refresh_from_db()
    assert (flexibility.name, flexibility.details[:21]) == (
        "A time and a way that fit",
        "Look for a time toget",
    )
    browser.post(page, shown | {"name": "A su hora", "is_active": "on"})
    flexibility.refresh_from_db()
    assert flexibility.name == "A su hora"
