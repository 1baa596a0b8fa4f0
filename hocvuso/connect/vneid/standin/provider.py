"""The OpenID provider of the stand-in: strict where a real one must be strict, so that a fault of ours shows here and not at VNeID."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from hocvuso.lib import clock

CODE_LIVES = dt.timedelta(seconds=60)
TOKEN_LIVES = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class StandinCitizen:
    """Somebody who can sign in here. `about` is what stands on their button beside the name."""

    key: str
    name: str
    about: str
    number: str = field(repr=False)
    birth: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    client_id: str
    secret: str
    redirect_uris: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """An authorization request that is in order."""

    redirect_uri: str
    state: str
    nonce: str
    challenge: str

    def answer(self, **given: str) -> str:
        joint = "&" if "?" in self.redirect_uri else "?"
        return f"{self.redirect_uri}{joint}{urlencode({**given, 'state': self.state})}"


class NotInOrder(Exception):
    """`error` in the words of RFC 6749; `plain` for whoever looks at the page."""

    def __init__(self, error: str, plain: str) -> None:
        super().__init__(error)
        self.error = error
        self.plain = plain


@dataclass(frozen=True, slots=True)
class _Issued:
    asked: Asked
    citizen: StandinCitizen
    until: dt.datetime


class StandinProvider:
    def __init__(self, issuer: str, client: Client, citizens: tuple[StandinCitizen, ...]) -> None:
        from joserfc.jwk import ECKey

        self.issuer = issuer
        self.client = client
        self.citizens = citizens
        self._key = ECKey.generate_key("P-256", {"kid": secrets.token_hex(4), "use": "sig", "alg": "ES256"})
        self._codes: dict[str, _Issued] = {}
        self._lock = threading.Lock()

    def description(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/dang-nhap",
            "token_endpoint": f"{self.issuer}/doi-ma",
            "jwks_uri": f"{self.issuer}/khoa",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "scopes_supported": ["openid", "profile"],
            "authorization_response_iss_parameter_supported": True,
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [self._key.as_dict(private=False)]}

    def read_request(self, query: Mapping[str, str]) -> Asked:
        """Who asks and where the answer goes must be known; without that there is nowhere to send even a refusal."""
        if query.get("client_id") != self.client.client_id:
            raise NotInOrder("unauthorized_client", "Ứng dụng gửi yêu cầu chưa được đăng ký ở đây.")
        if query.get("redirect_uri") not in self.client.redirect_uris:
            raise NotInOrder("invalid_request", "Địa chỉ quay về không phải địa chỉ đã đăng ký.")
        if query.get("response_type") != "code" or "openid" not in query.get("scope", "").split():
            raise NotInOrder("invalid_request", "Yêu cầu đăng nhập thiếu hoặc sai kiểu trả lời.")
        if query.get("code_challenge_method") != "S256" or len(query.get("code_challenge", "")) != 43:
            raise NotInOrder("invalid_request", "Yêu cầu đăng nhập thiếu phần bảo vệ PKCE.")
        if not query.get("state") or not query.get("nonce"):
            raise NotInOrder("invalid_request", "Yêu cầu đăng nhập thiếu state hoặc nonce.")
        return Asked(query["redirect_uri"], query["state"], query["nonce"], query["code_challenge"])

    def grant(self, asked: Asked, key: str) -> str:
        """The address to go back to once a citizen has agreed."""
        citizen = next((one for one in self.citizens if one.key == key), None)
        if citizen is None:
            raise NotInOrder("invalid_request", "Không có người này.")
        code = secrets.token_urlsafe(24)
        with self._lock:
            self._codes[code] = _Issued(asked, citizen, clock.real_now() + CODE_LIVES)
        return asked.answer(code=code, iss=self.issuer)

    def decline(self, asked: Asked) -> str:
        return asked.answer(error="access_denied", iss=self.issuer)

    def redeem(self, form: Mapping[str, str]) -> dict[str, Any]:
        """RFC 6749, 4.1.3 and RFC 7636, 4.6. A code is good once, also where the rest was wrong."""
        if form.get("grant_type") != "authorization_code":
            raise NotInOrder("unsupported_grant_type", "")
        with self._lock:
            issued = self._codes.pop(form.get("code", ""), None)
        if issued is None or issued.until < clock.real_now():
            raise NotInOrder("invalid_grant", "")
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        proven = hmac.compare_digest(challenge.rstrip(b"=").decode(), issued.asked.challenge)
        if not proven or form.get("redirect_uri") != issued.asked.redirect_uri:
            raise NotInOrder("invalid_grant", "")
        return {
            "access_token": secrets.token_urlsafe(24),
            "token_type": "Bearer",
            "expires_in": int(TOKEN_LIVES.total_seconds()),
            "id_token": self._sign(self._claims(issued)),
        }

    def knows(self, authorization: str) -> bool:
        """HTTP Basic with the client's name and secret."""
        given = "Basic " + base64.b64encode(f"{self.client.client_id}:{self.client.secret}".encode()).decode()
        return hmac.compare_digest(authorization.encode(), given.encode())

    def _claims(self, issued: _Issued) -> dict[str, Any]:
        citizen, at = issued.citizen, clock.real_now()
        subject = hmac.new(self.client.secret.encode(), citizen.number.encode(), hashlib.sha256).hexdigest()[:24]
        return {
            "iss": self.issuer,
            "sub": f"gia-lap-{subject}",
            "aud": self.client.client_id,
            "iat": int(at.timestamp()),
            "exp": int((at + TOKEN_LIVES).timestamp()),
            "nonce": issued.asked.nonce,
            "name": citizen.name,
            "identity_number": citizen.number,
            "birthdate": citizen.birth,
            "gender": citizen.sex,
        }

    def _sign(self, claims: dict[str, Any]) -> str:
        from joserfc import jws

        header = {"alg": "ES256", "kid": self._key.kid, "typ": "JWT"}
        return jws.serialize_compact(header, json.dumps(claims).encode(), self._key, algorithms=["ES256"])
