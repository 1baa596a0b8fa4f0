from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hocvuso.lib.errors import BadInput
from hocvuso.sync.sealing import CURVE, INFO, Sealer

SERVER = Sealer(bytes(range(32)))
TEXT = '{"names": ["Bà Hai"]}'


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _number(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "="), "big")


def seal(text: str, jwk: dict[str, str], bound_to: str) -> str:
    """What `team-seal.js` does, written a second time."""
    theirs = ec.EllipticCurvePublicNumbers(_number(jwk["x"]), _number(jwk["y"]), CURVE).public_key()
    own = ec.generate_private_key(CURVE)
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=INFO).derive(own.exchange(ec.ECDH(), theirs))
    data = AESGCM(key).encrypt(b"\1" * 12, text.encode(), bound_to.encode())
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return json.dumps({"sealed": 1, "key": _b64(point), "iv": _b64(b"\1" * 12), "data": _b64(data)})


def test_what_a_phone_seals_only_this_server_opens() -> None:
    sealed = seal(TEXT, SERVER.public_jwk(), "may:su-kien")
    assert "Hai" not in sealed
    assert SERVER.open(sealed, bound_to="may:su-kien") == TEXT
    with pytest.raises(BadInput, match="niêm phong"):
        Sealer(b"x" * 32).open(sealed, bound_to="may:su-kien")


def test_what_was_sealed_for_one_event_opens_for_no_other() -> None:
    sealed = seal(TEXT, SERVER.public_jwk(), "may:su-kien")
    with pytest.raises(BadInput):
        SERVER.open(sealed, bound_to="may:su-kien-khac")


def test_a_body_that_is_not_sealed_stays_as_it_is() -> None:
    for text in (TEXT, "", "[", "[1]", '{"sealed": 2}', "null"):
        assert SERVER.open(text, bound_to="x") == text


@pytest.mark.parametrize(
    "change", [{"key": "AAAA"}, {"key": 5}, {"iv": ""}, {"iv": "?"}, {"data": "AAAA"}, {"data": None}, {"key": None}]
)
def test_a_broken_seal_is_refused(change: dict[str, Any]) -> None:
    sealed = json.loads(seal(TEXT, SERVER.public_jwk(), "a")) | change
    with pytest.raises(BadInput, match="niêm phong"):
        SERVER.open(json.dumps(sealed), bound_to="a")


def test_the_same_secret_gives_the_same_key() -> None:
    assert Sealer(bytes(range(32))).public_jwk() == SERVER.public_jwk()
    assert Sealer(b"\xff" * 32).public_jwk() != SERVER.public_jwk()
