"""Identifiers: time-ordered for what happens (uuid7), derived for what has a public code (uuid5)."""

from __future__ import annotations

import uuid

import uuid_utils.compat

_OURS = uuid.UUID("6f4d8a52-9d0e-5b1c-8a38-2f6b1f0c7e11")


def new_id() -> uuid.UUID:
    """A fresh uuid7 (RFC 9562): sorts by the time it was made."""
    made: uuid.UUID = uuid_utils.compat.uuid7()
    return made


def derived_id(kind: str, code: str) -> uuid.UUID:
    """The same uuid for the same kind and code on every machine, so that two loads make one unit."""
    return uuid.uuid5(_OURS, f"{kind}:{code}")
