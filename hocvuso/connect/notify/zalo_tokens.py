"""The two tokens of an Official Account. The access token lives about a day; the refresh token serves once and brings the next one.

They are kept in `HOCVUSO_HOME/zalo/tokens.json` (mode 0600), on the disk before they are used. A kill between Zalo's answer and our
writing loses the chain: then somebody gives a new `HOCVUSO_ZALO_REFRESH_TOKEN`, and it begins anew from there.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from hocvuso.connect.notify.answers import asked
from hocvuso.connect.notify.seam import NotDelivered

if TYPE_CHECKING:
    import httpx

SPARE = 300.0  # seconds before its end at which an access token is renewed
MOST_SECONDS = 7 * 86_400.0


@dataclass(frozen=True, slots=True)
class Tokens:
    access: str
    refresh: str
    until: float  # seconds since 1970
    first: str  # mark of the refresh token in the settings this chain began with


def access_token(client: httpx.Client, *, now: dt.datetime) -> str:
    """One that holds for now; renewed where it does not. Raises `NotDelivered`."""
    with _alone() as file:
        kept = _read(file)
        if kept is not None and kept.until - SPARE > now.timestamp():
            return kept.access
        renewed = _renewed(client, kept.refresh if kept else settings.ZALO_REFRESH_TOKEN, now)
        _write(file, renewed)
        return renewed.access


def forget_access() -> None:
    """Zalo does not take the access token any more: the next session asks for another."""
    with _alone() as file:
        kept = _read(file)
        if kept is not None:
            _write(file, Tokens(kept.access, kept.refresh, 0.0, kept.first))


def _renewed(client: httpx.Client, refresh: str, now: dt.datetime) -> Tokens:
    answer = asked(
        client,
        settings.ZALO_TOKEN_URL,
        headers={"secret_key": settings.ZALO_SECRET},
        data={"refresh_token": refresh, "app_id": settings.ZALO_APP_ID, "grant_type": "refresh_token"},
    )
    access, following = answer.get("access_token"), answer.get("refresh_token")
    if not isinstance(access, str) or not access or not isinstance(following, str) or not following:
        raise NotDelivered("sign_in_refused")
    return Tokens(access, following, now.timestamp() + _seconds(answer.get("expires_in")), _mark())


def _seconds(given: Any) -> float:
    """They write it as text. What cannot be read is taken for an hour."""
    try:
        return min(max(float(given), 0.0), MOST_SECONDS)
    except (TypeError, ValueError):
        return 3600.0


def _mark() -> str:
    return hashlib.sha256(settings.ZALO_REFRESH_TOKEN.encode()).hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[Path]:
    """One at a time, for a refresh token that is used twice is lost; the lock goes with the process."""
    folder: Path = settings.HOME / "zalo"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / "tokens.json"


def _read(file: Path) -> Tokens | None:
    """What is kept, unless the settings name another first token since."""
    try:
        kept = Tokens(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return kept if kept.first == _mark() else None


def _write(file: Path, tokens: Tokens) -> None:
    beside = file.with_suffix(".tmp")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump(asdict(tokens), out)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
