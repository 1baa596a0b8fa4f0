"""What an answer of VNeID must be before anybody is let in: ID tokens (OpenID Connect Core 1.0, 3.1.3.7), claims. Pure."""

from __future__ import annotations

import base64
import datetime as dt
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hocvuso.lib.errors import Refused

# Signed with a key of theirs that we can only read. None with a shared secret (HS256): who knows our secret could sign for anybody.
ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512")
LEEWAY = dt.timedelta(seconds=60)  # between their clock and ours
LONGEST = 16_384  # characters of a token


class Failure(StrEnum):
    """Why somebody did not get in. The first ones happen to honest people; the others mean that an answer cannot be trusted."""

    NOT_CONNECTED = "not_connected"
    DECLINED = "declined"  # the citizen said no
    NO_ANSWER = "no_answer"
    TOO_LATE = "too_late"
    INCOMPLETE = "incomplete"  # no name or number among the claims
    NOT_ASKED = "not_asked"  # the state is not one of this session's, or was used
    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    OTHER_PARTY = "other_party"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    NONCE = "nonce"
    MISSING = "missing"  # a claim every token has


class SignInFailed(Refused):
    """Nobody was let in and nothing has changed. The page says it in the words that fit the failure."""

    def __init__(self, failure: Failure) -> None:
        super().__init__("Chưa vào được bằng VNeID. Hãy thử lại.")
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Citizen:
    """Who came in, as VNeID says. Nothing personal shows in a log that prints it."""

    issuer: str
    subject: str = field(repr=False)
    number: str = field(repr=False)
    name: str = field(repr=False)
    birth_year: int | None = field(repr=False)
    sex: str = field(repr=False)


def read_id_token(
    token: str, *, jwks: Mapping[str, Any], issuer: str, client_id: str, nonce: str, now: dt.datetime
) -> dict[str, Any]:
    """The claims of a token that is in order in every respect. Raises `SignInFailed` with the first thing that is not."""
    header = _header(token)
    if header.get("alg") not in ALGORITHMS or "crit" in header:
        raise SignInFailed(Failure.ALGORITHM)
    claims = _verified(token, _key_for(header, jwks), header["alg"])
    _demand_ours(claims, issuer=issuer, client_id=client_id, nonce=nonce)
    _demand_current(claims, now=now)
    return claims


def _header(token: str) -> dict[str, Any]:
    try:
        first, _payload, _signature = token.split(".")
        if len(token) > LONGEST:
            raise ValueError
        header = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except ValueError:
        raise SignInFailed(Failure.MALFORMED) from None
    if not isinstance(header, dict):
        raise SignInFailed(Failure.MALFORMED)
    return header


def _key_for(header: Mapping[str, Any], jwks: Mapping[str, Any]) -> dict[str, Any]:
    """The published key the token names. Keys the token itself carries or points to are never looked at."""
    named = header.get("kid")
    keys: Sequence[Any] = jwks.get("keys") or []
    fit = [
        key for key in keys
        if isinstance(key, dict) and key.get("use", "sig") == "sig" and key.get("kty") in {"RSA", "EC"}
        and key.get("alg", header["alg"]) == header["alg"] and (named is None or key.get("kid") == named)
    ]  # fmt: skip
    if len(fit) != 1:  # without a name there must be no choice
        raise SignInFailed(Failure.UNKNOWN_KEY)
    return fit[0]


def _verified(token: str, key: dict[str, Any], algorithm: str) -> dict[str, Any]:
    from joserfc import jws
    from joserfc.errors import JoseError
    from joserfc.jwk import import_key

    try:
        payload = jws.deserialize_compact(token, import_key(key), algorithms=[algorithm]).payload
    except (JoseError, ValueError, TypeError):
        raise SignInFailed(Failure.SIGNATURE) from None
    try:
        claims = json.loads(payload)
    except ValueError:
        raise SignInFailed(Failure.MALFORMED) from None
    if not isinstance(claims, dict):
        raise SignInFailed(Failure.MALFORMED)
    return claims


def _demand_ours(claims: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str) -> None:
    """From whom we asked, for us alone, and the answer to this very question."""
    subject, audience = claims.get("sub"), claims.get("aud")
    if any(name not in claims for name in ("iss", "sub", "aud", "exp", "iat", "nonce")):
        raise SignInFailed(Failure.MISSING)
    if not isinstance(subject, str) or not subject.strip() or len(subject) > 200:
        raise SignInFailed(Failure.MISSING)
    if claims["iss"] != issuer:
        raise SignInFailed(Failure.ISSUER)
    audiences = audience if isinstance(audience, list) else [audience]
    if client_id not in audiences:
        raise SignInFailed(Failure.AUDIENCE)
    party = claims.get("azp", client_id if len(audiences) == 1 else None)
    if party != client_id:
        raise SignInFailed(Failure.OTHER_PARTY)
    if claims["nonce"] != nonce:
        raise SignInFailed(Failure.NONCE)


def _demand_current(claims: Mapping[str, Any], *, now: dt.datetime) -> None:
    at, leeway = now.timestamp(), LEEWAY.total_seconds()
    times = [claims[name] for name in ("exp", "iat", "nbf") if name in claims]
    if any(not isinstance(time, int | float) or isinstance(time, bool) or not math.isfinite(time) for time in times):
        raise SignInFailed(Failure.MALFORMED)
    if at >= claims["exp"] + leeway:
        raise SignInFailed(Failure.EXPIRED)
    if max(claims["iat"], claims.get("nbf", claims["iat"])) > at + leeway:
        raise SignInFailed(Failure.NOT_YET)


# --- claims --------------------------------------------------------------------------------------------------------------------

_SEX = {"f": "f", "female": "f", "nữ": "f", "nu": "f", "m": "m", "male": "m", "nam": "m"}


def citizen_of(claims: Mapping[str, Any], *, issuer: str, names: Mapping[str, str]) -> Citizen:
    """The person behind the claims; `names` maps ours (number, name, birth, sex) to theirs. Needs a name and twelve digits."""
    number, name, birth, sex = (
        str(claims.get(names.get(ours, ""), "") or "").strip() for ours in ("number", "name", "birth", "sex")
    )
    if not re.fullmatch(r"[0-9]{12}", number) or not name or len(name) > 120 or not name.isprintable():
        raise SignInFailed(Failure.INCOMPLETE)
    return Citizen(
        issuer=issuer, subject=claims["sub"], number=number, name=name, birth_year=birth_year(birth),
        sex=_SEX.get(sex.casefold(), ""),
    )  # fmt: skip


def lacks_claims(claims: Mapping[str, Any], names: Mapping[str, str]) -> bool:
    """Is something missing that the provider may tell where it is asked separately (userinfo)?"""
    return any(not claims.get(names.get(ours, "")) for ours in ("number", "name"))


def birth_year(text: str) -> int | None:
    """The year in “1964”, “1964-07-01”, “19640701” or “01/07/1964”; `None` where there is none that could be."""
    found = re.fullmatch(r"([0-9]{4})(?:-[0-9]{2}-[0-9]{2}|[0-9]{4})?|[0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{4})", text)
    year = int(found[1] or found[2]) if found else 0
    return year if 1900 <= year <= 2200 else None
