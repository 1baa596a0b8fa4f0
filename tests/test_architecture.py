"""Guard tests: what the design promises of the code as a whole, so that nobody has to remember it."""

from __future__ import annotations

import ast
import configparser
import importlib
import inspect
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hocvuso.config.timetable import TIMETABLE
from hocvuso.lib.append_only import append_only_models
from hocvuso.people.actions import end_role
from hocvuso.people.models import Account, RoleKind
from hocvuso.people.rules import RIGHTS_OF_ROLE, Right
from hocvuso.web.shared import views
from hocvuso.web.shared.rights import LEARNER, MACHINE, MEMBER, PUBLIC, READER, declared_right
from tests.make.each import for_each
from tests.make.people import TODAY, account, person, signed_in, visiting
from tests.make.places import Country
from tests.make.upward import accepted, signed

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "hocvuso"
WEB = PACKAGE / "web"
SAMPLE = {"uuid": "01890000-0000-7000-8000-000000000000", "int": "1"}  # anything else takes a word


# --- routes and rights ---------------------------------------------------------------------------------------------------------


def _routes(resolver: URLResolver | None = None, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _routes(entry, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern), entry


Route = tuple[str, URLPattern]
ROUTES = list(_routes())
OFFICIAL = [(route, entry) for route, entry in ROUTES if declared_right(entry.callback) in set(Right)]
LEARNERS = [(route, entry) for route, entry in ROUTES if declared_right(entry.callback) == LEARNER]
MACHINES = [(route, entry) for route, entry in ROUTES if declared_right(entry.callback) == MACHINE]
MEMBERS = [(route, entry) for route, entry in ROUTES if declared_right(entry.callback) == MEMBER]


def _named(one: Route) -> str:
    return one[0]


def _address(route: str) -> str:
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLE.get(found[1] or "str", "nao-do"), route)


@for_each("one", ROUTES, called=_named)
def test_every_route_declares_who_may_come_in(one: Route) -> None:
    route, entry = one
    assert declared_right(entry.callback) in {PUBLIC, LEARNER, MEMBER, MACHINE, READER, *Right}, (
        f"{route}: put @public, @learner, @member, @machine or @official(Right.…) on its view"
    )
    assert entry.name, f"{route} has no name"


def test_pages_of_trouble_are_public() -> None:
    for view in (views.not_found, views.our_fault, views.form_expired, views.locked_out):
        assert declared_right(view) == PUBLIC


@pytest.mark.django_db
@for_each("one", OFFICIAL, called=_named)
def test_official_route_sends_an_anonymous_visitor_to_sign_in(one: Route) -> None:
    address = _address(one[0])
    for answer in (Client().get(address), Client().post(address)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"{reverse('sign_in')}?next=")


@pytest.mark.django_db
@for_each("one", LEARNERS, called=_named)
def test_learner_route_sends_an_anonymous_visitor_to_the_learners_sign_in(one: Route) -> None:
    address = _address(one[0])
    for answer in (Client().get(address), Client().post(address)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"{reverse('learner_sign_in')}?next=")


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "entry"), MEMBERS, ids=[route for route, _ in MEMBERS])
def test_member_route_sends_an_anonymous_visitor_to_sign_in_and_is_not_there_for_a_stranger(
    route: str, entry: URLPattern, land: Country
) -> None:
    lan = visiting(person("Lan", land.villages[0]))  # signed in, and in no team
    for client, page, program in ((Client(), 302, 401), (lan, 404, 404)):
        for answer in (client.get(_address(route)), client.post(_address(route))):
            assert answer.status_code == (program if route.startswith("/api/") else page)
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith(f"{reverse('learner_sign_in')}?next=")


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "entry"), MACHINES, ids=[route for route, _ in MACHINES])
def test_machine_route_takes_nothing_without_the_signature_of_a_key_it_knows(
    route: str, entry: URLPattern, land: Country
) -> None:
    accepted(land.province)
    wrong = signed("another purpose", b"{}")
    for client in (Client(), signed_in(account("binh", RoleKind.PROVINCE_OFFICER, land.province))):
        for headers in ({}, wrong, {**wrong, "Hocvuso-Key": "0" * 16}):
            for answer in (
                client.get(_address(route), headers=headers),
                client.post(_address(route), b"{}", content_type="application/octet-stream", headers=headers),
            ):
                assert answer.status_code == 401
                assert answer.json()["error"]


@pytest.mark.django_db
def test_reader_routes_answer_nobody_without_a_token(land: Country) -> None:
    routes = [route for route, entry in ROUTES if declared_right(entry.callback) == READER]
    assert routes
    for client in (Client(), signed_in(account("binh", RoleKind.PROVINCE_OFFICER, land.province))):
        for headers in ({}, {"Authorization": "Bearer " + "a" * 43}, {"Authorization": "Basic YTph"}):
            for route in routes:
                answer = client.get(_address(route), headers=headers)
                assert (answer.status_code, bool(answer.json()["error"])) == (401, True), route


@pytest.mark.django_db
@for_each("one", OFFICIAL, called=_named)
def test_official_route_is_not_there_for_an_account_without_its_right(one: Route, land: Country) -> None:
    route, entry = one
    right = declared_right(entry.callback)
    without = next((kind for kind, rights in RIGHTS_OF_ROLE.items() if right not in rights), None)
    visitor = account(f"khach-{Account.objects.count()}", RoleKind(without or RoleKind.STEERING), land.province)
    if without is None:  # every role carries it: only one that has ended does not
        end_role(visitor.roles.get(), by=":test", today=TODAY)
    assert signed_in(visitor).get(_address(route)).status_code == 404


# --- layers --------------------------------------------------------------------------------------------------------------------


@cache
def _layers() -> dict[str, int]:
    """Package → how high it stands, from the contract itself; 0 is the ground floor."""
    contract = configparser.ConfigParser(comment_prefixes=("#",))
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    lines = [line for line in contract["importlinter:contract:layers"]["layers"].splitlines() if line.strip()]
    return {
        name.strip(" ()"): height
        for height, line in enumerate(reversed(lines))
        for name in line.split("|")
        if name.strip()
    }


def _domain_packages() -> list[ModuleType]:
    names = [name for name in _layers() if (PACKAGE / name / "__init__.py").exists()]
    return [importlib.import_module(f"hocvuso.{name}") for name in names if name not in {"cli", "config"}]


def _our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("hocvuso.")]


def test_imports_keep_the_contracts() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_foreign_keys_point_down() -> None:
    height = _layers()
    upward = [
        f"{model.__module__}.{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in _our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField) and isinstance(field.related_model, type)
        if (there := field.related_model.__module__.split("."))[0] == "hocvuso"
        and height[there[1]] > height[model.__module__.split(".")[1]]
    ]
    assert upward == []


def test_every_domain_package_says_what_it_owns() -> None:
    assert [package.__name__ for package in _domain_packages() if len((package.__doc__ or "").strip()) < 60] == []


# --- writes and time -----------------------------------------------------------------------------------------------------------

WRITES = {
    "save", "asave", "create", "acreate", "delete", "adelete", "update", "aupdate", "get_or_create", "update_or_create", "bulk_create",
    "bulk_update", "abulk_create", "abulk_update", "execute", "executemany",
}  # fmt: skip


def _calls(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def test_web_writes_nothing_itself() -> None:
    """Pages call actions; only the visitor's session is theirs."""
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in WEB.rglob("*.py")
        for line, name in _calls(path)
        if name.rpartition(".")[2] in WRITES and "." in name and not name.startswith("request.session.")
    ]
    assert found == []


CLOCKS = re.compile(
    r"\btimezone\.now\b|\b(?:date|datetime)\.(?:today|now|utcnow)\(|\bauto_now|\btime\.time\(|\blocaltime\(\)|\bNow\(\)"
)


def test_only_lib_clock_reads_a_clock() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number} {line.strip()}"
        for path in PACKAGE.rglob("*.py")
        if path != PACKAGE / "lib" / "clock.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if CLOCKS.search(line)
    ]
    assert found == []


# --- database ------------------------------------------------------------------------------------------------------------------


def test_append_only_tables_are_these() -> None:
    """A table that joins them is written down here; one that leaves them is a decision."""
    assert {model.__name__ for model in append_only_models()} == {
        "Entry", "Seal", "SealedEntry", "Population", "Alias", "Evidence", "StatedCount", "TaskProgress",
        "ItemVersion", "Response", "Revocation", "RawEvent", "Outcome", "Allotment", "FlagReview", "Attachment",
        "BudgetLine", "Contribution", "Coverage", "InspectionStep", "Practice", "PracticeStep",
        "ReportRequest", "ReportRequestPlace", "ReportRequestWithdrawal",
        "ConcernStep",
        "SectionText", "ReportStep", "FrozenReport", "DeclaredFigure",
        "Handover", "Occasion", "StepProgress", "Alert", "AlertDay",
    }  # fmt: skip


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1, stdout=said)
    except (CommandError, SystemExit):
        pytest.fail(f"run makemigrations:\n{said.getvalue()}")


def test_migrations_are_linear() -> None:
    migrations = MigrationLoader(None).disk_migrations
    for config in apps.get_app_configs():
        if not config.name.startswith("hocvuso."):
            continue
        own = {name: made for (label, name), made in migrations.items() if label == config.label}
        parents = [sum(label == config.label for label, _ in made.dependencies) for _, made in sorted(own.items())]
        assert parents == [int(position > 0) for position in range(len(own))], f"{config.label}: {sorted(own)}"
        assert [int(name[:4]) for name in sorted(own)] == list(range(1, len(own) + 1)), f"{config.label}: {sorted(own)}"


@pytest.mark.parametrize("entry", TIMETABLE, ids=lambda entry: entry.job)
def test_every_job_of_the_timetable_can_be_called(entry: Any) -> None:
    demanded = [
        p
        for p in inspect.signature(entry.load()).parameters.values()
        if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    ]
    assert demanded == []
    assert entry.every > 0


# --- files ---------------------------------------------------------------------------------------------------------------------


def _template_names() -> dict[str, Path]:
    return {
        str(path.relative_to(folder)): path
        for folder in WEB.glob("*/templates")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_template_is_used_by_a_view_or_another_template() -> None:
    """Views name a template in full; templates extend and include in full, too."""
    sources = [path.read_text(encoding="utf-8") for path in (*WEB.rglob("*.py"), *_template_names().values())]
    named = set(re.findall(r"""["']([a-z_]+/[a-z0-9_]+\.(?:html|svg|txt|xml))["']""", "\n".join(sources)))
    assert set(_template_names()) - named == set()
    assert {name for name in named if name.endswith(".html")} - set(_template_names()) == set()


def test_no_file_is_a_giant() -> None:
    kinds = {".py", ".html", ".css", ".js", ".sql"}
    long = [
        f"{path.relative_to(ROOT)}: {count}"
        for folder in ("hocvuso", "tests", "tools", "bench")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in kinds and PACKAGE / "data" not in path.parents and "vendor" not in path.parts
        if (count := path.read_text(encoding="utf-8").count("\n")) > 600
    ]
    assert long == []


def test_lock_files_pin_by_hash_and_name_no_index() -> None:
    locks = list(ROOT.glob("*.lock"))
    assert locks
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, f"{lock.name} names an address"
        pinned = re.findall(r"^[a-z0-9][\w.\-\[\],]*==", text, flags=re.MULTILINE)
        assert pinned
        assert text.count("--hash=sha256:") >= len(pinned)
