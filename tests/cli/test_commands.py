"""The console: what it prints for people and for programs, and how it refuses: one clear line, exit code 2, nothing changed."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import docx
import pytest
import yaml
from django.conf import settings
from django.db import connection

from hocvuso.cli import COMMANDS, hocvuso
from hocvuso.config.prepare import prepare
from hocvuso.evidence.rules import LADDER
from hocvuso.lib.append_only import missing_triggers
from hocvuso.lib.errors import NotReady
from hocvuso.measure.actions import refresh_measure
from hocvuso.people.actions import mark_key
from hocvuso.people.identity import IdentityVault
from hocvuso.people.models import Account
from hocvuso.places.rules import Group
from hocvuso.plans.actions import adopt_plan, read_plan_file
from hocvuso.plans.models import Plan
from tests.cli.conftest import Said, Say
from tests.make.evidence import fact, passed, unit_fact
from tests.make.kept import kept
from tests.make.measure import stated
from tests.make.people import person
from tests.make.places import Country, population
from tests.make.plans import duty, indicator, plan, plan_data, target

DAK_LAK = settings.DATA_DIR / "plans" / "dak-lak-100-ngay.yaml"
DAY = ("--on", "2025-10-17")


@pytest.fixture
def ready(land: Country, measure_dir: Path) -> Country:
    """The small country under a plan, with a few figures."""
    kept("ready", lambda: _get_ready(land), folder=measure_dir)
    return land


def _get_ready(land: Country) -> None:
    plan(
        indicators=[indicator(), indicator("xac-nhan", "adult_confirmed"), indicator("khong-do", None)],
        targets=[target("a"), target("b", "xac-nhan", 40), target("c", "khong-do", 1, "địa phương")],
        duties=[duty()],
    )
    population(land.villages[0], Group.ADULTS, 10)
    population(land.villages[2], Group.ADULTS, 30)
    lan = person("Lan Niê", land.villages[0])
    fact(lan, "info_contact")
    fact(lan, "vneid_confirmed", detail={"reference": "1"}, source="cong-an-tinh")
    passed(lan)
    stated(land.ea_kar, "adult_reached", 7)
    refresh_measure()


def refused(said: Said, *words: str) -> None:
    """One clear line on standard error and nothing else: no trace, no half of an answer."""
    assert said.code == 2, said
    assert said.out == ""
    assert said.err.startswith("hocvuso: ")
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err


def in_a_process(*words: str, **given: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HOCVUSO_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, *words], env={**clean, **given}, capture_output=True, text=True, check=False, timeout=60
    )


# --- help ----------------------------------------------------------------------------------------------------------------


def verbs() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    with click.Context(hocvuso) as context:
        for name in COMMANDS:
            command = hocvuso.get_command(context, name)
            found.append((name,))
            if isinstance(command, click.Group):
                found += [(name, verb) for verb in command.commands]
    return found


@pytest.mark.parametrize("words", verbs(), ids=" ".join)
def test_every_command_explains_itself(say: Say, words: tuple[str, ...]) -> None:
    """No database here: pytest-django refuses one to a test that did not ask."""
    said = say(*words, "--help")
    assert (said.code, said.err) == (0, "")
    text = said.out.split("Options:")[0]
    assert any(letter in text for letter in "ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳ")


def test_help_loads_neither_django_nor_the_engine_and_makes_no_home(tmp_path: Path) -> None:
    code = "\n".join([
        "import sys, click",
        "from hocvuso.cli import COMMANDS, hocvuso",
        "context = click.Context(hocvuso)",
        "for name in COMMANDS:",
        "    command = hocvuso.get_command(context, name)",
        "    click.echo(command.get_help(click.Context(command, parent=context)))",
        "heavy = {'django', 'duckdb', 'docx', 'pydantic', 'cryptography', 'yaml', 'rich.table', 'granian'} & sys.modules.keys()",
        "assert not heavy, heavy",
    ])  # fmt: skip
    done = in_a_process("-c", code, HOCVUSO_HOME=str(tmp_path / "home"))
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "home").exists()


# --- what programs read --------------------------------------------------------------------------------------------------


def test_plans_show_json_has_a_key_on_every_part_and_a_frequency_on_every_duty(land: Country, say: Say) -> None:
    adopt_plan(read_plan_file(DAK_LAK), by=":test", today=dt.date(2025, 10, 17))
    said = say("plans", "show", "dak-lak-100-ngay", "--json")
    data = json.loads(said.out)
    written = yaml.safe_load(DAK_LAK.read_text(encoding="utf-8"))
    for part in ("targets", "tasks", "duties"):
        assert [row["key"] for row in data[part]] == [row["key"] for row in written[part]]
    assert {row["key"]: row["frequency"] for row in data["duties"]}["v1-hang-tuan"] == "weekly"
    assert (said.code, said.err) == (0, "")
    assert [p["key"] for p in json.loads(say("plans", "list", "--json").out)] == ["dak-lak-100-ngay"]


def test_plans_compare_takes_keys_and_files_and_says_the_same_for_programs(land: Country, say: Say) -> None:
    file, plan = DAK_LAK, DAK_LAK.stem
    assert say("plans", "load", file).code == 0
    said = say("plans", "compare", plan, file)
    assert (said.code, said.err) == (0, "")
    assert "giữ nguyên" in said.out
    assert "5.000 người" in said.out
    found = json.loads(say("plans", "compare", file, plan, "--json").out)
    assert (found["child"], found["parent"]) == (plan, plan)
    assert {target["relation"] for target in found["targets"]} == {"carried"}
    assert found["targets"][0]["asked"]["due"] == "2025-08-01"
    refused(say("plans", "compare", plan, "khong-co"), "khong-co")
    refused(say("plans", "compare", "khong-co.yaml", plan), "khong-co.yaml")


def test_measure_show_json_gives_every_figure_with_its_rung_grades_base_and_target(ready: Country, say: Say) -> None:
    said = say("measure", "show", "--unit", "24373", *DAY, "--json")
    data = json.loads(said.out)
    assert (data["place"], data["on"], data["simulated"]) == (
        {"code": "24373", "name": "Xã Ea Kar"}, "2025-10-17", False,
    )  # fmt: skip
    by_key = {row["metric"]: row for row in data["figures"] if not row["level"]}
    for row in data["figures"]:
        assert {"metric", "rung", "proven", "imported", "declared", "population", "target"} <= row.keys()
        assert row["rung"] in (*LADDER, "act")
    reached = by_key["adult_reached"]
    assert (reached["rung"], reached["proven"], reached["imported"]) == ("reached", 1, None)
    assert reached["declared"]["count"] == 7
    assert (reached["population"]["count"], reached["shares"]["proven"]) == (10, 10.0)
    assert (reached["target"]["key"], reached["target"]["value"], reached["target"]["light"]) == ("a", 60.0, "behind")
    confirmed = by_key["adult_confirmed"]
    assert (confirmed["proven"], confirmed["imported"]["count"], confirmed["measured"]) == (None, 1, False)
    assert by_key["adult_learned"]["measured"] is False
    assert by_key["adult_learned"]["target"] is None


def test_measure_show_speaks_of_an_organisation_and_of_one_plan_too(ready: Country, say: Say) -> None:
    office = json.loads(say("measure", "show", "--org", "66-so-khcn", *DAY, "--json").out)
    assert office["place"]["code"] == "66-so-khcn"
    of_plan = json.loads(say("measure", "show", "--unit", "66", *DAY, "--plan", "ke-hoach", "--json").out)
    assert [row["metric"] for row in of_plan["figures"]] == ["adult_reached", "adult_confirmed"]


def test_measure_flags_says_where_to_look_and_why_it_may_be_innocent(ready: Country, say: Say) -> None:
    unit_fact(ready.villages[0], "class_held", detail={"attendance": 190, "seats": 40})
    (one,) = json.loads(say("measure", "flags", "--unit", "24373", "--json").out)["flags"]
    assert (one["kind"], one["place"]["code"], one["verdict"]) == ("crowded_class", ready.villages[0].code, None)
    assert "hội trường" in one["innocent"]
    assert "190" in say("measure", "flags", "--unit", "24373").out
    assert json.loads(say("measure", "flags", "--unit", "24400", "--json").out)["flags"] == []


def test_people_read_a_table_in_which_not_measured_is_not_zero(ready: Country, say: Say) -> None:
    said = say("measure", "show", "--unit", "24373", *DAY)
    assert (said.code, said.err) == (0, "")
    assert "chưa đo" in said.out
    assert say("plans", "show", "ke-hoach").code == say("places", "show", "24373").code == 0
    assert "Xã Ea Kar" in say("places", "show", "24373").out


def test_a_report_is_made_for_a_commune_a_department_and_the_province(ready: Country, say: Say, tmp_path: Path) -> None:
    for number, place in enumerate((("--unit", "24373"), ("--org", "66-so-khcn"), ("--unit", "66"))):
        out = tmp_path / f"{number}.docx"
        said = say("reports", "make", "--duty", "bao-cao", *place, "--due", "2025-10-17", "-o", out)
        assert (said.code, said.err) == (0, "")
        assert any("BÁO CÁO" in p.text for p in docx.Document(str(out)).paragraphs)
    fridays = ("--from", "2025-10-17", "--to", "2025-10-24", "--json")
    whole = json.loads(say("reports", "obligations", "--plan", "ke-hoach", *fridays).out)
    assert [(one["due"], one["place"], one["last"], one["says"]) for one in whole][:2] == [
        ("2025-10-17", "24373", "2025-10-16", []), ("2025-10-17", "24400", "2025-10-16", []),
    ]  # fmt: skip
    assert len(whole) == 6
    assert json.loads(say("reports", "obligations", "--unit", "24373", *fridays).out) == [whole[0], whole[3]]
    for suffix, first in ((".pdf", b"%PDF"), (".xlsx", b"PK")):
        out = tmp_path / f"bao-cao{suffix}"
        assert (
            say("reports", "make", "--duty", "bao-cao", "--unit", "24373", "--due", "2025-10-17", "-o", out).code == 0
        )
        assert out.read_bytes().startswith(first)
    owed = json.loads(say("reports", "list", "--unit", "24373", "--json").out)
    assert owed[0] == {
        "duty": "bao-cao", "plan": "ke-hoach", "due": "2025-10-17", "first": "2025-10-10", "last": "2025-10-16",
    }  # fmt: skip


def test_an_office_copies_the_templates_changes_one_and_is_told_what_is_wrong_in_it(
    ready: Country, say: Say, tmp_path: Path, settings: Any
) -> None:
    settings.HOME = tmp_path
    assert "Của cơ quan" in say("reports", "templates").out
    assert "Đã chép" in say("reports", "templates", "--copy").out
    own = tmp_path / "templates" / "weekly.yaml"
    own.write_text(own.read_text("utf-8").replace("Báo cáo tuần", "Mẫu của xã"), encoding="utf-8")
    said = say("reports", "templates", "--check")
    assert (said.code, said.err) == (0, "")
    assert "đọc được cả" in said.out
    own.write_text(own.read_text("utf-8").replace("{plan}", "{ke_hoach}"), encoding="utf-8")
    for words in (
        ("reports", "templates", "--check"),
        ("reports", "make", "--duty", "bao-cao", "--unit", "24373", "--due", "2025-10-17", "-o", tmp_path / "x.docx"),
    ):
        said = say(*words)
        assert said.code == 2
        assert "templates/weekly.yaml, dòng" in said.err
    assert not (tmp_path / "x.docx").exists()


# --- refusals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("measure", "show", "--unit", "99999"), "99999"),
        (("measure", "show", "--unit", "24373", "--on", "2025-06-30"), "30/06/2025"),  # not before the merger
        (("measure", "show", "--org", "khong-co"), "khong-co"),
        (("measure", "show"), "--unit"),
        (("measure", "show", "--unit", "66", "--org", "66-so-khcn"), "--unit"),
        (("measure", "show", "--unit", "66", "--plan", "khong-co"), "khong-co"),
        (("plans", "show", "khong-co"), "khong-co"),
        (("plans", "load", "khong-co.yaml"), "khong-co.yaml"),
        (("places", "show", "99999"), "99999"),
        (("reports", "make", "--duty", "khong-co", "--unit", "24373", "--due", "2025-10-17", "-o", "x.docx"), "khong-co"),
        (("reports", "make", "--duty", "bao-cao", "--unit", "24373", "--due", "2025-10-16", "-o", "x.docx"), "16/10/2025"),
        (("reports", "make", "--duty", "bao-cao", "--org", "24373-thpt", "--due", "2025-10-17", "-o", "x.docx"), "THPT"),
        (("reports", "make", "--duty", "bao-cao", "--unit", "24373", "--due", "2025-10-17", "-o", "x.odt"), ".docx"),
        (("reports", "make", "--duty", "bao-cao", "--unit", "24373", "--due", "2025-10-17", "-o", "khong-co/x.docx"), "x.docx"),
        (("reports", "list", "--unit", "99999"), "99999"),
        (("reports", "obligations", "--plan", "ke-hoach", "--from", "2025-10-18", "--to", "2025-10-17"), "--to phải từ"),
        (("reports", "obligations", "--from", "2025-10-17", "--to", "2025-10-17"), "--unit MÃ hoặc --org MÃ"),
        (("people", "open-account", "an", "--full-name", "An", "--role", "vua", "--unit", "66", "--password", "x" * 14), "vua"),
        (("people", "open-account", "an", "--full-name", "An", "--role", "steering", "--unit", "66", "--password", "ngan"), "12"),
        (("people", "open-account", "an", "--full-name", "An", "--role", "steering", "--password", "mot-mat-khau-dai"), "đúng một"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_named_in_one_line(
    ready: Country, say: Say, words: tuple[str, ...], why: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    said = say(*words)
    refused(said, why)
    assert len(said.err.splitlines()) == 1
    assert not list(tmp_path.glob("x.*"))
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    "words", [("measure", "show", "--unit", "66", "--on", "17/10/2025"), ("khong-co",), ("measure", "khong-co"), ("plans", "show")]
)  # fmt: skip
def test_a_slip_on_the_command_line_leaves_with_two(say: Say, words: tuple[str, ...]) -> None:
    said = say(*words)
    assert (said.code, said.out) == (2, "")
    assert "Traceback" not in said.err


@pytest.mark.django_db
def test_a_broken_plan_file_is_refused_with_every_place_and_nothing_is_loaded(
    land: Country, say: Say, tmp_path: Path
) -> None:
    good, broken = tmp_path / "tot.yaml", tmp_path / "hong.yaml"
    good.write_text(yaml.safe_dump(plan_data("tot"), allow_unicode=True), encoding="utf-8")
    for change, why in (
        ({"targets": [target("a", value="nhiều")]}, "targets [0] (a) value"),
        ({"unit": "99"}, "99"),  # only the database knows that it is not there
        ({"indicators": [indicator(metric="khong_co")]}, "khong_co"),
    ):
        broken.write_text(yaml.safe_dump(plan_data("hong", **change), allow_unicode=True), encoding="utf-8")
        refused(say("plans", "load", good, broken), why)
        assert not Plan.objects.exists()
    assert say("plans", "load", good).code == 0
    assert Plan.objects.get().key == "tot"


# --- an installation that is not fit to start ----------------------------------------------------------------------------


@pytest.mark.both
def test_without_a_trigger_nothing_starts_until_migrate_puts_it_back(
    ready: Country, say: Say, tmp_path: Path, settings: Any
) -> None:
    settings.HOME = tmp_path
    drop_trigger("evidence_evidence")
    for words in (("measure", "show", "--unit", "66"), ("plans", "load"), ("audit", "seal")):
        refused(say(*words), "evidence_evidence", "hocvuso migrate")
    with pytest.raises(NotReady, match="evidence_evidence"):
        prepare()  # what `serve` does first: it must not mend in silence what somebody took away
    assert missing_triggers("default") == ["evidence_evidence"]
    assert say("migrate").code == 0
    assert missing_triggers("default") == []
    assert say("measure", "show", "--unit", "66").code == 0


def drop_trigger(table: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_no_update")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_row ON {table}")


def test_under_another_identity_key_nothing_starts(ready: Country, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    mark_key()
    monkeypatch.setattr("hocvuso.people.queries.vault", lambda: IdentityVault(b"another key, thirty-two bytes lo"))
    for words in (("measure", "show", "--unit", "66"), ("migrate",), ("people", "load", "x.csv", "--source", "x")):
        refused(say(*words), "khóa định danh khác")


def test_a_database_with_demo_accounts_does_not_start_in_production(ready: Country, say: Say, settings: Any) -> None:
    Account.objects.create(username="hoa", is_demo=True, created_at="2025-10-17T00:00:00Z")
    settings.PRODUCTION = True
    refused(say("measure", "show", "--unit", "66"), "tài khoản mẫu")
    refused(say("simulate"), "chính thức")


KEYS = {"HOCVUSO_SECRET_KEY": "x" * 40, "HOCVUSO_IDENTITY_KEY": "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg="}


@pytest.mark.parametrize(
    ("words", "given", "why"),
    [
        (("serve",), {"HOCVUSO_DEMO": "1", "HOCVUSO_PRODUCTION": "1", **KEYS}, "HOCVUSO_DEMO=1"),
        (("serve",), {"HOCVUSO_PRODUCTION": "1", "HOCVUSO_ALLOWED_HOSTS": "a.vn"}, "HOCVUSO_SECRET_KEY"),
        (("serve", "--persons", "1500"), {"HOCVUSO_DEMO": "0"}, "--persons"),
        (("measure", "show", "--unit", "66"), {}, "hocvuso migrate"),
        (("audit", "verify"), {}, "hocvuso"),
    ],
)
def test_a_start_that_must_not_be_is_refused_in_one_line(
    tmp_path: Path, words: tuple[str, ...], given: dict[str, str], why: str
) -> None:
    done = in_a_process("-m", "hocvuso", *words, HOCVUSO_HOME=str(tmp_path), **given)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1
