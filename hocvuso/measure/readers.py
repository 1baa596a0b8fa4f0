"""Other systems that read figures here: who may, for which unit, by which token."""

from __future__ import annotations

import hashlib
import re
import secrets

from django.db import transaction
from django.db.models import QuerySet

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput
from hocvuso.measure.models import Reader
from hocvuso.places.models import Unit

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@transaction.atomic
def open_reader(name: str, *, unit: Unit, by: str) -> str:
    """Let a system read the figures of a unit; its token, which is shown this once and nowhere kept. The same name again: a new token."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 40:
        raise BadInput(
            f"Tên hệ thống “{name}” không dùng được: chỉ chữ thường không dấu, số và gạch nối, như kho-du-lieu-tinh."
        )
    token = secrets.token_urlsafe(32)
    told = {"unit": unit, "digest": _digest(token), "opened_at": clock.real_now(), "ended_at": None}
    Reader.objects.update_or_create(name=name, defaults=told)
    record_act("open_reader", by=by, object_type="reader", object_id=name, fields=["unit", "token"])
    return token


@transaction.atomic
def end_reader(reader: Reader, *, by: str) -> None:
    """From now on its token opens nothing."""
    reader.ended_at = clock.real_now()
    reader.save(update_fields=["ended_at"])
    record_act("end_reader", by=by, object_type="reader", object_id=reader.name, fields=["ended_at"])


def readers() -> QuerySet[Reader]:
    """Those whose token is good."""
    return Reader.objects.filter(ended_at=None).select_related("unit").order_by("name")


def reader_with_token(token: str) -> Reader | None:
    return readers().filter(digest=_digest(token)).first() if TOKEN.fullmatch(token) else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
