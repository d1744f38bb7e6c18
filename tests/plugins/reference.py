"""What migrations put into tables survives the tests with real transactions, which empty all of them.

Django's own flush truncates every table, makes every content type and permission anew and asks each app what it
wants to add: half a second for each such test. Rows are deleted here, which costs little where there are few.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.core.serializers import sort_dependencies
from django.db import connection, models

from accounts.management.commands.grant_roles import is_append_only

OURS = ("accounts", "clients", "sessions_app", "attendance", "reminders", "followups")
# Nothing but a migration changes them.
LASTING = ("django_migrations", "django_content_type", "auth_permission")


def remember() -> None:
    """Copy what stands after migrating; as the owner."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA reference")
        for table in _tables():
            cursor.execute(f'CREATE TABLE reference."{table}" AS TABLE public."{table}"')


def empty_and_restore() -> None:
    """Delete all rows and put back what migrations laid; as the owner, in a transaction."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in LASTING]
        # Whatever a server's thread still writes is waited for, as a flush would.
        cursor.execute(f"LOCK TABLE {', '.join(map(_quoted, tables))} IN ACCESS EXCLUSIVE MODE")
        # Everything goes: neither histories nor references between rows are to hold it up.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("; ".join(f"DELETE FROM {_quoted(name)}" for name in tables))
        for table, columns in _columns(cursor).items():
            cursor.execute(
                f'INSERT INTO public."{table}" ({columns}) SELECT {columns} FROM reference."{table}"'
            )


def _quoted(table: str) -> str:
    return f'public."{table}"'


def _tables() -> list[str]:
    groups: list[tuple[AppConfig, None]] = [(apps.get_app_config(label), None) for label in OURS]
    found: list[type[models.Model]] = sort_dependencies(groups)
    ours = [model for model in found if not (is_append_only(model) or model._meta.proxy)]
    fields = [field for model in ours for field in model._meta.local_many_to_many]
    joined = [through for field in fields if (through := field.remote_field.through)]
    # What joins two of them comes after both.
    return list(dict.fromkeys(model._meta.db_table for model in (*ours, *joined)))


def _columns(cursor: Any) -> dict[str, str]:
    cursor.execute(
        "SELECT table_name, string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
        " WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name"
    )
    found = dict(cursor.fetchall())
    return {table: found[table] for table in _tables()}
