"""The offline code: COSE_Sign1 (RFC 9052, ES256) over a small CBOR map, written in base45 (RFC 9285) behind “HVS1:”. Pure.

It is read without a line by the verifier page, so it says all there is to say, and nothing else: no identity number, no hash of one.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from hocvuso.lib.errors import BadInput
from hocvuso.lib.text import nfc

PREFIX = "HVS1:"
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
SIGN1, ES256, ALGORITHM, KID = 18, -7, 1, 4  # RFC 9052: the tag, the algorithm, the names of two headers
EPOCH = dt.date(1970, 1, 1)
KID_BYTES = 8
LONGEST = 1000  # letters; ours have some 300


class NotOurs(BadInput):
    """Not a code of this system at all."""


class UnknownKey(BadInput):
    """Has the form of a code of ours, and is signed with a key that is not."""


class Changed(BadInput):
    """Begins like a code of ours, and is not the same any more: a letter was changed, or some are missing."""


CHANGED = "Mã đã bị sửa hoặc bị thiếu một phần. Không công nhận."


@dataclass(frozen=True, slots=True)
class Claim:
    """What a code says. In the CBOR map the fields are the integers 1 to 8, in this order."""

    id: str
    name: str
    level: str
    framework: str  # with its version: "nam-ky-nang 1.0"
    issued_on: dt.date
    issuer: str
    status_index: int
    simulated: bool

    def packed(self) -> bytes:
        day = (self.issued_on - EPOCH).days
        said = {
            1: self.id,
            2: nfc(self.name),
            3: self.level,
            4: self.framework,
            5: day,
            6: self.issuer,
            7: self.status_index,
        }
        return cbor2.dumps(said | ({8: True} if self.simulated else {}))


class Signer:
    """Holds a private key. Signs certificates (`cose`) and whatever else must be known as ours (`raw`)."""

    def __init__(self, private_key: bytes) -> None:
        self._key = read_private_key(private_key)
        self.public = self._key.public_key()
        self.kid = kid_of(self.public)

    def raw(self, data: bytes) -> bytes:
        """r and s, 32 bytes each: how COSE, JOSE and WebCrypto write a signature."""
        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def cose(self, claim: Claim) -> bytes:
        protected = cbor2.dumps({ALGORITHM: ES256, KID: base64url_bytes(self.kid)})
        payload = claim.packed()
        return cbor2.dumps(cbor2.CBORTag(SIGN1, [protected, {}, payload, self.raw(_to_be_signed(protected, payload))]))


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload])


def code_of(cose: bytes) -> str:
    return PREFIX + to_base45(cose)


def read_code(code: str, keys: Mapping[str, ec.EllipticCurvePublicKey]) -> Claim:
    """What a code says, once it is known to be ours. Raises `NotOurs`, `UnknownKey` or `Changed`."""
    text = code.strip()
    if not text.upper().startswith(PREFIX) or len(text) > LONGEST:
        raise NotOurs("Đây không phải mã của giấy xác nhận Học Vụ Số.")
    try:
        protected, payload, signature = _parts(from_base45(text[len(PREFIX) :].upper()))
        header = cbor2.loads(protected)
        algorithm, kid = header[ALGORITHM], base64url(header[KID])
    except (cbor2.CBORError, ValueError, LookupError, TypeError, AttributeError, EOFError, RecursionError):
        raise Changed(CHANGED) from None
    if algorithm != ES256 or kid not in keys:
        raise UnknownKey("Mã này ký bằng một khóa không phải của hệ thống. Không công nhận.")
    try:
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        keys[kid].verify(encode_dss_signature(r, s), _to_be_signed(protected, payload), ec.ECDSA(SHA256()))
    except InvalidSignature:
        raise Changed(CHANGED) from None
    return _claim(cbor2.loads(payload))


def _parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    message = cbor2.loads(data)
    protected, unprotected, payload, signature = message.value
    if message.tag != SIGN1 or unprotected != {} or len(signature) != 64:
        raise ValueError
    return protected, payload, signature


def _claim(said: Mapping[int, Any]) -> Claim:
    day = EPOCH + dt.timedelta(days=said[5])
    return Claim(said[1], said[2], said[3], said[4], day, said[6], said[7], bool(said.get(8)))


# --- keys ----------------------------------------------------------------------------------------------------------------------


def read_private_key(given: bytes) -> ec.EllipticCurvePrivateKey:
    """PEM, or PKCS #8 in base64. The refusal does not repeat what was given."""
    text = given.strip()
    try:
        if text.startswith(b"-----"):
            key = serialization.load_pem_private_key(text, password=None)
        else:
            key = serialization.load_der_private_key(base64.b64decode(text, validate=True), password=None)
    except (ValueError, TypeError):
        raise BadInput("không đọc được khóa: cần khóa riêng P-256 dạng PEM, hoặc PKCS #8 viết dạng base64.") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise BadInput("khóa phải là khóa riêng trên đường cong P-256 (ES256).")
    return key


def new_private_key() -> str:
    made = ec.generate_private_key(ec.SECP256R1())
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.private_bytes(*form).decode()


def public_pem(key: ec.EllipticCurvePublicKey) -> str:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def read_public_key(pem: str) -> ec.EllipticCurvePublicKey:
    key = serialization.load_pem_public_key(pem.encode())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return key


def jwk_of(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    numbers = key.public_numbers()
    x, y = (base64url(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    return {"crv": "P-256", "kty": "EC", "x": x, "y": y}


def kid_of(key: ec.EllipticCurvePublicKey) -> str:
    """The first eight bytes of the key's JWK thumbprint (RFC 7638): enough to choose among our few keys, and short in the code."""
    thumbprint = hashlib.sha256(json.dumps(jwk_of(key), separators=(",", ":"), sort_keys=True).encode()).digest()
    return base64url(thumbprint[:KID_BYTES])


# --- letters -------------------------------------------------------------------------------------------------------------------


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def base64url_bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def to_base45(data: bytes) -> str:
    letters = []
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, rest = divmod(number, 45)
            letters.append(LETTERS[rest])
    return "".join(letters)


def from_base45(text: str) -> bytes:
    """Raises ValueError for what is not base45: a foreign letter, a number too big, a single letter left over."""
    data = bytearray()
    for start in range(0, len(text), 3):
        part = [LETTERS.index(letter) for letter in text[start : start + 3]]
        number = sum(digit * 45**place for place, digit in enumerate(part))
        if len(part) == 1 or number >= 256 ** (len(part) - 1):
            raise ValueError("not base45")
        data += number.to_bytes(len(part) - 1, "big")
    return bytes(data)
