"""A report's content as text that lasts: what was handed in is read again years later, figure by figure. Pure.

Canonical JSON (sorted keys, no blanks), so that the same content has the same digest. A field that is added later with a default is
filled from it when an older text is read; one that is gone is left aside.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import types
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from hocvuso.reports.rules import ReportContent

SCHEMA = 1


def content_as_text(content: ReportContent) -> str:
    return json.dumps(
        {"schema": SCHEMA, "content": _plain(content)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def content_from_text(text: str) -> ReportContent:
    """Raises `ValueError` for a text that is no report of a schema known here."""
    told = json.loads(text)
    if told.get("schema") != SCHEMA:
        raise ValueError(f"a report of schema {told.get('schema')!r}")
    made = _made(ReportContent, told["content"])
    assert isinstance(made, ReportContent)
    return made


def digest_of(text: str) -> str:
    """SHA-256 of the text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, value: Any) -> Any:
    """The value that `_plain` took apart, by what the field is declared to hold."""
    if get_origin(kind) in (Union, types.UnionType):
        choices = [choice for choice in get_args(kind) if choice is not type(None)]
        if value is None:
            return None
        return _made(choices[0], value) if len(choices) == 1 else value
    if get_origin(kind) is tuple:
        of = get_args(kind)
        if len(of) == 2 and of[1] is Ellipsis:
            return tuple(_made(of[0], item) for item in value)
        return tuple(_made(one, item) for one, item in zip(of, value, strict=True))
    if dataclasses.is_dataclass(kind):
        assert isinstance(kind, type)
        hints = _hints(kind)
        names = {field.name for field in dataclasses.fields(kind)} & value.keys()
        return kind(**{name: _made(hints[name], value[name]) for name in names})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    return value
