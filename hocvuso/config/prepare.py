"""What a first start does by itself: database, static files, places, plans, the demo. A second start does none of it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

import hocvuso
from hocvuso.config.ready import demand_ready, pending_migrations
from hocvuso.credentials.actions import mark_signing_key
from hocvuso.lib import clock
from hocvuso.people.actions import mark_key
from hocvuso.people.models import KeyMark

Progress = Callable[[str, int, int], None]
ACTOR = ":prepare"


def migrate_database() -> None:
    """Apply what is pending, install the triggers, mark the keys. The keys' marks refuse a start under others."""
    from django.db import DEFAULT_DB_ALIAS

    from hocvuso.lib.append_only import install_triggers, missing_triggers

    if pending_migrations():
        call_command("migrate", verbosity=0, interactive=False)
    if missing_triggers(
        DEFAULT_DB_ALIAS
    ):  # no DDL on a start that needs none: the web's own role may not be allowed it
        install_triggers(DEFAULT_DB_ALIAS)
    demand_ready()
    mark_key()
    mark_signing_key()


def prepare(*, progress: Progress | None = None, persons: int | None = None) -> bool:
    """Make this installation ready to serve. False when there was nothing to do (the second start)."""
    from hocvuso.items.actions import load_bank, read_bank
    from hocvuso.measure.actions import refresh_measure
    from hocvuso.places.actions import load_units
    from hocvuso.plans.actions import adopt_plan, read_plan_file

    if not pending_migrations():
        demand_ready()  # a trigger somebody took away is not put back in silence: that is for `hocvuso migrate`
    migrate_database()
    note = settings.HOME / "prepared.json"
    wanted = _fingerprint()
    if note.exists() and note.read_text(encoding="utf-8") == wanted:
        return refresh_measure()
    call_command("collectstatic", verbosity=0, interactive=False)
    for path in sorted((settings.DATA_DIR / "items").glob("*.yaml")):
        load_bank(read_bank(path), by=ACTOR)
    if settings.DEMO:
        from hocvuso.simulate.demo import make_demo

        (settings.HOME / "demo").touch()
        make_demo(today=clock.today(), persons=persons, progress=progress)
    else:
        load_units(settings.DATA_DIR / "places", by=ACTOR)
        for path in sorted((settings.DATA_DIR / "plans").glob("*.yaml")):
            adopt_plan(read_plan_file(path), by=ACTOR, today=clock.today())
    refresh_measure()
    beside = note.with_suffix(".tmp")
    beside.write_text(wanted, encoding="utf-8")
    beside.replace(note)
    return True


def _fingerprint() -> str:
    """Changes with the program, its data, the database and (in the demo) the day."""
    digest = hashlib.sha256()
    roots = (settings.DATA_DIR, *(entry for entry in settings.STATICFILES_DIRS if isinstance(entry, Path)))
    for path in sorted(path for root in roots for path in root.rglob("*") if path.is_file()):
        digest.update(f"{path.name}:{path.stat().st_size}:".encode())
        if path.stat().st_size < 300_000:
            digest.update(path.read_bytes())
    database = [mark.isoformat() for mark in KeyMark.objects.order_by("pk").values_list("recorded_at", flat=True)]
    day = clock.today().isoformat() if settings.DEMO else ""
    return json.dumps([hocvuso.__version__, digest.hexdigest(), database, day, settings.DEMO])
