from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from hocvuso.audit.actions import record_act, seal_entries
from hocvuso.audit.models import Entry, Seal
from hocvuso.audit.queries import verify_chain

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _act(number: int) -> Entry:
    return record_act("adopt_plan", by="7", object_type="plan", object_id=number, fields=["title"])


def test_an_untouched_chain_is_whole() -> None:
    for number in range(3):
        _act(number)
        seal_entries()
    verdict = verify_chain()
    assert (verdict.whole, verdict.seals, verdict.entries, verdict.unsealed) == (True, 3, 3, 0)


def test_nothing_new_makes_no_seal() -> None:
    _act(1)
    assert seal_entries() is not None
    assert seal_entries() is None


def test_a_straggler_goes_into_the_next_seal() -> None:
    late = Entry(pk=1, at=_act(2).at, actor="7", verb="x", object_type="plan", object_id="1", fields=[])
    seal_entries()
    late.save(force_insert=True) if not Entry.objects.filter(pk=1).exists() else _act(3)
    seal_entries()
    assert verify_chain().whole


@pytest.mark.parametrize("damage", ["UPDATE audit_entry SET actor = '8'", "UPDATE audit_entry SET fields = '[]'"])
def test_a_changed_row_breaks_its_seal(damage: str) -> None:
    _act(1)
    seal = seal_entries()
    assert seal is not None
    _without_triggers(damage)
    assert verify_chain().broken_seals == (seal.pk,)


def test_a_removed_row_and_a_removed_seal_are_seen() -> None:
    for number in range(3):
        _act(number)
        seal_entries()
    middle = Seal.objects.order_by("pk")[1].pk
    _without_triggers(
        f"DELETE FROM audit_sealedentry WHERE seal_id = {middle}", f"DELETE FROM audit_seal WHERE id = {middle}"
    )
    assert not verify_chain().whole


def test_the_audit_refuses_change() -> None:
    _act(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = '8'")


def _without_triggers(*damage: str) -> None:
    """What somebody with the database's own password could do."""
    tables = ("audit_entry", "audit_seal", "audit_sealedentry")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # foreign keys still waiting to be checked would refuse the ALTER
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            if connection.vendor == "sqlite":
                for event in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER {table}_no_{event}")
            else:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for sql in damage:
            cursor.execute(sql)
