"""One attempt to come in: begun with a redirect to VNeID, finished by the answer that comes back, once."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

from hocvuso.connect.vneid import provider
from hocvuso.connect.vneid.rules import Citizen, Failure, SignInFailed, citizen_of, lacks_claims, read_id_token

LONGEST = dt.timedelta(minutes=10)  # at VNeID; after that the answer is not taken


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the session keeps until the answer comes. Whoever has another session has another state, and gets nowhere with this one."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str
    since: float
    shared: bool
    next: str

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def begin_attempt(*, redirect_uri: str, shared: bool, next_page: str, now: dt.datetime) -> tuple[Attempt, str]:
    """The attempt, and the address at VNeID where the browser goes."""
    attempt = Attempt(
        state=secrets.token_urlsafe(32), nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(48),
        redirect_uri=redirect_uri, since=now.timestamp(), shared=shared, next=next_page,
    )  # fmt: skip
    address = provider.authorization_address(
        redirect_uri=redirect_uri, state=attempt.state, nonce=attempt.nonce, verifier=attempt.verifier
    )
    return attempt, address


def finish_attempt(attempt: Attempt | None, answer: Mapping[str, str], *, now: dt.datetime) -> Citizen:
    """Who came in. The caller has taken the attempt out of the session before, so that no answer is looked at twice."""
    if attempt is None or not secrets.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
        raise SignInFailed(Failure.NOT_ASKED)
    if answer.get("iss", settings.VNEID_ISSUER) != settings.VNEID_ISSUER:  # RFC 9207
        raise SignInFailed(Failure.ISSUER)
    if now.timestamp() - attempt.since > LONGEST.total_seconds():
        raise SignInFailed(Failure.TOO_LATE)
    if "error" in answer:
        raise SignInFailed(_refusal(answer["error"]))
    if not answer.get("code"):
        raise SignInFailed(Failure.MALFORMED)
    tokens = provider.redeem_code(answer["code"], redirect_uri=attempt.redirect_uri, verifier=attempt.verifier)
    claims = _claims(tokens.id_token, attempt.nonce, now)
    if lacks_claims(claims, settings.VNEID_CLAIMS):
        more = provider.userinfo(tokens.access_token, subject=claims["sub"])
        claims = more | {name: value for name, value in claims.items() if value}
    return citizen_of(claims, issuer=settings.VNEID_ISSUER, names=settings.VNEID_CLAIMS)


def _refusal(error: str) -> Failure:
    """RFC 6749, 4.1.2.1."""
    if error == "access_denied":
        return Failure.DECLINED
    return Failure.NO_ANSWER if error in {"server_error", "temporarily_unavailable"} else Failure.MALFORMED


def _claims(token: str, nonce: str, now: dt.datetime) -> dict[str, Any]:
    def read(*, fresh: bool) -> dict[str, Any]:
        return read_id_token(
            token, jwks=provider.signing_keys(fresh=fresh), issuer=settings.VNEID_ISSUER, client_id=settings.VNEID_CLIENT_ID,
            nonce=nonce, now=now,
        )  # fmt: skip

    try:
        return read(fresh=False)
    except SignInFailed as error:
        if error.failure is not Failure.UNKNOWN_KEY:
            raise
        return read(fresh=True)  # they may have a new key since we looked
