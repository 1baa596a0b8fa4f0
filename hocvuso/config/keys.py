"""Secret keys: made once under HOCVUSO_HOME (mode 0600) for a first start, from the environment in production.

`HOCVUSO_SECRET_KEY` signs sessions. `HOCVUSO_IDENTITY_KEY` (base64, 32 bytes) makes the HMAC and the encryption of identity numbers:
lose it and they cannot be matched any more, which is why a database marks the key it was written under (`people.KeyMark`).
`HOCVUSO_SYNC_KEY` (base64, 32 bytes) opens what phones have sealed for this server: lose it and what still lies on them cannot be read.
`HOCVUSO_CERTIFICATE_KEY` (ES256) signs certificates; its public half stays in the database (`credentials.SigningKey`).
`HOCVUSO_UPWARD_KEY` (base64, 32 bytes, Ed25519) signs the figures that go to the level above, which knows its public half.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from hocvuso.config.env import envstr
from hocvuso.credentials.codes import new_private_key, read_private_key
from hocvuso.lib.errors import BadInput, NotReady


def secret(name: str, *, home: Path, production: bool) -> str:
    given = envstr(name)
    if given:
        if len(given) < 32:
            raise NotReady(f"{name}: khóa quá ngắn, cần ít nhất 32 ký tự.")
        return given
    if production:
        raise NotReady(f"{name}: máy chủ chính thức phải nhận khóa này từ môi trường, không tự tạo.")
    return _kept(home / "keys" / name.lower(), _random_text)


def of_standin(secret_key: str, what: str) -> str:
    """A secret that the demo and its stand-ins both know without anybody handing it over: they have the same key."""
    return hashlib.sha256(f"{secret_key}:{what}-standin".encode()).hexdigest()


def identity_key(*, home: Path, production: bool) -> bytes:
    return _key_bytes("HOCVUSO_IDENTITY_KEY", home=home, production=production)


def sync_key(*, home: Path, production: bool) -> bytes:
    return _key_bytes("HOCVUSO_SYNC_KEY", home=home, production=production)


def upward_key(*, home: Path, production: bool) -> bytes:
    """Empty on a production server that was given none: it has nobody above it that it sends to."""
    if production and not envstr("HOCVUSO_UPWARD_KEY"):
        return b""
    return _key_bytes("HOCVUSO_UPWARD_KEY", home=home, production=production)


def _key_bytes(name: str, *, home: Path, production: bool) -> bytes:
    text = secret(name, home=home, production=production)
    try:
        # Strictly: a slip that decoding passes over would be another key, and nobody would have it written down.
        key = base64.b64decode(text.translate(str.maketrans("-_", "+/")), validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise NotReady(f"{name}: phải là 32 byte viết dạng base64.")
    return key


def certificate_key(*, home: Path, production: bool) -> bytes:
    """A private key on P-256: PEM, or PKCS #8 in base64, which fits on a line of an environment file."""
    given = envstr("HOCVUSO_CERTIFICATE_KEY")
    if not given and production:
        raise NotReady("HOCVUSO_CERTIFICATE_KEY: máy chủ chính thức phải nhận khóa này từ môi trường, không tự tạo.")
    key = (given or _kept(home / "keys" / "hocvuso_certificate_key", new_private_key)).encode()
    try:
        read_private_key(key)
    except BadInput as error:
        raise NotReady(f"HOCVUSO_CERTIFICATE_KEY: {error}") from None
    return key


def _random_text() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _kept(path: Path, make: Callable[[], str]) -> str:
    """Read the key, or make it; two processes starting at once end with the same one."""
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = make()
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)  # of a start that broke off, under the same process id
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(made)
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    return path.read_text().strip()
