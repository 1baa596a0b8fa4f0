"""What we ask VNeID, and how: OpenID Connect discovery, authorization code with PKCE (RFC 7636), keys, userinfo."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from hocvuso.connect.http import open_client
from hocvuso.connect.vneid.rules import Failure, SignInFailed

KEEP = 3600.0  # seconds that the description and the keys of the provider are kept
MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the provider says its doors are."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""


@dataclass(frozen=True, slots=True)
class Tokens:
    id_token: str
    access_token: str


def authorization_address(*, redirect_uri: str, state: str, nonce: str, verifier: str) -> str:
    """Where the citizen's browser is sent to."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code", "client_id": settings.VNEID_CLIENT_ID, "redirect_uri": redirect_uri, "scope": settings.VNEID_SCOPE,
        "state": state, "nonce": nonce, "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    address = provider().authorization_endpoint
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"


def redeem_code(code: str, *, redirect_uri: str, verifier: str) -> Tokens:
    """Tokens for a code; the provider gives them once."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    answer = _ask("POST", provider().token_endpoint, form=form)
    id_token, access_token = answer.get("id_token"), answer.get("access_token")
    if not isinstance(id_token, str):
        raise SignInFailed(Failure.MALFORMED)
    return Tokens(id_token, access_token if isinstance(access_token, str) else "")


def userinfo(access_token: str, *, subject: str) -> dict[str, Any]:
    """More claims, for a provider that keeps its ID tokens short; nothing where it has no such door. They must be about the same person."""
    address = provider().userinfo_endpoint
    if not address or not access_token:
        return {}
    claims = _ask("GET", address, bearer=access_token)
    if claims.get("sub") != subject:  # OpenID Connect Core 5.3.2
        raise SignInFailed(Failure.MALFORMED)
    return claims


def provider() -> Provider:
    issuer = settings.VNEID_ISSUER
    if not issuer:
        raise SignInFailed(Failure.NOT_CONNECTED)
    found = _kept(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    doors = {name: str(found.get(name) or "") for name in Provider.__dataclass_fields__ if name != "issuer"}
    needed = [address for name, address in doors.items() if address or name != "userinfo_endpoint"]
    safe = {
        "https",
        urlsplit(issuer).scheme,
    }  # a door that leads away from https would send codes and keys in the clear
    if found.get("issuer") != issuer or any(urlsplit(address).scheme not in safe for address in needed):
        raise SignInFailed(Failure.ISSUER)
    return Provider(issuer=issuer, **doors)


def signing_keys(*, fresh: bool = False) -> dict[str, Any]:
    """Their published keys; `fresh` asks again, for a token that names a key we have not seen."""
    return _kept(provider().jwks_uri, fresh=fresh)


_store: dict[str, tuple[float, dict[str, Any]]] = {}


def _kept(address: str, *, fresh: bool = False) -> dict[str, Any]:
    at = time.monotonic()
    if not fresh and address in _store and at - _store[address][0] < KEEP:
        return _store[address][1]
    answer = _ask("GET", address)
    _store[address] = (at, answer)
    return answer


def forget() -> None:
    """Ask everything anew; for tests."""
    _store.clear()


def _ask(method: str, address: str, *, form: Mapping[str, str] | None = None, bearer: str = "") -> dict[str, Any]:
    """The JSON object of a plain 200. Anything else is no answer, or, where a form was refused, a refusal of ours to go on."""
    import httpx

    auth = (settings.VNEID_CLIENT_ID, settings.VNEID_CLIENT_SECRET) if form is not None else None
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    try:
        with open_client() as client:
            answer = client.request(method, address, data=form, auth=auth, headers=headers)
            data = answer.json() if len(answer.content) <= MOST_BYTES and answer.status_code in {200, 400} else None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise SignInFailed(Failure.NO_ANSWER) from None
    except ValueError:
        raise SignInFailed(Failure.MALFORMED) from None
    if answer.status_code == 400 and form is not None:  # RFC 6749, 5.2: the code is old, used, or not ours
        raise SignInFailed(Failure.NOT_ASKED)
    if answer.status_code != 200 or not isinstance(data, dict):
        raise SignInFailed(Failure.NO_ANSWER)
    return data
