"""Who may send here, and keeping what they send: packages as they came, put in force together or not at all."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.ids import new_id
from hocvuso.measure import engine
from hocvuso.measure.models import Sender
from hocvuso.measure.upward.queries import root, sent_here
from hocvuso.measure.upward.rules import (
    AHEAD_AT_MOST,
    COLUMNS,
    Manifest,
    key_id,
    read_manifest,
    read_public_key,
    read_rows,
    unpack,
)
from hocvuso.places.models import Level, Unit

KEEP = 3  # figures of a sender that a slow reader may still hold


@transaction.atomic
def accept_sender(name: str, *, unit: Unit, key: str, by: str) -> Sender:
    """From now on, whoever holds the private half of `key` may send the figures of `unit`. The same name again takes a new key."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 40:
        raise BadInput(f"Tên nơi gửi “{name}” không dùng được: chỉ chữ thường không dấu, số và gạch nối, như dak-lak.")
    if unit.level != Level.PROVINCE:
        raise BadInput(f"{unit.name} không phải cấp tỉnh: chỉ tỉnh, thành phố gửi số liệu lên.")
    public = read_public_key(key)
    others = Sender.objects.exclude(name=name)
    if others.filter(key_id=key_id(public)).exists():
        raise Refused("Khóa này đã đăng ký cho một nơi gửi khác.")
    if speaker := others.filter(unit=unit, ended_at=None).first():
        raise Refused(f"{unit.name} đã có nơi gửi “{speaker.name}”; hãy cho nơi đó thôi gửi trước.")
    told = {
        "unit": unit, "key_id": key_id(public), "public_key": public, "accepted_at": clock.real_now(), "ended_at": None,
    }  # fmt: skip
    sender, _made = Sender.objects.update_or_create(name=name, defaults=told)
    record_act("accept_sender", by=by, object_type="sender", object_id=name, fields=["unit", "key"])
    return sender


@transaction.atomic
def end_sender(sender: Sender, *, by: str) -> None:
    """Nothing more is taken under its key. What it has sent stays in force."""
    sender.ended_at = clock.real_now()
    sender.save(update_fields=["ended_at"])
    record_act("end_sender", by=by, object_type="sender", object_id=sender.name)


@dataclass(frozen=True, slots=True)
class Answer:
    """`state`: "wanted" (packages are missing), "in_force" (from now on) or "known" (was in force before; nothing was changed)."""

    state: str
    wanted: tuple[str, ...] = ()


def receive_manifest(sender: Sender, body: bytes) -> Answer:
    """Take note of what is to come, or, when all of it is here, put it in force."""
    manifest = read_manifest(body)
    _demand_senders_own(sender, manifest)
    with _alone(_home(sender)) as home:
        current = sent_here().get(manifest.unit)
        if current is not None and current.content == manifest.content:
            return Answer("known")
        open_one = _open_manifest(home)
        for newest in (current, open_one):
            if newest and newest.content != manifest.content and manifest.made_at <= newest.made_at:
                raise Refused(
                    f"Bản kê này lập lúc {manifest.made_at:%H:%M:%S ngày %d/%m/%Y} (UTC), cũ hơn bản đã nhận. Không nhận lại bản cũ."
                )
        if open_one is None or open_one.body != body:
            _write(home / "manifest.json", body)
        wanted = tuple(one.id for one in manifest.packages if not _file(home, one.id).exists())
        if wanted:
            return Answer("wanted", wanted)
        _put_in_force(sender, manifest, home)
        return Answer("in_force")


def receive_package(sender: Sender, package: str, body: bytes) -> None:
    """Keep a package of the manifest that is open. One that is here already is left as it is."""
    home = _home(sender)
    manifest = _open_manifest(home)
    listed = manifest.listed(package) if manifest else None
    if manifest is None or listed is None:
        raise Refused("Gói này không nằm trong bản kê đang nhận; hãy gửi bản kê trước.")
    if _file(home, package).exists():
        return
    rows = read_rows(unpack(body, listed), listed.kind)
    if len(rows) != listed.rows:
        raise BadInput("Gói số liệu: số dòng không khớp bản kê.")
    _demand_known_communes(sender.unit, {row[0] for row in rows})
    _write(_file(home, package), body)


def _demand_senders_own(sender: Sender, manifest: Manifest) -> None:
    if manifest.unit != sender.unit.code:
        raise Refused(
            f"Khóa này chỉ được gửi số liệu của {sender.unit.name} (mã {sender.unit.code}), không phải của mã {manifest.unit}."
        )
    if manifest.made_at > clock.real_now() + AHEAD_AT_MOST:
        raise Refused("Giờ lập bản kê ở sau giờ của nơi nhận; hãy chỉnh lại đồng hồ máy gửi.")


def _demand_known_communes(unit: Unit, codes: set[str]) -> None:
    known = set(unit.below().filter(level=Level.COMMUNE).values_list("code", flat=True)) | {unit.code}
    if strangers := sorted(codes - known):
        raise Refused(f"Mã {strangers[0]} không phải một xã, phường, đặc khu của {unit.name}. Không nhận gói này.")


def _put_in_force(sender: Sender, manifest: Manifest, home: Path) -> None:
    """The packages become tables in a folder of their own; renaming `current.json` over is what readers see."""
    folder = home / str(new_id())
    beside = home / "making"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    (beside / "manifest.json").write_bytes(manifest.body)
    _make_tables(manifest, home, beside)
    beside.rename(folder)
    now = clock.real_now()
    record_act(
        "receive_figures", by=f":sender:{sender.name}", object_type="unit", object_id=manifest.unit, fields=["figures"]
    )
    said = {
        "unit": manifest.unit, "path": sender.unit.path, "content": manifest.content, "on": manifest.on.isoformat(),
        "made_at": manifest.made_at.isoformat(), "received_at": now.isoformat(), "catalogue": manifest.catalogue,
        "simulated": manifest.simulated, "rows": sum(one.rows for one in manifest.packages),
        "folder": str(folder.relative_to(root())),
    }  # fmt: skip
    _swap(manifest.unit, said)
    _forget_old(home, manifest)


def _make_tables(manifest: Manifest, home: Path, folder: Path) -> None:
    with engine.connect(folder / "scratch") as connection:
        for kind, columns in COLUMNS.items():
            files = [_file(home, one.id) for one in manifest.packages if one.kind == kind]
            rows = _rows_of(files, columns)
            told = f"SELECT '{manifest.unit}' AS sender, * FROM {rows}"
            engine.copy(connection, told, to=folder / f"{'weeks' if kind == 'cells' else kind}.parquet")
        engine.copy(
            connection,
            f"""SELECT sender, commune, metric, level, grade, week, simulated, sum(n)::BIGINT AS n
            FROM read_parquet('{engine.quoted(folder / "weeks.parquet")}') GROUP BY ALL ORDER BY ALL""",
            to=folder / "cells.parquet",
        )
    shutil.rmtree(folder / "scratch", ignore_errors=True)


def _rows_of(files: list[Path], columns: dict[str, str]) -> str:
    if not files:
        return engine.read_files([], columns)
    names = ", ".join(f"'{engine.quoted(file)}'" for file in files)
    kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    return (
        f"read_csv([{names}], header=false, columns={{{kinds}}}, nullstr='\\N', auto_detect=false, quote='\"', escape='\"', delim=',', "
        "compression='gzip')"
    )


def _swap(unit: str, said: dict[str, Any]) -> None:
    """Senders put theirs in force one after the other; a reader sees the old file or the new one."""
    with _alone(root()):
        path = root() / "current.json"
        read = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        _write(path, json.dumps(read | {unit: said}, ensure_ascii=False).encode())


def _forget_old(home: Path, manifest: Manifest) -> None:
    """What the newest manifest does not name (pieces that a kill left, too), and all but the last few folders."""
    named = {one.id for one in manifest.packages}
    for file in (home / "packages").iterdir():
        if file.name.removesuffix(".csv.gz") not in named:
            file.unlink()
    folders = sorted(
        (path for path in home.iterdir() if path.is_dir() and path.name != "packages"), key=lambda p: p.stat().st_mtime
    )
    for old in folders[:-KEEP]:
        shutil.rmtree(old, ignore_errors=True)


def _home(sender: Sender) -> Path:
    return root() / sender.unit.code


def _file(home: Path, package: str) -> Path:
    return home / "packages" / f"{package}.csv.gz"


def _open_manifest(home: Path) -> Manifest | None:
    """The newest manifest that came, in force by now or not."""
    try:
        return read_manifest((home / "manifest.json").read_bytes())
    except (FileNotFoundError, BadInput):
        return None


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """One at a time in this folder; the lock goes with the process, so a kill leaves none behind."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _write(path: Path, body: bytes) -> None:
    """On the disk before anybody is told so, and there whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{new_id()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        beside.unlink(missing_ok=True)
