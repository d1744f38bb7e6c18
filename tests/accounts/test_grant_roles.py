"""What happened can be added to and read, but neither changed nor removed, by the program."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection
from pghistory.models import Events

from accounts.management.commands.grant_roles import is_append_only

pytestmark = pytest.mark.django_db

# pghistory's joint view of all events is a query without a table.
TABLES = [model for model in apps.get_models() if not issubclass(model, Events) and not model._meta.proxy]
HISTORIES = sorted(model._meta.db_table for model in TABLES if is_append_only(model))
OTHERS = sorted(model._meta.db_table for model in TABLES if not is_append_only(model))


def privileges(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants"
            " WHERE grantee = 'kept_app' AND table_name = %s",
            [table],
        )
        return {row[0] for row in cursor.fetchall()}


def test_the_tests_run_as_the_programs_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("kept_app",)


def test_there_are_histories_to_protect() -> None:
    assert {"accounts_userevent", "accounts_viewlog"} <= set(HISTORIES)


@pytest.mark.parametrize("table", HISTORIES)
def test_history_may_be_read_and_added_to_only(table: str) -> None:
    assert privileges(table) == {"SELECT", "INSERT"}


@pytest.mark.parametrize(
    "statement", ["DELETE FROM accounts_userevent", "UPDATE accounts_userevent SET name = ''"]
)
def test_postgresql_itself_refuses_to_rewrite_history(statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_programs_role_cannot_change_tables() -> None:
    with pytest.raises(ProgrammingError, match="must be owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user ADD COLUMN loophole text")


@pytest.mark.parametrize("table", OTHERS)
def test_every_other_table_can_be_used(table: str) -> None:
    assert privileges(table) >= {"SELECT", "INSERT", "UPDATE", "DELETE"}
