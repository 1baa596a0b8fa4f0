"""Which certificates were revoked, as a W3C Bitstring Status List (v1.0), signed as a JWS in JSON (RFC 7515 §7.2.2). Pure.

One bit a certificate; a list of a hundred thousand that nobody was revoked on has some fifty bytes. Signed, so that a verifier
without a line cannot have been handed another one; dated, so that it can say up to when it is right.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Iterable
from typing import Any

from hocvuso.credentials.codes import Signer, base64url, base64url_bytes


def encoded_list(revoked: Iterable[int], *, length: int) -> str:
    """Bit 0 is the leftmost. Multibase: "u" says base64url without padding."""
    bits = bytearray(length // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64url(gzip.compress(bytes(bits), mtime=0))


def is_set(encoded: str, index: int) -> bool:
    bits = gzip.decompress(base64url_bytes(encoded.removeprefix("u")))
    return bool(bits[index // 8] & 0x80 >> index % 8)


def status_credential(encoded: str, *, address: str, issuer: str, as_of: dt.datetime) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": as_of.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    }


def signed_json(said: dict[str, Any], signer: Signer) -> str:
    protected = base64url(json.dumps({"alg": "ES256", "kid": signer.kid, "typ": "vc+jwt"}).encode())
    payload = base64url(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    signature = base64url(signer.raw(f"{protected}.{payload}".encode()))
    return json.dumps({"protected": protected, "payload": payload, "signature": signature})
