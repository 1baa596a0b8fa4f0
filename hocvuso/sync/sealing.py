"""Events sealed on the phone for this server alone: what lies unsent on a phone nobody can read, the phone neither.

ECDH on P-256 with a key of its own for each event, HKDF-SHA-256, AES-256-GCM. What is sealed is bound to its device and its id.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hocvuso.lib.errors import BadInput

CURVE = ec.SECP256R1()
INFO = b"hocvuso sync 1"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (NIST SP 800-186)


class Sealer:
    """The server's side: gives out the public key, opens what was sealed to it."""

    def __init__(self, secret: bytes) -> None:
        self._private = ec.derive_private_key(int.from_bytes(secret, "big") % (ORDER - 1) + 1, CURVE)

    def public_jwk(self) -> dict[str, str]:
        numbers = self._private.public_key().public_numbers()
        x, y = (_text(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    def open(self, body: str, *, bound_to: str) -> str:
        """A sealed body's text; a body that is not sealed is given back as it is."""
        sealed = _sealed_parts(body)
        if sealed is None:
            return body
        try:
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(sealed["key"]))
            shared = self._private.exchange(ec.ECDH(), theirs)
            key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=INFO).derive(shared)
            return AESGCM(key).decrypt(_bytes(sealed["iv"]), _bytes(sealed["data"]), bound_to.encode()).decode()
        except (KeyError, TypeError, ValueError, AttributeError, InvalidTag):
            raise BadInput("Không mở được nội dung đã niêm phong cho máy chủ.") from None


def _sealed_parts(body: str) -> dict[str, Any] | None:
    try:
        parts = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return parts if isinstance(parts, dict) and parts.get("sealed") == 1 else None


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.translate(str.maketrans("-_", "+/")) + "=" * (-len(text) % 4), validate=True)
