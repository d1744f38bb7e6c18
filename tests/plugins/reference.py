"""What migrations put into tables survives the tests that empty all of them."""

from typing import Any

from django.apps import AppConfig, apps
from django.core.serializers import sort_dependencies
from django.db import connection, models
from django.db.models.signals import post_migrate

from accounts.management.commands.grant_roles import is_append_only

OURS = ("accounts", "clients", "sessions_app", "attendance", "reminders", "followups")


def remember() -> None:
    """Copy what stands after migrating, as the owner; put it back after each flush."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA reference")
        cursor.execute("GRANT USAGE ON SCHEMA reference TO kept_app")
        for table in _tables():
            cursor.execute(f'CREATE TABLE reference."{table}" AS TABLE public."{table}"')
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA reference TO kept_app")
    # Django sends this after the flush that ends a test with real transactions.
    post_migrate.connect(_restore, dispatch_uid="tests.reference")


def _restore(sender: AppConfig, **_: Any) -> None:
    if sender.label != "accounts":
        return
    with connection.cursor() as cursor:
        for table, columns in _columns().items():
            cursor.execute(
                f'INSERT INTO public."{table}" ({columns}) SELECT {columns}'
                f' FROM reference."{table}" ON CONFLICT DO NOTHING'
            )


def _tables() -> list[str]:
    groups: list[tuple[AppConfig, None]] = [(apps.get_app_config(label), None) for label in OURS]
    found: list[type[models.Model]] = sort_dependencies(groups)
    return [model._meta.db_table for model in found if not (is_append_only(model) or model._meta.proxy)]


def _columns() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
            " WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name"
        )
        found = dict(cursor.fetchall())
    return {table: found[table] for table in _tables()}
