"""Identity numbers (số định danh): checked, matched by HMAC, kept encrypted. Facts §7: twelve digits, no check digit.

A plain or salted hash could be tried through in seconds (10⁶ values for a known province, sex and year); only a key on the server
prevents it. Both keys are derived from one (`HOCVUSO_IDENTITY_KEY`) with HKDF, so that one file is all there is to keep.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hocvuso.lib.errors import BadInput

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")


class IdentityVault:
    """Turns an identity number into what may be stored. Holds the keys; never logs or returns a number except from `open`."""

    def __init__(self, key: bytes) -> None:
        self._match = _derive(key, b"hocvuso identity match")
        self._seal = AESGCM(_derive(key, b"hocvuso identity seal"))
        self.fingerprint = hashlib.sha256(_derive(key, b"hocvuso key mark")).hexdigest()

    def match(self, number: str) -> str:
        """64 hex digits, the same for the same number; useless without the key."""
        return hmac.new(self._match, clean_number(number).encode(), hashlib.sha256).hexdigest()

    def seal(self, number: str) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._seal.encrypt(nonce, clean_number(number).encode(), None)

    def open(self, sealed: bytes) -> str:
        return self._seal.decrypt(sealed[:12], sealed[12:], None).decode()


def clean_number(number: str) -> str:
    """Twelve digits without spaces or dots. The refusal does not repeat what was typed."""
    digits = re.sub(r"[\s.]", "", number)
    if not _TWELVE_DIGITS.fullmatch(digits):
        raise BadInput("Số định danh phải có đúng 12 chữ số.")
    return digits


# Twelve digits, also in groups; amounts of money ("100.000.000.000 đồng") have as many and name nobody.
_WRITTEN = re.compile(r"(?<!\d)(?<!\d[.,])\d(?:[ .\-]?\d){11}(?![.,]?\d)(?!\s*(?:đồng|đ\b|vnđ|vnd))", re.IGNORECASE)


def mentions_number(text: str) -> bool:
    """Does free text seem to hold an identity number? Then it is refused, so that none is kept where nobody looks for it."""
    return _WRITTEN.search(text) is not None


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
