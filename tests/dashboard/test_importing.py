"""The import's pages: columns, meanings, the trial, the refused rows, what came in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from clients.models import Client
from importing.models import ImportRun
from importing.running import bring_in_asked

FILE = b"""First Name,Last Name,DOB,Status,Contact notes
Alma,Reed,03/05/1985,Active,no voicemail
Theo,Marsh,04/06/1979,Active,
,Nobody,04/06/1979,Active,
=cmd,Formula,x,Active,
"""


@pytest.fixture
def ari(client: Browser, admin_user: User) -> Browser:
    client.force_login(admin_user)
    return client


def words(response: Any) -> str:
    return str(response.content.decode())


def url(name: str, run: ImportRun, **parts: str) -> str:
    return reverse(f"dashboard:{name}", kwargs={"public_id": run.public_id, **parts})


@pytest.fixture
def run(ari: Browser) -> ImportRun:
    file = SimpleUploadedFile("clients.csv", FILE, "text/csv")
    answer = ari.post(reverse("dashboard:imports"), {"clients": file})
    found = ImportRun.objects.get()
    assert answer["Location"] == url("import-columns", found)
    return found


COLUMNS = {
    "clients-0": "given_name",
    "clients-1": "family_name",
    "clients-2": "born_on",
    "clients-3": "",
    "clients-4": "",
}


def test_each_column_is_shown_with_its_values_and_our_guess(ari: Browser, run: ImportRun) -> None:
    page = words(ari.get(url("import-columns", run)))
    assert '<option value="given_name" selected>First name</option>' in page
    assert "03/05/1985" in page
    assert "Look before you leave it aside" not in page  # "Contact notes" does not say so by its name
    assert '<option value="standing" selected>' in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (COLUMNS | {"clients-0": ""}, "Say which column holds"),
        (COLUMNS | {"clients-1": "given_name"}, "the same thing: “First Name”, “Last Name”."),
        (COLUMNS | {"clients-1": "shoe size"}, "Select a valid choice"),
    ],
)
def test_a_map_that_cannot_be_is_refused_and_kept(
    ari: Browser, run: ImportRun, said: dict[str, str], sentence: str
) -> None:
    answer = ari.post(url("import-columns", run), said)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert '<option value="born_on" selected>' in words(answer)


def test_the_order_of_dates_is_asked_where_nothing_proves_it(ari: Browser, run: ImportRun) -> None:
    assert ari.post(url("import-columns", run), COLUMNS).status_code == 302
    page = words(ari.get(url("import-meanings", run)))
    assert "The values do not tell." in page
    assert "checked" not in page.split("How are days written?")[1].split("</fieldset>")[0]
    answer = ari.post(url("import-meanings", run), {})
    assert answer.status_code == 422
    assert "Only you can tell. Choose one." in words(answer)


@pytest.fixture
def tried(ari: Browser, run: ImportRun) -> ImportRun:
    ari.post(url("import-columns", run), COLUMNS)
    answer = ari.post(url("import-meanings", run), {"clients-order": "dmy"})
    assert answer["Location"] == url("import", run)
    assert "It is being tried" in words(ari.get(url("import", run)))
    assert "HX-Refresh" not in ari.get(url("import-progress", run))
    bring_in_asked(now=timezone.now())
    assert ari.get(url("import-progress", run))["HX-Refresh"] == "true"
    return run


def test_the_trial_shows_what_would_come_in_and_the_refused_rows(ari: Browser, tried: ImportRun) -> None:
    page = words(ari.get(url("import", tried)))
    assert "This would come in" in page
    assert "2 rows stay out" in page
    assert "“First Name” is empty." in page
    assert "Bring 2 rows in" in page
    assert not Client.objects.exists()


def test_refused_rows_are_downloaded_safely(ari: Browser, tried: ImportRun) -> None:
    answer = ari.get(url("import-refused", tried, kind="clients"))
    lines = b"".join(answer).decode().splitlines()
    # Its first character tells a spreadsheet which alphabet it is.
    assert lines[0] == "\ufeffKept: line,Kept: reason,First Name,Last Name,DOB,Status,Contact notes"
    assert len(lines) == 3
    assert ",'=cmd,Formula," in lines[2]
    assert "no-store" in answer["Cache-Control"]


def test_it_comes_in_and_says_what_comes_next(ari: Browser, tried: ImportRun) -> None:
    ari.post(url("import-run", tried))
    bring_in_asked(now=timezone.now())
    page = words(ari.get(url("import", tried)))
    assert "This came in" in page
    assert "2 clients have not agreed to messages" in page
    assert Client.objects.get(given_name="Alma").born_on.isoformat() == "1985-05-03"  # type: ignore[union-attr]
    assert "tried, not in yet" not in words(ari.get(reverse("dashboard:imports")))


def test_removed_files_are_gone_and_lead_back(ari: Browser, tried: ImportRun) -> None:
    ari.post(url("import-removal", tried))
    for name, parts in (("import-columns", {}), ("import-refused", {"kind": "clients"})):
        assert ari.get(url(name, tried, **parts))["Location"] == reverse("dashboard:imports")
    assert "The files were removed" in words(ari.get(url("import", tried)))


def test_nothing_chosen_is_said_kindly(ari: Browser) -> None:
    answer = ari.post(reverse("dashboard:imports"), {})
    assert answer.status_code == 422
    assert "Choose a file first" in words(answer)


def test_the_list_costs_the_same_however_long(
    ari: Browser, run: ImportRun, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _again in range(2):
        with django_assert_max_num_queries(12):
            ari.get(reverse("dashboard:imports"))
        for _each in range(4):
            ari.post(reverse("dashboard:imports"), {"clients": SimpleUploadedFile("c.csv", FILE)})
