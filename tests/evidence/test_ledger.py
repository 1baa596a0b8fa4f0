from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from hocvuso.audit.models import Entry
from hocvuso.evidence.actions import fact_about, record_evidence, state_count, void_evidence
from hocvuso.evidence.models import Evidence, StatedCount
from hocvuso.evidence.queries import not_voided, stated_counts
from hocvuso.lib.append_only import append_only_tables, demand_triggers, install_triggers, missing_triggers
from hocvuso.lib.errors import BadInput, NotReady, Refused, UnknownName
from tests.make.evidence import fact, passed
from tests.make.people import person
from tests.make.places import Country

TODAY = dt.date(2025, 10, 17)
pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_the_same_fact_sent_twice_changes_nothing(land: Country) -> None:
    lan = person("Lan", land.villages[0])
    one = fact_about(lan, "info_contact", on=TODAY, source="to-cong-nghe-so", source_ref="lop-1/lan")
    first = record_evidence([one, one], by=":test", today=TODAY)
    again = record_evidence([one], by=":test", today=TODAY)
    assert (first.new, first.known, again.new, again.known) == (1, 1, 0, 1)
    assert Evidence.objects.count() == 1


def test_a_fact_carries_who_the_person_was_then(land: Country) -> None:
    lan = person("Lan", land.villages[0], org=land.ubnd, group="officials", born=1990)
    row = passed(lan)
    assert (row.unit, row.org, row.group, row.birth_year) == (land.villages[0], land.ubnd, "officials", 1990)
    lan.unit = land.villages[2]
    lan.save()
    row.refresh_from_db()
    assert row.unit == land.villages[0]


@pytest.mark.parametrize(
    ("kind", "more", "why"),
    [
        ("assessment_passed", {"detail": {"score": 80, "framework": "x"}}, "cần mức"),
        ("assessment_passed", {"level": "usable", "detail": {"score": 180, "framework": "x"}}, "score"),
        ("assessment_passed", {"level": "usable", "detail": {}}, "chi tiết"),
        ("skill_guided", {}, "kỹ năng"),
        ("info_contact", {"on": dt.date(2025, 10, 18)}, "18/10/2025"),
        ("info_contact", {"detail": {"cccd": "1"}}, "chi tiết"),
    ],
)
def test_one_bad_line_refuses_the_whole_list_and_names_the_line(land: Country, kind: str, more: dict, why: str) -> None:  # type: ignore[type-arg]
    lan = person("Lan", land.villages[0])
    good = fact_about(lan, "info_contact", on=TODAY, source="hoc-vu-so", source_ref="1")
    bad = fact_about(lan, kind, **{"on": TODAY, "source": "hoc-vu-so", "source_ref": "2", **more})
    with pytest.raises(BadInput, match=why) as refusal:
        record_evidence([good, bad], by=":test", today=TODAY)
    assert "Dòng 2" in str(refusal.value)
    assert not Evidence.objects.exists()


def test_an_unknown_kind_or_source_is_refused_by_name(land: Country) -> None:
    lan = person("Lan", land.villages[0])
    with pytest.raises(UnknownName, match="khong-co"):
        record_evidence(
            [fact_about(lan, "khong-co", on=TODAY, source="hoc-vu-so", source_ref="1")], by=":t", today=TODAY
        )
    with pytest.raises(UnknownName, match="la-lam"):
        record_evidence(
            [fact_about(lan, "info_contact", on=TODAY, source="la-lam", source_ref="1")], by=":t", today=TODAY
        )


def test_the_ledger_refuses_update_and_delete(land: Country) -> None:
    row = fact(person("Lan", land.villages[0]), "info_contact")
    for sql in ("UPDATE evidence_evidence SET kind = 'x'", "DELETE FROM evidence_evidence"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.delete()
    assert Evidence.objects.count() == 1


def test_insert_or_replace_and_truncate_do_not_pass_either(land: Country) -> None:
    row = fact(person("Lan", land.villages[0]), "info_contact")
    if connection.vendor == "sqlite":
        sql = "INSERT OR REPLACE INTO evidence_evidence SELECT * FROM evidence_evidence"
    else:
        sql = "TRUNCATE evidence_evidence CASCADE"
        with connection.cursor() as cursor:  # foreign keys still waiting to be checked would refuse it first
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Evidence.objects.get().id == row.id


def test_a_start_without_a_trigger_is_refused_and_migrate_brings_it_back(land: Country) -> None:
    assert missing_triggers("default") == []
    with connection.cursor() as cursor:
        on_table = "" if connection.vendor == "sqlite" else " ON evidence_evidence"
        event = "update" if connection.vendor == "sqlite" else "row"
        cursor.execute(f"DROP TRIGGER evidence_evidence_no_{event}{on_table}")
    assert missing_triggers("default") == ["evidence_evidence"]
    with pytest.raises(NotReady, match="evidence_evidence"):
        demand_triggers("default")
    install_triggers("default")
    assert missing_triggers("default") == []


def test_every_append_only_table_is_guarded() -> None:
    assert {"evidence_evidence", "audit_entry", "audit_seal", "plans_taskprogress", "places_population"} <= set(
        append_only_tables()
    )


def test_a_void_takes_a_row_back_once_and_keeps_it_readable(land: Country) -> None:
    row = fact(person("Lan", land.villages[0]), "info_contact")
    void_evidence(row, by=":test", reason="ghi nhầm người")
    assert Evidence.objects.count() == 2
    assert not not_voided(Evidence.objects.all()).exists()
    with pytest.raises(Refused, match="đã được hủy"):
        void_evidence(row, by=":test", reason="lần nữa")


def test_a_void_needs_a_reason(land: Country) -> None:
    row = fact(person("Lan", land.villages[0]), "info_contact")
    with pytest.raises(BadInput, match="lý do"):
        void_evidence(row, by=":test", reason=" ")


def test_a_declared_count_needs_its_document_and_comes_once(land: Country) -> None:
    told = {
        "place": land.ea_kar,
        "on": TODAY,
        "count": 120,
        "source": "don-vi-bao-cao",
        "source_ref": "tuan-14",
        "by": ":t",
        "today": TODAY,
    }
    with pytest.raises(BadInput, match="văn bản"):
        state_count("adult_reached", **told)  # type: ignore[arg-type]
    state_count("adult_reached", document="05/BC-UBND ngày 10/10/2025", **told)  # type: ignore[arg-type]
    state_count("adult_reached", document="05/BC-UBND ngày 10/10/2025", **told)  # type: ignore[arg-type]
    assert StatedCount.objects.count() == 1
    assert stated_counts("adult_reached", on=TODAY).count() == 1


def test_a_total_cannot_pretend_to_be_proven(land: Country) -> None:
    with pytest.raises(BadInput, match="minh chứng"):
        state_count(
            "adult_reached",
            place=land.ea_kar,
            on=TODAY,
            count=1,
            source="hoc-vu-so",
            source_ref="1",
            by=":t",
            today=TODAY,
        )


def test_writing_leaves_an_audit_row_without_names(land: Country) -> None:
    fact(person("Nguyễn Thị Lan", land.villages[0]), "info_contact")
    row = Entry.objects.filter(verb="record_evidence").get()
    assert "Lan" not in f"{row.object_id}{row.fields}{row.actor}"
