"""An ID token gets nobody in unless everything about it is in order; each fault has its own name."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, RSAKey

from hocvuso.connect.vneid.rules import Citizen, Failure, SignInFailed, birth_year, citizen_of, read_id_token

NOW = dt.datetime(2025, 10, 17, 8, tzinfo=dt.UTC)
AT = int(NOW.timestamp())
ISSUER, CLIENT, NONCE = "https://dinh-danh.example", "hoc-vu-so", "n-1"
EC = ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
OTHER = ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"})
JWKS = {"keys": [EC.as_dict(private=False), RSA.as_dict(private=False)]}
GOOD = {"iss": ISSUER, "sub": "s-1", "aud": CLIENT, "exp": AT + 300, "iat": AT, "nonce": NONCE}
GONE = object()


def signed(claims: Any, *, key: Any = EC, header: dict[str, Any] | None = None) -> str:
    header = {"alg": "ES256", "kid": "ec"} | (header or {})
    header = {name: value for name, value in header.items() if value is not GONE}
    return jws.serialize_compact(header, json.dumps(claims).encode(), key, algorithms=[header["alg"]])


def unsigned(claims: dict[str, Any], header: dict[str, Any], signature: str = "") -> str:
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims))
    return ".".join([*parts, signature])


def read(token: str, **change: Any) -> dict[str, Any]:
    return read_id_token(
        token, **{"jwks": JWKS, "issuer": ISSUER, "client_id": CLIENT, "nonce": NONCE, "now": NOW, **change}
    )


def failure_of(token: str, **change: Any) -> Failure:
    with pytest.raises(SignInFailed) as refusal:
        read(token, **change)
    return refusal.value.failure


@pytest.mark.parametrize(
    "token",
    [
        signed(GOOD),
        signed(GOOD, key=RSA, header={"alg": "RS256", "kid": "rsa"}),
        signed({**GOOD, "aud": [CLIENT]}),
        signed({**GOOD, "aud": [CLIENT, "khac"], "azp": CLIENT}),
        signed({**GOOD, "exp": AT - 59, "iat": AT - 400}),
        signed({**GOOD, "iat": AT + 59, "nbf": AT + 59}),
    ],
    ids=["EC", "RSA", "audience as a list", "two audiences, meant for us", "just over, within the leeway", "their clock is fast"],
)  # fmt: skip
def test_a_token_in_order_gives_its_claims(token: str) -> None:
    assert read(token)["sub"] == "s-1"


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"nonce": "n-2"}, Failure.NONCE),
        ({"iss": "https://ke-gian.example"}, Failure.ISSUER),
        ({"iss": f"{ISSUER}/"}, Failure.ISSUER),
        ({"aud": "khac"}, Failure.AUDIENCE),
        ({"aud": ["khac"]}, Failure.AUDIENCE),
        ({"aud": [CLIENT, "khac"]}, Failure.OTHER_PARTY),
        ({"azp": "khac"}, Failure.OTHER_PARTY),
        ({"exp": AT - 60}, Failure.EXPIRED),
        ({"exp": AT - 86_400}, Failure.EXPIRED),
        ({"iat": AT + 61}, Failure.NOT_YET),
        ({"nbf": AT + 61}, Failure.NOT_YET),
        ({"exp": "2030-01-01"}, Failure.MALFORMED),
        ({"exp": True}, Failure.MALFORMED),
        ({"exp": float("nan")}, Failure.MALFORMED),
        ({"exp": float("inf")}, Failure.MALFORMED),
        ({"sub": ""}, Failure.MISSING),
        ({"sub": 7}, Failure.MISSING),
        ({"sub": "x" * 201}, Failure.MISSING),
        *(({name: GONE}, Failure.MISSING) for name in ("iss", "sub", "aud", "exp", "iat", "nonce")),
    ],
)
def test_each_wrong_claim_is_refused_by_its_name(change: dict[str, Any], failure: Failure) -> None:
    claims = {name: value for name, value in {**GOOD, **change}.items() if value is not GONE}
    assert failure_of(signed(claims)) is failure


def test_no_signature_and_weak_algorithms_are_refused() -> None:
    public = EC.as_dict(private=False)
    secret = OctKey.import_key(json.dumps(public))
    for header in (
        {"alg": "none"},
        {"alg": "None"},
        {"kid": "ec"},
        {"alg": ["ES256"]},
        {"alg": "ES256", "crit": ["b"]},
    ):
        assert failure_of(unsigned(GOOD, header)) is Failure.ALGORITHM
    # The public key taken for a shared secret: the oldest trick with tokens.
    assert failure_of(signed(GOOD, key=secret, header={"alg": "HS256"})) is Failure.ALGORITHM


def test_a_token_that_was_changed_or_signed_by_another_is_refused() -> None:
    header, payload, signature = signed(GOOD).split(".")
    other = base64.urlsafe_b64encode(json.dumps({**GOOD, "sub": "s-2"}).encode()).rstrip(b"=").decode()
    assert failure_of(f"{header}.{other}.{signature}") is Failure.SIGNATURE
    assert failure_of(f"{header}.{payload}.") is Failure.SIGNATURE
    assert failure_of(signed(GOOD, key=OTHER)) is Failure.SIGNATURE
    assert failure_of(unsigned(GOOD, {"alg": "RS256", "kid": "ec"}, signature)) is Failure.SIGNATURE


def test_a_key_that_is_not_published_or_not_for_signing_is_refused() -> None:
    assert failure_of(signed(GOOD, header={"kid": "la"})) is Failure.UNKNOWN_KEY
    assert failure_of(signed(GOOD), jwks={"keys": []}) is Failure.UNKNOWN_KEY
    assert failure_of(signed(GOOD), jwks={}) is Failure.UNKNOWN_KEY
    assert failure_of(signed(GOOD), jwks={"keys": [{**JWKS["keys"][0], "use": "enc"}]}) is Failure.UNKNOWN_KEY
    assert failure_of(signed(GOOD, header={"kid": GONE})) is Failure.UNKNOWN_KEY, "two keys could have signed it"
    assert read(signed(GOOD, header={"kid": GONE}), jwks={"keys": JWKS["keys"][:1]})["sub"] == "s-1"


def test_keys_that_the_token_brings_along_are_not_looked_at() -> None:
    mine = OTHER.as_dict(private=False)
    for header in ({"jwk": mine}, {"jku": "https://ke-gian.example/khoa"}):
        with pytest.raises(SignInFailed) as refusal:
            read(signed(GOOD, key=OTHER, header=header))
        assert refusal.value.failure is Failure.SIGNATURE


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "....", "é.é.é", unsigned(GOOD, {"alg": "ES256"}) * 100])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert failure_of(token) is Failure.MALFORMED


def test_a_payload_that_is_no_object_is_refused() -> None:
    assert failure_of(signed([1, 2])) is Failure.MALFORMED


# --- claims --------------------------------------------------------------------------------------------------------------------

NAMES = {"number": "so", "name": "ten", "birth": "sinh", "sex": "gioi"}
CLAIMS = {"sub": "s-1", "so": "066190001234", "ten": "Lan Niê", "sinh": "01/07/1964", "gioi": "Nữ"}


def test_claims_are_read_under_the_names_that_are_set() -> None:
    lan = citizen_of(CLAIMS, issuer=ISSUER, names=NAMES)
    assert lan == Citizen(ISSUER, "s-1", "066190001234", "Lan Niê", 1964, "f")
    assert "Lan" not in repr(lan)
    assert "0661" not in repr(lan)


@pytest.mark.parametrize(
    "change",
    [{"so": ""}, {"so": "12345"}, {"so": "06619000123４"}, {"so": None}, {"ten": " "}, {"ten": "x" * 121}, {"ten": "Lan\nNiê"}],
)  # fmt: skip
def test_without_a_name_and_twelve_digits_nobody_comes_in(change: dict[str, Any]) -> None:
    with pytest.raises(SignInFailed) as refusal:
        citizen_of({**CLAIMS, **change}, issuer=ISSUER, names=NAMES)
    assert refusal.value.failure is Failure.INCOMPLETE


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1964", 1964), ("1964-07-01", 1964), ("19640701", 1964), ("01/07/1964", 1964), ("1.7.1964", 1964), ("01-07-1964", 1964),
        ("", None), ("64", None), ("1864", None), ("1964-7", None), ("tháng 7/1964", None),
    ],
)  # fmt: skip
def test_the_year_of_birth_is_found_in_the_usual_ways_of_writing_a_day(text: str, year: int | None) -> None:
    assert birth_year(text) == year


@pytest.mark.parametrize(
    ("text", "sex"), [("Nữ", "f"), ("female", "f"), ("NAM", "m"), ("male", "m"), ("", ""), ("khác", "")]
)
def test_sex_is_read_or_left_open(text: str, sex: str) -> None:
    assert citizen_of({**CLAIMS, "gioi": text}, issuer=ISSUER, names=NAMES).sex == sex
