"""The ledger's rows as parts: exported through Django's own connection above what is there, checked, and put together as they become many.

A part is named after the ledger, what it keeps of the rows, the rows it holds and the id of the last of them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Min

from hocvuso.evidence.models import Evidence
from hocvuso.measure import engine
from hocvuso.measure.queries import metrics

FULL = 8_000_000  # rows of a part that is left alone from then on
FORMAT = 2  # of a part; another number, and everything is exported anew


def book_of(folder: Path) -> Path:
    return folder / "book.parquet"


def extend_parts(folder: Path, *, ledger: str, mark: int) -> list[Path]:
    """Parts up to the mark, in the ledger's order."""
    folder.mkdir(exist_ok=True)
    fields, later = engine.detail_fields(metrics()), engine.later_kinds(metrics())
    series = f"{ledger[:13]}.{hashlib.sha256(json.dumps([FORMAT, fields, later]).encode()).hexdigest()[:8]}"
    start = (
        Evidence.objects.aggregate(first=Min("seq"))["first"] or 1
    ) - 1  # numbers of a database need not begin with 1
    parts = _sound_parts(folder, series, start)
    for stray in set(folder.iterdir()) - {*parts, book_of(folder)}:
        stray.unlink()
    done = _rows_of(parts[-1])[1] if parts else start
    if mark > done:
        last = Evidence.objects.values_list("id", flat=True).get(seq=mark)
        part = folder / f"{series}.{done:012d}.{mark:012d}.{last.hex}.parquet"
        engine.write_part(_rows(done, mark, fields, later), to=part, book=book_of(folder))
        parts.append(part)
    return parts


def _rows(done: int, mark: int, fields: Mapping[str, tuple[str, ...]], later: Collection[str]) -> Iterator[list[Any]]:
    """Ledger rows above `done` as `engine.ROW_COLUMNS`. Age is by year of birth in the year of the fact: the ledger keeps no birthday."""
    rows = Evidence.objects.filter(seq__gt=done, seq__lte=mark).order_by("seq")
    taken_back = rows.filter(voids__isnull=False).values("voids")
    numbers = dict(Evidence.objects.filter(id__in=taken_back).values_list("id", "seq"))
    columns = ("seq", "kind", "subject_type", "subject", "unit_id", "org_id", "group", "sex", "birth_year", "on", "level", "skill",
               "detail", "source", "voids")  # fmt: skip
    for (
        seq,
        kind,
        subject_type,
        subject,
        unit,
        org,
        group,
        sex,
        born,
        on,
        level,
        skill,
        detail,
        source,
        voids,
    ) in rows.values_list(*columns).iterator(chunk_size=5000):
        told = None
        if kind in fields:
            told = json.dumps({name: detail[name] for name in fields[kind] if name in detail})
        age = None if born is None else on.year - born
        yield [
            seq,
            kind,
            subject_type,
            subject,
            unit,
            org,
            group,
            sex,
            age,
            on,
            level,
            skill,
            told,
            source,
            kind in later,
            numbers.get(voids),
        ]


def _sound_parts(folder: Path, series: str, start: int) -> list[Path]:
    """The parts that still tell of this ledger: each goes on where the one before ended, is whole, and ends with a row the ledger has.

    What follows a gap, a cut file or a row unknown to the ledger (it was restored from an older copy) is exported again. Where a part and
    its pieces are both there, the longer one is taken.
    """
    if not is_whole(book_of(folder)):
        return []
    found = sorted((_rows_of(part), part) for part in folder.glob(f"{series}.*.parquet") if part.name.count(".") == 5)
    ids = dict(Evidence.objects.filter(seq__in=[last for (_, last), _ in found]).values_list("seq", "id"))
    sound: list[Path] = []
    reached = start
    while True:
        fitting = [
            (last, part)
            for (first, last), part in found
            if first == reached and last in ids and ids[last].hex == part.name.split(".")[4] and is_whole(part)
        ]
        if not fitting:
            return sound
        reached, part = max(fitting)
        sound.append(part)


def has_boundary(parts: Sequence[Path], mark: int, *, last: str) -> bool:
    """Does a part end just at the mark, with that row?"""
    return any(_rows_of(part)[1] == mark and part.name.split(".")[4] == last.replace("-", "") for part in parts)


def parts_after(parts: Sequence[Path], mark: int) -> list[Path]:
    return [part for part in parts if _rows_of(part)[0] >= mark]


def merge_small_parts(folder: Path, parts: Sequence[Path]) -> None:
    """While the last part is half as large as the one before, or larger, the two become one: so parts stay few, and a row is written a few
    times at most."""
    left = list(parts)
    while len(left) > 1:
        (first, middle), (_, last) = _rows_of(left[-2]), _rows_of(left[-1])
        if 2 * (last - middle) < middle - first or last - first > FULL:
            return
        series = ".".join(left[-1].name.split(".")[:2])
        merged = folder / f"{series}.{first:012d}.{last:012d}.{left[-1].name.split('.')[4]}.parquet"
        engine.merge_parts(left[-2:], to=merged)
        for piece in left[-2:]:
            piece.unlink()
        left[-2:] = [merged]


def is_whole(file: Path) -> bool:
    """A Parquet file begins and ends with its mark; after a power cut it may be there by name only."""
    try:
        with file.open("rb") as opened:
            first = opened.read(4)
            opened.seek(-4, os.SEEK_END)
            return first == opened.read(4) == b"PAR1"
    except OSError:
        return False


def _rows_of(part: Path) -> tuple[int, int]:
    """The rows of a part: above the first number, up to the second."""
    _, _, first, last, *_ = part.name.split(".")
    return int(first), int(last)
