"""The documents say what the program is: every setting, metric, kind, command, role and model is in them; every link leads somewhere."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.apps import apps
from pydantic import BaseModel

from hocvuso.cli import hocvuso
from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import ACT, LADDER
from hocvuso.measure.queries import metrics
from hocvuso.people.models import RoleKind
from hocvuso.people.rules import RIGHTS_OF_ROLE, Right
from hocvuso.places.rules import Group
from hocvuso.plans import planfile
from hocvuso.plans.actions import read_plan_file
from tests.make.each import for_each

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
NOT_OURS = {".venv", "var", "node_modules", "dist", "test-results"}
OURS = [path for path in ROOT.iterdir() if not (path.name in NOT_OURS or path.name.startswith("."))]
PAGES = sorted(
    path
    for top in OURS
    for path in ([top] if top.is_file() else top.rglob("*.md"))
    if path.suffix == ".md" and not any(part in NOT_OURS for part in path.relative_to(ROOT).parts)
)

by_name = for_each("document", PAGES, called=lambda path: str(path.relative_to(ROOT)))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _rows(page: Path) -> dict[str, list[str]]:
    """The tables of a page by the word in backquotes at the start of a row."""
    rows = {}
    for line in _text(page).splitlines():
        if found := re.match(r"\| `([^`]+)` \|", line):
            rows[found[1]] = [cell.strip() for cell in line.strip("| ").split(" | ")]
    return rows


# --- settings, commands, dependencies ------------------------------------------------------------------------------------------

SETTING = re.compile(r"\bHOCVUSO_[A-Z]+(?:_[A-Z]+)*\b")


def _settings_in(*folders: str) -> set[str]:
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    return {name for path in files if path.suffix in {".py", ""} for name in SETTING.findall(_text(path))}


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    documented = {name for name in _rows(REFERENCE / "settings.md") if name.startswith("HOCVUSO_")}
    assert _settings_in("hocvuso") - documented == set()
    assert documented - _settings_in("hocvuso", "scripts", "tests") == set()


def test_documents_name_no_setting_that_is_not_there() -> None:
    known = set(_rows(REFERENCE / "settings.md"))
    unknown = {
        f"{page.relative_to(ROOT)}: {name}"
        for page in PAGES
        for name in SETTING.findall(_text(page))
        if name not in known
    }
    assert unknown == set()


def _commands(group: click.Command, before: str = "hocvuso") -> Iterator[str]:
    if not isinstance(group, click.Group):
        yield before
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from _commands(command, f"{before} {name}")


COMMANDS = set(_commands(hocvuso))


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    documented = set(re.findall(r"^### `(.+)`$", _text(REFERENCE / "commands.md"), flags=re.MULTILINE))
    assert documented == COMMANDS


def _options(command: str) -> set[str]:
    found: click.Command = hocvuso
    for name in command.split()[1:]:
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), name) or found
    return {option for param in found.params for option in (*param.opts, *param.secondary_opts)} | {"--help"}


@by_name
def test_commands_shown_in_examples_exist_with_their_options(document: Path) -> None:
    """Lines of code blocks that call `hocvuso`: the verb is one of ours and knows its options."""
    wrong = []
    for block in re.findall(r"^ *```(?:sh|bash)?\n(.*?)^ *```", _text(document), flags=re.MULTILINE | re.DOTALL):
        for line in re.findall(r"^\s*(?:\S*/)?(hocvuso [a-z].*)$", block, flags=re.MULTILINE):
            words = line.split("#")[0].split()
            command = next((c for c in (" ".join(words[:3]), " ".join(words[:2])) if c in COMMANDS), None)
            options = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
            if command is None or not options <= _options(command):
                wrong.append(line)
    assert wrong == []


def test_every_runtime_dependency_has_its_reason() -> None:
    project = tomllib.loads(_text(ROOT / "pyproject.toml"))["project"]
    wanted = {re.split(r"[\[<>=~!; ]", name)[0] for name in project["dependencies"]}
    page = _text(ROOT / "docs" / "decisions" / "0003-dependencies.md")
    assert set(re.findall(r"^\| ([a-z0-9-]+) \|", page, flags=re.MULTILINE)) - {"package"} == wanted


# --- metrics, evidence, roles, plan files, words ---------------------------------------------------------------------------------


def test_every_metric_is_documented_as_it_is() -> None:
    rows = _rows(REFERENCE / "metrics.md")
    known = metrics().by_key
    assert set(rows) == {*known, *metrics().funnels, *Group}
    for key, metric in known.items():
        title, rung, subject, counted, evidence, base, headline = rows[key][1:]
        assert (title, rung, subject.split()[0], counted, headline) == (
            metric.title, f"`{metric.rung}`", metric.subject, metric.counted, metric.headline,
        ), key  # fmt: skip
        assert set(metric.kinds) <= set(re.findall(r"`(\w+)`", evidence)), key
        assert base.startswith("none") == (metric.base is None), key


def test_every_evidence_kind_source_and_skill_is_documented_as_it_is() -> None:
    rows = _rows(REFERENCE / "evidence-kinds.md")
    known = catalogue()
    assert set(rows) == {*LADDER, ACT, *known.kinds, *known.sources, *known.skills}
    for key, kind in known.kinds.items():
        title, _meaning, rung, subject, must, detail = rows[key][1:]
        assert (title, rung, tuple(subject.split(", "))) == (kind.title, f"`{kind.rung}`", kind.subjects), key
        assert ("skill" in must, "level" in must) == (kind.needs_skill, kind.needs_level), key
        assert set(re.findall(r"`(\w+)`", detail)) == set(kind.detail_schema.get("properties", {})), key
    for key, source in known.sources.items():
        assert rows[key][3] == source.grade + (", simulated" if source.simulated else ""), key


def test_every_role_is_documented_with_its_rights() -> None:
    rows = _rows(REFERENCE / "roles.md")
    assert set(rows) == {*RoleKind.values, *Right}
    for role in RoleKind:
        held = [Right(right) for right, cell in zip(Right, rows[role][2:], strict=True) if cell == "yes"]
        assert (rows[role][1], set(held)) == (role.label, set(RIGHTS_OF_ROLE[role])), role


def test_every_field_of_the_plan_file_is_documented() -> None:
    page = _text(REFERENCE / "plan-file.md")
    names = (
        "PlanFile",
        "Period",
        "Indicator",
        "Target",
        "Deadline",
        "Denominator",
        "Task",
        "Duty",
        "Window",
        "Duplicate",
        "Reading",
        "Finding",
    )
    parts: list[type[BaseModel]] = [getattr(planfile, name) for name in names]
    named = set(re.findall(r"`(\w+)`", page))
    assert {f"{part.__name__}.{name}" for part in parts for name in part.model_fields if name not in named} == set()


def test_the_example_of_add_a_plan_is_a_whole_plan(tmp_path: Path) -> None:
    found = re.search(r"```yaml\n(.*?)```", _text(ROOT / "docs" / "how-to" / "add-a-plan.md"), flags=re.DOTALL)
    assert found is not None
    file = tmp_path / "vi-du.yaml"
    file.write_text(re.sub(r"^   ", "", found[1], flags=re.MULTILINE), encoding="utf-8")
    assert read_plan_file(file).targets[0].indicator == "nguoi-lon-duoc-huong-dan"


def test_every_model_is_in_the_glossary() -> None:
    page = _text(ROOT / "docs" / "glossary.md")
    ours = {model.__name__ for model in apps.get_models() if model.__module__.startswith("hocvuso.")}
    assert {name for name in ours if f"`{name}`" not in page} == set()


# --- links, paths, the two commands ----------------------------------------------------------------------------------------------


def _anchors(page: Path) -> set[str]:
    """What a heading is called in a link: lower case, words joined by hyphens, everything else left out."""
    headings = re.findall(r"^#+ (.+)$", _text(page), flags=re.MULTILINE)
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip()) for heading in headings}


@by_name
def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    prose = re.sub(r"^ *```.*?^ *```", "", _text(document), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        there = (document.parent / name).resolve() if name else document
        if not there.exists() or anchor and anchor not in _anchors(there):
            broken.append(link)
    assert broken == []


def test_every_document_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / name).resolve() for name in re.findall(r"\]\(([^)#\s]+)", _text(index))}
    assert {
        str(page.relative_to(ROOT)) for page in index.parent.rglob("*.md") if page != index and page not in linked
    } == set()


SOMEBODYS_FOLDER = re.compile(r"/home/\w|/Users/\w|/root/|[A-Z]:\\Users")


@by_name
def test_no_document_names_a_folder_of_somebodys_machine(document: Path) -> None:
    text = _text(document)
    assert SOMEBODYS_FOLDER.findall(text) == []
    # Documents may well tell where to install; a checkout that lies just there is no fault of theirs.
    if not str(ROOT).startswith(("/opt", "/srv", "/usr")):
        assert f"{ROOT}/" not in text


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_readme_shows_the_two_commands(name: str) -> None:
    text = _text(ROOT / name)
    for shown in ("\nscripts/serve\n", "\nscripts/test\n", "http://127.0.0.1:8000"):
        assert shown in text


def test_decisions_are_numbered_and_whole() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        headings = re.findall(r"^## (.+)$", _text(page), flags=re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences", "Rejected"], page.name


def test_scripts_say_what_they_do() -> None:
    for script in sorted((ROOT / "scripts").iterdir()):
        said = subprocess.run([script, "--help"], capture_output=True, text=True, check=True).stdout
        assert "Usage:" in said, script.name
