"""A plan file is taken whole or refused with the place of every fault; what people said of a task is never lost by a new file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core import serializers
from django.db import models

from hocvuso.audit.models import Entry
from hocvuso.lib.errors import BadInput, Refused, UnknownName
from hocvuso.people.models import RoleKind
from hocvuso.plans.actions import adopt_plan, read_plan_file
from hocvuso.plans.models import Duty, Finding, Indicator, Plan, Target, Task
from hocvuso.plans.planfile import PlanFile
from hocvuso.reports.actions import save_words
from hocvuso.tasks.actions import appoint_owner, report_progress
from hocvuso.tasks.models import TaskOwner, TaskProgress
from hocvuso.tasks.rules import TaskState
from tests.make.people import account
from tests.make.places import Country
from tests.make.plans import duty, indicator, plan_data, target, task

TODAY = dt.date(2025, 10, 17)
PARTS: tuple[type[models.Model], ...] = (Plan, Indicator, Target, Task, Duty, Finding)


def written(folder: Path, data: Any) -> Path:
    path = folder / "ke-hoach.yaml"
    path.write_text(data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def everything() -> str:
    return str(serializers.serialize("json", [row for model in PARTS for row in model._default_manager.order_by("pk")]))


def adopt(**change: Any) -> Plan:
    return adopt_plan(PlanFile.model_validate(plan_data(**change)), by=":test", today=TODAY)


# --- a broken file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("key: [", "dòng 2"),
        ("key: a\n  title: b\n", "dòng 2"),
        ('a: 1\nb: "x\nc: 2\n', "dòng"),
        ("\tkey: a", "dòng 1"),
        ("- một\n- hai\n", "bảng khóa"),
        ("", "bảng khóa"),
        ("chỉ là chữ", "bảng khóa"),
        ("key: &a [*a]\n", "ke-hoach.yaml"),
        ("key: !!python/object/apply:os.system [ls]\n", "ke-hoach.yaml"),
        ("key: a\ntitle: một\ntitle: hai\n", "dòng 3.*title"),  # YAML itself would keep the last and say nothing
    ],
)
def test_a_file_that_is_no_yaml_says_where(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(BadInput, match=where) as refusal:
        read_plan_file(written(tmp_path, text))
    assert "ke-hoach.yaml" in str(refusal.value)
    assert str(tmp_path) not in str(refusal.value)


def test_a_file_that_is_not_there_or_not_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Không đọc được tệp khong-co.yaml"):
        read_plan_file(tmp_path / "khong-co.yaml")
    with pytest.raises(BadInput, match="Không đọc được"):
        read_plan_file(tmp_path)
    (tmp_path / "anh.yaml").write_bytes(b"\xff\xfe\x00PNG")
    with pytest.raises(BadInput, match="anh.yaml"):
        read_plan_file(tmp_path / "anh.yaml")


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"colour": "red"}, ["colour"]),
        ({"title": None}, ["title"]),
        ({"period": {"start": dt.date(2025, 10, 25), "end": dt.date(2025, 7, 15)}}, ["period", "end is before start"]),
        ({"period": {"start": "hôm qua", "end": dt.date(2025, 7, 15)}}, ["period start"]),
        ({"period": {"end": dt.date(2025, 7, 15)}}, ["period start"]),
        ({"key": "Kế hoạch"}, ["key"]),
        ({"targets": [target("a"), target("b"), target("a")]}, ["targets", "'a'"]),
        ({"tasks": [task("a"), task("a")]}, ["tasks", "'a'"]),
        ({"targets": [target("a", of="khong-co")]}, ["target a", "'khong-co'"]),
        ({"tasks": [task("a", targets=["khong-co"])]}, ["task a", "'khong-co'"]),
        ({"targets": [target("a", value="nhiều")]}, ["targets [0] (a) value"]),
        ({"targets": [target("a"), target("b", comparator="≥")]}, ["targets [1] (b) comparator"]),
        ({"targets": [target("a", value=float("nan"))]}, ["targets [0] (a) value"]),
        ({"targets": [target("a", value=float("inf"))]}, ["targets [0] (a) value"]),
        ({"targets": [target("a", value=-5)]}, ["targets [0] (a) value"]),
        ({"targets": [target("a", value=True)]}, ["targets [0] (a) value"]),  # YAML reads "yes" as true
        ({"targets": [target("a", deadline={"du": dt.date(2025, 10, 25)})]}, ["targets [0] (a) deadline du"]),
        ({"targets": [target("a", deadline={"due": "25/10/2025"})]}, ["targets [0] (a) deadline due"]),
        ({"duties": [duty("a", frequency="daily")]}, ["duties [0] (a) frequency"]),
        ({"duties": [duty("a", weekday=8, frequency="weekly")]}, ["duties [0] (a) weekday"]),
        (
            {"duties": [duty("a", frequency="weekly", weekday=5, last=dt.date(2025, 10, 24))]},
            ["duties [0] (a)", "first"],
        ),
        ({"duties": [{**duty("a"), "last": dt.date(2025, 7, 1)}]}, ["duties [0] (a)", "last is before first"]),
        ({"targets": {"a": 1}}, ["targets"]),
        ({"findings": [{"key": "k", "kind": "date", "title": "T", "readings": []}]}, ["findings [0] (k) readings"]),
        (
            {"title": "x" * 301},
            ["title"],
        ),  # longer than a database keeps: PostgreSQL would break, SQLite would say nothing
        ({"indicators": [indicator(title="x" * 301)]}, ["indicators [0] (duoc-tiep-can) title"]),
        ({"targets": [target("a", clause="x" * 61)]}, ["targets [0] (a) clause"]),
    ],
)
def test_every_fault_is_named_with_its_place(tmp_path: Path, change: dict[str, Any], places: list[str]) -> None:
    with pytest.raises(BadInput) as refusal:
        read_plan_file(written(tmp_path, plan_data(**change)))
    for place in (*places, "ke-hoach.yaml"):
        assert place in str(refusal.value)


def test_all_faults_come_at_once_one_line_each(tmp_path: Path) -> None:
    data = plan_data(targets=[target("a", value="nhiều"), target("b", comparator="≥")], colour="red")
    with pytest.raises(BadInput) as refusal:
        read_plan_file(written(tmp_path, data))
    lines = str(refusal.value).splitlines()
    assert (len(lines), "3 lỗi, chưa nạp gì" in lines[0]) == (4, True)


@pytest.mark.django_db
def test_an_unknown_unit_is_named_and_nothing_is_written(land: Country) -> None:
    with pytest.raises(UnknownName, match="99.*17/10/2025"):
        adopt(unit="99")
    assert not Plan.objects.exists()
    assert not Entry.objects.filter(verb="adopt_plan").exists()


# --- adopting ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_adopting_the_same_file_again_changes_nothing(land: Country) -> None:
    data = {
        "targets": [target("a"), target("b", level="usable")],
        "tasks": [task("viec", targets=["a", "b"], borne_by="communes")],
        "duties": [duty()],
        "findings": [
            {"key": "k", "kind": "date", "title": "T", "about": ["a"], "readings": [{"where": "II", "says": "x"}]}
        ],
    }
    first = adopt(**data)
    before = everything()
    assert adopt(**data).pk == first.pk
    assert everything() == before
    assert {t.key for t in Task.objects.get().targets.all()} == {"a", "b"}


@pytest.mark.django_db
def test_a_changed_file_changes_what_it_says_and_drops_what_it_no_longer_says(land: Country) -> None:
    adopt(targets=[target("a", value=60), target("b")], tasks=[task("x"), task("y")])
    kept = Target.objects.get(key="a").pk
    adopt(targets=[target("c"), target("a", value=70)], tasks=[task("y")])
    assert list(Target.objects.values_list("key", "value", "position")) == [("c", 60.0, 0), ("a", 70.0, 1)]
    assert Target.objects.get(key="a").pk == kept
    assert list(Task.objects.values_list("key", flat=True)) == ["y"]


@pytest.mark.django_db
def test_a_target_may_move_to_another_indicator_of_the_new_file(land: Country) -> None:
    adopt(indicators=[indicator("cu")], targets=[target("a", "cu")], tasks=[task(targets=["a"])])
    adopt(indicators=[indicator("moi", "adult_skill")], targets=[target("a", "moi")], tasks=[task(targets=["a"])])
    moved = Target.objects.select_related("indicator").get()
    assert (moved.indicator.key, [t.key for t in Task.objects.get().targets.all()]) == ("moi", ["a"])


@pytest.mark.django_db
def test_two_plans_may_use_the_same_keys(land: Country) -> None:
    adopt(key="mot", tasks=[task("x")])
    adopt(key="hai", tasks=[task("y")])
    assert [p.tasks.get().key for p in Plan.objects.order_by("key")] == ["y", "x"]


@pytest.mark.django_db
def test_a_new_file_never_drops_a_task_of_which_something_was_said(land: Country) -> None:
    made = adopt(tasks=[task("x", borne_by="communes"), task("y")])
    report_progress(made.tasks.get(key="x"), place=land.ea_kar, state=TaskState.UNDER_WAY, by="1", today=TODAY)
    before = everything()
    with pytest.raises(Refused, match="“x”"):
        adopt(tasks=[task("y", title="Đổi tên")], title="Tên mới")
    assert everything() == before
    adopt(tasks=[task("x", borne_by="communes")])
    assert TaskProgress.objects.count() == 1


@pytest.mark.django_db
def test_a_new_file_never_drops_a_duty_with_a_report(land: Country) -> None:
    made = adopt(duties=[duty("bao-cao")])
    words = {"steering": "Đã họp.", "practices": "", "difficulties": "", "proposals": "", "next_steps": ""}
    save_words(made.duties.get(), place=land.ea_kar, due=TODAY, by="1", version=0, **words)
    with pytest.raises(Refused, match="“bao-cao”"):
        adopt(duties=[])


@pytest.mark.django_db
def test_a_task_somebody_answers_for_is_not_dropped_in_silence(land: Country) -> None:
    made = adopt(tasks=[task("x", borne_by="communes"), task("y")])
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    appoint_owner(made.tasks.get(key="x"), place=land.ea_kar, account=hoa, by="1", today=TODAY)
    with pytest.raises(Refused, match="“x”"):
        adopt(tasks=[task("y")])
    assert TaskOwner.objects.count() == 1
