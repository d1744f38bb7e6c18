"""Gives the program's role what it needs on every table, and on histories only reading and adding."""

from typing import Any

import pghistory.models
from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, models, transaction
from psycopg2 import sql

READ_AND_ADD = "SELECT, INSERT"
READ_AND_WRITE = "SELECT, INSERT, UPDATE, DELETE"
UNMANAGED = ("django_migrations",)


def is_append_only(model: type[models.Model]) -> bool:
    """Whether rows of this table are facts of the past: change events, views, log lines."""
    return issubclass(model, pghistory.models.Event) or bool(getattr(model, "append_only", False))


class Command(BaseCommand):
    help = "Grant the program's role its rights. Run as the owner of the tables; repeating it is harmless."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", default="kept_app")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        tables = _tables()
        with transaction.atomic(), connection.cursor() as cursor:
            _grant(cursor, "GRANT USAGE ON SCHEMA public TO {role}", role)
            _grant(cursor, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}", role)
            for table, rights in sorted(tables.items()):
                _grant(cursor, f"GRANT {rights} ON {{table}} TO {{role}}", role, table)
            _grant(cursor, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}", role)
        if options["verbosity"] > 0:
            closed = sum(rights == READ_AND_ADD for rights in tables.values())
            self.stdout.write(f"{role}: {len(tables)} tables, {closed} of them append-only.")


def _tables() -> dict[str, str]:
    existing = set(connection.introspection.table_names())
    rights = dict.fromkeys(UNMANAGED, "SELECT")
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            rights[model._meta.db_table] = READ_AND_ADD if is_append_only(model) else READ_AND_WRITE
    return {table: right for table, right in rights.items() if table in existing}


def _grant(cursor: Any, statement: str, role: str, table: str = "") -> None:
    names = {"role": sql.Identifier(role), "table": sql.Identifier(table or role)}
    cursor.execute(sql.SQL(statement).format(**names))
