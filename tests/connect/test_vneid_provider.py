"""What we ask VNeID over the line, and what we make of strange answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from joserfc.jwk import ECKey

from hocvuso.connect.http import through
from hocvuso.connect.vneid import provider
from hocvuso.connect.vneid.rules import Citizen, Failure, SignInFailed
from hocvuso.connect.vneid.sign_in import Attempt, begin_attempt, finish_attempt
from hocvuso.lib import clock
from tests.connect.test_vneid_rules import EC, signed

ISSUER = "https://dinh-danh.example/oidc"
DOORS = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/di?vung=66",
    "token_endpoint": f"{ISSUER}/ma",
    "jwks_uri": f"{ISSUER}/khoa",
    "userinfo_endpoint": f"{ISSUER}/nguoi",
}
OLD = ECKey.generate_key("P-256", {"kid": "cu", "use": "sig"})


class Far:
    """The other side: answers by path, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.answers: dict[str, Callable[[httpx.Request], httpx.Response]] = {}
        self.gives("/.well-known/openid-configuration", json=DOORS)
        self.gives("/khoa", json={"keys": [EC.as_dict(private=False)]})

    def gives(self, path: str, status: int = 200, **answer: Any) -> None:
        self.answers[path] = lambda request: httpx.Response(status, **answer)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answers[request.url.path.removeprefix("/oidc")](request)

    def times(self, path: str) -> int:
        return sum(request.url.path.endswith(path) for request in self.asked)


@pytest.fixture
def far(settings: Any) -> Iterator[Far]:
    settings.VNEID_ISSUER, settings.VNEID_CLIENT_SECRET = ISSUER, "bi-mat"
    made = Far()
    provider.forget()
    with through(httpx.MockTransport(made)):
        yield made
    provider.forget()


def attempt() -> tuple[Attempt, str]:
    return begin_attempt(redirect_uri="https://hvs.example/ve/", shared=False, next_page="", now=clock.real_now())


def claims(made: Attempt, **change: Any) -> dict[str, Any]:
    at = int(clock.real_now().timestamp())
    return {
        "iss": ISSUER, "sub": "s-1", "aud": "hoc-vu-so", "exp": at + 300, "iat": at, "nonce": made.nonce, "name": "Lan Niê",
        "identity_number": "066190001234", **change,
    }  # fmt: skip


def finish(made: Attempt, **answer: str) -> Citizen:
    return finish_attempt(made, {"state": made.state, "code": "c-1", **answer}, now=clock.real_now())


def failure_of(made: Attempt, **answer: str) -> Failure:
    with pytest.raises(SignInFailed) as refusal:
        finish(made, **answer)
    return refusal.value.failure


def test_the_citizen_is_sent_off_with_state_nonce_and_a_challenge_never_twice_the_same(far: Far) -> None:
    (first, address), (second, _) = attempt(), attempt()
    asked = dict(parse_qsl(urlsplit(address).query))
    assert address.startswith(f"{ISSUER}/di?vung=66&")
    assert (asked["response_type"], asked["client_id"], asked["scope"]) == ("code", "hoc-vu-so", "openid profile")
    assert (asked["state"], asked["nonce"]) == (first.state, first.nonce)
    assert asked["code_challenge_method"] == "S256"
    assert first.verifier not in address
    assert not {first.state, first.nonce, first.verifier} & {second.state, second.nonce, second.verifier}
    assert far.times("openid-configuration") == 1, "the description is kept"


def test_the_code_goes_with_its_verifier_and_our_secret(far: Far) -> None:
    made, _ = attempt()
    far.gives("/ma", json={"id_token": signed(claims(made)), "access_token": "t"})
    assert finish(made).subject == "s-1"
    sent = next(request for request in far.asked if request.url.path.endswith("/ma"))
    form = dict(parse_qsl(sent.content.decode()))
    assert (form["code"], form["code_verifier"], form["redirect_uri"]) == ("c-1", made.verifier, made.redirect_uri)
    assert sent.headers["Authorization"].startswith("Basic ")
    assert far.times("/nguoi") == 0, "everything was in the token"


def test_a_new_key_of_theirs_is_fetched_once_and_an_unknown_one_no_more_than_that(far: Far) -> None:
    made, _ = attempt()
    far.gives("/ma", json={"id_token": signed(claims(made)), "access_token": "t"})
    far.gives("/khoa", json={"keys": [OLD.as_dict(private=False)]})
    assert provider.signing_keys()["keys"][0]["kid"] == "cu"
    assert failure_of(made) is Failure.UNKNOWN_KEY
    assert far.times("/khoa") == 2
    far.gives("/khoa", json={"keys": [EC.as_dict(private=False)]})
    assert finish(made).subject == "s-1"
    assert finish(made).subject == "s-1"
    assert far.times("/khoa") == 3


def test_what_the_token_leaves_out_is_asked_for_separately(far: Far) -> None:
    made, _ = attempt()
    short = {name: value for name, value in claims(made, name="").items() if name != "identity_number"}
    far.gives("/ma", json={"id_token": signed(short), "access_token": "t"})
    far.gives("/nguoi", json={"sub": "s-1", "name": "Lan Niê", "identity_number": "066190001234", "iss": "khác"})
    lan = finish(made)
    assert (lan.name, lan.number, lan.issuer) == ("Lan Niê", "066190001234", ISSUER)
    assert far.asked[-1].headers["Authorization"] == "Bearer t"
    far.gives("/nguoi", json={"sub": "s-2", "name": "Tuấn", "identity_number": "066190005678"})
    assert failure_of(made) is Failure.MALFORMED


@pytest.mark.parametrize(
    ("path", "answer", "failure"),
    [
        ("/ma", {"status": 302, "headers": {"Location": "https://ke-gian.example/ma"}}, Failure.NO_ANSWER),
        ("/ma", {"status": 500}, Failure.NO_ANSWER),
        ("/ma", {"status": 401, "json": {"error": "invalid_client"}}, Failure.NO_ANSWER),
        ("/ma", {"status": 400, "json": {"error": "invalid_grant"}}, Failure.NOT_ASKED),
        ("/ma", {"json": {"access_token": "t"}}, Failure.MALFORMED),
        ("/ma", {"text": "<html>"}, Failure.MALFORMED),
        ("/ma", {"json": ["x"]}, Failure.NO_ANSWER),
        ("/ma", {"content": b'{"a": "' + b"x" * 300_000 + b'"}'}, Failure.NO_ANSWER),
        ("/khoa", {"status": 302, "headers": {"Location": "https://ke-gian.example/khoa"}}, Failure.NO_ANSWER),
        ("/khoa", {"status": 503}, Failure.NO_ANSWER),
    ],
)
def test_a_strange_answer_lets_nobody_in(far: Far, path: str, answer: dict[str, Any], failure: Failure) -> None:
    made, _ = attempt()
    far.gives("/ma", json={"id_token": signed(claims(made)), "access_token": "t"})
    far.gives(path, **answer)
    assert failure_of(made) is failure
    assert all(request.url.host == "dinh-danh.example" for request in far.asked)


@pytest.mark.parametrize(
    "error", [httpx.ConnectTimeout, httpx.ReadTimeout, httpx.ConnectError, httpx.RemoteProtocolError]
)
def test_no_answer_is_no_answer(far: Far, error: type[httpx.TransportError]) -> None:
    made, _ = attempt()

    def fails(request: httpx.Request) -> httpx.Response:
        raise error("không trả lời", request=request)

    far.answers["/ma"] = fails
    assert failure_of(made) is Failure.NO_ANSWER


@pytest.mark.parametrize(
    "change",
    [{"issuer": "https://ke-gian.example"}, {"token_endpoint": "http://dinh-danh.example/ma"}, {"jwks_uri": ""}],
)
def test_a_description_of_another_provider_or_of_unsafe_doors_is_not_followed(far: Far, change: dict[str, str]) -> None:
    far.gives("/.well-known/openid-configuration", json={**DOORS, **change})
    with pytest.raises(SignInFailed) as refusal:
        attempt()
    assert refusal.value.failure is Failure.ISSUER


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ({"error": "access_denied"}, Failure.DECLINED),
        ({"error": "temporarily_unavailable"}, Failure.NO_ANSWER),
        ({"error": "invalid_scope"}, Failure.MALFORMED),
        ({"code": ""}, Failure.MALFORMED),
        ({"iss": "https://ke-gian.example"}, Failure.ISSUER),
        ({"state": "doan-mo"}, Failure.NOT_ASKED),
        ({"state": "é"}, Failure.NOT_ASKED),
    ],
)
def test_what_comes_back_through_the_browser_is_read_as_what_it_says(
    far: Far, answer: dict[str, str], failure: Failure
) -> None:
    made, _ = attempt()
    assert failure_of(made, **answer) is failure
    assert far.times("/ma") == 0
