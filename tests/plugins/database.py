"""A migrated database for each test process, made as the owner and used as the program."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg2 import sql
from pytest_django import DjangoDbBlocker

from accounts import prepared
from tests.plugins import reference

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE_LOCK = 7_031_946
THIRD_PARTY = ("django", "django-allauth", "django-pghistory", "django-pgtrigger")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Copy a migrated template, made as the owner, and connect to it as the program."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"test_kept_{worker}"
    with django_db_blocker.unblock():
        _copy_template(_migrated_template(), name)
        _use_database(name)
        with owner_connection():
            call_command("grant_roles", verbosity=0)
            reference.remember()
        _let_tests_empty_tables()
    yield
    connection.close()


@contextmanager
def owner_connection() -> Iterator[None]:
    """Be the owner of the tables for a while, on Django's own connection."""
    owner = urlsplit(os.environ["KEPT_DATABASE_OWNER_URL"])
    app = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update(USER=owner.username, PASSWORD=owner.password)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(app)


def _use_database(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


@contextmanager
def _maintenance() -> Iterator["psycopg2.extensions.cursor"]:
    link = psycopg2.connect(os.environ["KEPT_DATABASE_OWNER_URL"])
    link.autocommit = True
    try:
        with link.cursor() as cursor:
            yield cursor
    finally:
        link.close()


def _migrated_template() -> str:
    """Return the template for today's migrations, made by whichever process comes first."""
    name = f"template_{_fingerprint()}"
    with _maintenance() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%%'")
        known = {str(row[0]) for row in cursor.fetchall()}
        if name not in known:
            for old in known:
                cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            _make_template(cursor, name)
    return name


def _make_template(cursor: "psycopg2.extensions.cursor", name: str) -> None:
    # Renamed when whole: an interrupted migration is no template.
    cursor.execute("DROP DATABASE IF EXISTS unfinished WITH (FORCE)")
    cursor.execute("CREATE DATABASE unfinished")
    _use_database("unfinished")
    with owner_connection():
        call_command("migrate", verbosity=0, interactive=False)
    cursor.execute(sql.SQL("ALTER DATABASE unfinished RENAME TO {}").format(sql.Identifier(name)))


def _copy_template(template: str, name: str) -> None:
    with _maintenance() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        cursor.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for package in THIRD_PARTY:
        digest.update(f"{package}={version(package)}\n".encode())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _let_tests_empty_tables() -> None:
    """After a test with real transactions, instead of Django's flush."""

    def empty(test: TransactionTestCase) -> None:
        with owner_connection(), transaction.atomic():
            reference.empty_and_restore()

    TransactionTestCase._fixture_teardown = empty  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _nothing_asked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    # What one test changed is rolled back without a word; polls of the next would take the former's answers.
    monkeypatch.setattr(prepared, "_answers", prepared._Answers(""))
    # A catalogue of one test's own would speak in the next one's menus.
    caches["drawn"].clear()


@pytest.fixture(autouse=True, scope="session")
def _hash_passwords_quickly(django_test_environment: None) -> None:
    # The production hasher is slow on purpose; its own test names it.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
