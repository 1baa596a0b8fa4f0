"""What flags need of the ledger and no metric counts: how often something was done, and by which hand in which minute.

Counted by the database itself, once for each range of `seq`, and kept as small Parquet files beside the parts. A row that is taken back
later stays in them: a burst that was voided is a burst that somebody corrected.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce, TruncMinute

from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import ledger_mark
from hocvuso.measure import engine

TURN_COLUMNS = {"unit_id": "BIGINT", "what": "VARCHAR", "day": "DATE", "turns": "BIGINT"}
HAND_COLUMNS = {
    "unit_id": "BIGINT", "hand": "VARCHAR", "kind": "VARCHAR", "rows": "BIGINT", "most": "BIGINT", "at": "TIMESTAMP",
}  # fmt: skip
# Kinds whose rows are turns, and the field of the detail that says how many; without one a row is one turn.
GUIDANCE = "skill_guided"
COUNTED_IN_DETAIL = {"class_held": ("attendance", "attendance"), "team_week_held": ("visits", "visits")}


def part_files(root: Path) -> list[Path]:
    """The parts beside the traces. They are named after the rows they hold; a file with one word for a name is no part."""
    return sorted((root / "parts").glob("*.*.parquet"))


def extend_traces(root: Path, *, one_at_a_time: frozenset[str]) -> Path:
    """Traces up to the ledger's mark. Another ledger, or one restored from an older copy, begins anew."""
    folder = root / "traces"
    folder.mkdir(parents=True, exist_ok=True)
    first = Evidence.objects.order_by("seq").values_list("id", flat=True).first()
    name, mark = str(first or "")[:13], ledger_mark()
    known = [path for path in folder.glob("*.parquet") if path.name.startswith(f"{name}.")]
    done = max((_last(path) for path in known), default=0)
    if done > mark:
        done, known = 0, []
    for stray in set(folder.iterdir()) - set(known):
        stray.unlink()
    if mark > done:
        rows = Evidence.objects.filter(seq__gt=done, seq__lte=mark, voids=None)
        # The last of the two files to appear is the one that counts as done.
        engine.write_parquet(_turns(rows), TURN_COLUMNS, to=folder / f"{name}.{done:012d}.{mark:012d}.turns.parquet")
        engine.write_parquet(
            _hands(rows, one_at_a_time), HAND_COLUMNS, to=folder / f"{name}.{done:012d}.{mark:012d}.hands.parquet"
        )
    return folder


def _last(path: Path) -> int:
    """Where a pair of files ends; a file without its twin counts for nothing."""
    _, _, last, table, _ = path.name.split(".")
    twin = path.with_name(path.name.replace(f".{table}.", ".hands." if table == "turns" else ".turns."))
    return int(last) if twin.exists() else 0


def _turns(rows: QuerySet[Evidence]) -> Iterator[list[Any]]:
    guided = rows.filter(kind=GUIDANCE, unit__isnull=False).values_list("unit_id", "on")
    for unit, day, count in guided.annotate(count=Count("seq")).order_by("unit_id", "on").iterator(chunk_size=5000):
        yield [unit, "guidance", day, count]
    told = rows.filter(kind__in=COUNTED_IN_DETAIL, unit__isnull=False).order_by("seq")
    for kind, unit, day, detail in told.values_list("kind", "unit_id", "on", "detail").iterator(chunk_size=5000):
        what, field = COUNTED_IN_DETAIL[kind]
        if count := int(detail.get(field, 0)):
            yield [unit, what, day, count]


def _hands(rows: QuerySet[Evidence], kinds: frozenset[str]) -> Iterator[list[Any]]:
    """A hand is the device, or the account where no device is named. What the program does by itself (":…") is nobody's hand."""
    by_hand = rows.filter(kind__in=kinds).exclude(device="", by__startswith=":")
    minutes = (
        by_hand.annotate(place=Coalesce("unit_id", "org__seat_id"), minute=TruncMinute("recorded_at", tzinfo=dt.UTC))
        .values_list("kind", "place", "device", "by", "minute")
        .annotate(count=Count("seq"))
        .order_by("kind", "place", "device", "by", "minute")
    )
    sums: dict[tuple[str, int, str], tuple[int, int, dt.datetime]] = {}
    for kind, place, device, by, minute, count in minutes.iterator(chunk_size=5000):
        key = (kind, place, device or by)
        total, most, at = sums.get(key, (0, 0, minute))
        sums[key] = (total + count, max(most, count), minute if count > most else at)
    for (kind, place, hand), (total, most, at) in sums.items():
        yield [place, hand, kind, total, most, at.astimezone(dt.UTC).replace(tzinfo=None)]
