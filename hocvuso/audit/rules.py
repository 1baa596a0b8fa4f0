from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class SealedRow:
    """What of an entry is sealed; times as ISO text in UTC with microseconds, the same on both databases."""

    id: int
    at: str
    actor: str
    verb: str
    object_type: str
    object_id: str
    fields: tuple[str, ...]


def seal_digest(previous: str, at: str, rows: Sequence[SealedRow]) -> str:
    """SHA-256 over the link before, the time, and the rows in the order of their ids."""
    digest = hashlib.sha256(f"{previous}\n{at}\n".encode())
    for row in sorted(rows, key=lambda row: row.id):
        digest.update(json.dumps(asdict(row), ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()
