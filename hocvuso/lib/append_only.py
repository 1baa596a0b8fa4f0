"""Tables from which nothing is taken away: triggers on both databases that refuse UPDATE, DELETE and TRUNCATE.

A model asks for it with the class attribute `append_only = True`. SQLite drops triggers whenever it rebuilds a table, so they are
installed again after every migrate, and a start without them is refused (`missing_triggers`).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from hocvuso.lib.errors import NotReady

REFUSAL = "append-only"


def append_only_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def append_only_tables() -> list[str]:
    return [model._meta.db_table for model in append_only_models()]


def install_triggers(using: str) -> None:
    """Idempotent; tables that do not exist yet are left for the next migrate."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in append_only_tables():
            if table in existing:
                for statement in _statements(connection, table):
                    cursor.execute(statement)


def missing_triggers(using: str) -> list[str]:
    """Names of tables whose triggers are not all in place."""
    connection = connections[using]
    wanted = {name: table for table in append_only_tables() for name in _names(connection, table)}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        present = {row[0] for row in cursor.fetchall()}
    return sorted({table for name, table in wanted.items() if name not in present})


def demand_triggers(using: str) -> None:
    missing = missing_triggers(using)
    if missing:
        raise NotReady(
            f"Không khởi động: bảng chỉ-ghi-thêm thiếu khóa bảo vệ ({', '.join(missing)}). "
            "Chạy `hocvuso migrate` để cài lại, rồi kiểm tra `hocvuso audit verify`."
        )


def _names(connection: BaseDatabaseWrapper, table: str) -> Iterable[str]:
    events = ("update", "delete") if connection.vendor == "sqlite" else ("row", "truncate")
    return [f"{table}_no_{event}" for event in events]


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
            for event in ("update", "delete")
        ]
    return [
        f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{REFUSAL}: {table}'; END $$""",
        f"""CREATE OR REPLACE TRIGGER {table}_no_row BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
        f"""CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
    ]
