"""Packages, manifests and signatures. Pure.

A package is lines of CSV; its id is the digest of these lines, so the same figures have the same id wherever and whenever they are packed.
A manifest says which packages make the whole, and is the only thing that has a time.
"""

from __future__ import annotations

import base64
import csv
import datetime as dt
import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hocvuso.lib.errors import BadInput

FORMAT = 1
ROWS_AT_MOST = 20_000  # of one package
PACKAGES_AT_MOST = 4_000  # of one manifest: five times what a large province needs
TEXT_AT_MOST = 8_000_000  # bytes of a package unpacked; a stranger's archive may claim anything
BODY_AT_MOST = 1_500_000  # bytes of one request
AHEAD_AT_MOST = dt.timedelta(
    minutes=10
)  # a sender's clock before ours: further, and it could shut out whatever follows

# What each kind of package says, line by line. `commune` is a code; a province's own rows carry the province's.
COLUMNS = {
    "cells": {
        "commune": "VARCHAR", "metric": "VARCHAR", "level": "VARCHAR", "grade": "VARCHAR", "grp": "VARCHAR", "sex": "VARCHAR",
        "age": "VARCHAR", "area": "VARCHAR", "week": "DATE", "simulated": "BOOLEAN", "n": "BIGINT",
    },
    "headcounts": {"commune": "VARCHAR", "grp": "VARCHAR", "day": "DATE", "n": "BIGINT", "source": "VARCHAR"},
    "stated": {
        "commune": "VARCHAR", "metric": "VARCHAR", "grade": "VARCHAR", "day": "DATE", "simulated": "BOOLEAN", "n": "BIGINT",
        "source": "VARCHAR",
    },
}  # fmt: skip
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """A package as the manifest names it. `size` = bytes of its text."""

    id: str
    kind: str
    rows: int
    size: int


@dataclass(frozen=True, slots=True)
class Package:
    listed: Listed
    text: bytes

    @property
    def body(self) -> bytes:
        """As it travels and is kept."""
        return gzip.compress(self.text, compresslevel=6, mtime=0)


@dataclass(frozen=True, slots=True)
class Manifest:
    unit: str
    on: dt.date  # the business day the figures are of
    made_at: dt.datetime
    catalogue: str  # digest of the sender's metrics: another one may count otherwise
    simulated: bool
    packages: tuple[Listed, ...]

    @property
    def content(self) -> str:
        """The same figures of the same day have the same, whenever the manifest was written."""
        said = self.as_json()
        del said["made_at"]
        return _digest(_canonical(said))

    @property
    def body(self) -> bytes:
        return _canonical(self.as_json())

    def as_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT, "unit": self.unit, "on": self.on.isoformat(), "made_at": self.made_at.isoformat(),
            "catalogue": self.catalogue, "simulated": self.simulated,
            "packages": [{"id": p.id, "kind": p.kind, "rows": p.rows, "size": p.size} for p in self.packages],
        }  # fmt: skip

    def listed(self, package: str) -> Listed | None:
        return next((one for one in self.packages if one.id == package), None)


def pack(kind: str, rows: Iterable[Row]) -> Iterator[Package]:
    """Rows, already in their order, cut into packages."""
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == ROWS_AT_MOST:
            yield _package(kind, waiting)
            waiting = []
    if waiting:
        yield _package(kind, waiting)


def _package(kind: str, rows: list[Row]) -> Package:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([[_plain(value) for value in row] for row in rows])
    # The kind is a part of what is digested: the same lines under another kind would be something else.
    told = text.getvalue().encode()
    return Package(Listed(_digest(kind.encode() + b"\n" + told), kind, len(rows), len(told)), told)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def unpack(body: bytes, listed: Listed) -> bytes:
    """The text of a package that came, if it is the one that was listed. Nothing is unpacked beyond its size."""
    opener = zlib.decompressobj(wbits=31)
    try:
        text = opener.decompress(body, listed.size + 1)
    except zlib.error:
        text = b""
    if not opener.eof or opener.unused_data or _digest(listed.kind.encode() + b"\n" + text) != listed.id:
        raise BadInput("Gói số liệu bị hỏng trên đường đi: nội dung không khớp mã của gói. Chưa nhận.")
    return text


def read_rows(text: bytes, kind: str) -> list[list[str]]:
    """The lines of a package with as many fields as its kind has, each readable as what it is."""
    kinds = list(COLUMNS[kind].values())
    try:
        rows = list(csv.reader(io.StringIO(text.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise BadInput("Gói số liệu không đọc được.") from None
    for number, row in enumerate(rows, start=1):
        if len(row) != len(kinds) or not all(_fits(value, kind) for value, kind in zip(row, kinds, strict=True)):
            raise BadInput(f"Gói số liệu: dòng {number} không đúng dạng.")
    return rows


def _fits(value: str, kind: str) -> bool:
    if kind == "DATE":
        try:
            return len(value) == 10 and bool(dt.date.fromisoformat(value))
        except ValueError:
            return False
    if kind == "BOOLEAN":
        return value in {"0", "1"}
    if kind == "BIGINT":
        return re.fullmatch(r"0|[1-9][0-9]{0,10}", value) is not None
    return len(value) <= 200 and value.isprintable()


def read_manifest(body: bytes) -> Manifest:
    refusal = BadInput("Bản kê số liệu không đọc được.")
    try:
        said = json.loads(body)
        if said["format"] != FORMAT:
            raise BadInput("Bản kê số liệu theo dạng khác; hai hệ thống phải cùng một bản phần mềm.")
        packages = tuple(Listed(str(p["id"]), str(p["kind"]), int(p["rows"]), int(p["size"])) for p in said["packages"])
        manifest = Manifest(
            unit=str(said["unit"]), on=dt.date.fromisoformat(said["on"]), made_at=dt.datetime.fromisoformat(said["made_at"]),
            catalogue=str(said["catalogue"])[:64], simulated=said["simulated"] is True, packages=packages,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise refusal from None
    if manifest.made_at.tzinfo is None or manifest.body != body:
        raise refusal
    if len(packages) > PACKAGES_AT_MOST or any(not 0 < p.size <= TEXT_AT_MOST for p in packages):
        raise BadInput("Bản kê số liệu quá lớn.")
    if len({p.id for p in packages}) != len(packages) or not all(
        re.fullmatch(r"[0-9a-f]{64}", p.id) and p.kind in COLUMNS and 0 < p.rows <= ROWS_AT_MOST for p in packages
    ):
        raise refusal
    return manifest


# --- signatures: Ed25519 (RFC 8032) ----------------------------------------------------------------------------------------------


def sign(key: bytes, purpose: str, body: bytes) -> str:
    return _text(Ed25519PrivateKey.from_private_bytes(key).sign(_signed(purpose, body)))


def is_signed(public: str, purpose: str, body: bytes, signature: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(_bytes(public)).verify(_bytes(signature), _signed(purpose, body))
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed(purpose: str, body: bytes) -> bytes:
    """A signature is for one purpose: that of a package serves for no manifest."""
    return f"hocvuso-upward-{FORMAT}\n{purpose}\n{_digest(body)}".encode()


def public_key_of(key: bytes) -> str:
    """The public half, in one word that fits into a letter."""
    public = Ed25519PrivateKey.from_private_bytes(key).public_key()
    return _text(public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw))


def read_public_key(text: str) -> str:
    """The same word in its one spelling. Raises `BadInput` for anything else."""
    try:
        raw = _bytes(text.strip())
    except ValueError:
        raw = b""
    if len(raw) != 32 or _text(raw) != text.strip():
        raise BadInput("Khóa không đúng: phải là 43 ký tự mà lệnh `hocvuso measure key` của nơi gửi in ra.")
    return text.strip()


def key_id(public: str) -> str:
    return _digest(public.encode())[:16]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.translate(str.maketrans("-_", "+/")) + "=" * (-len(text) % 4), validate=True)


def _canonical(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
