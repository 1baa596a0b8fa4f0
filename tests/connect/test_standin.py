"""The stand-in is as strict as VNeID must be thought to be; its receiving side fails when told to."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from hocvuso.connect.standin import free_port
from hocvuso.connect.vneid.provider import redeem_code
from hocvuso.connect.vneid.rules import Failure, SignInFailed
from hocvuso.connect.vneid.sign_in import begin_attempt
from hocvuso.connect.vneid.standin.pages import NOTE
from hocvuso.connect.vneid.standin.receiver import Mood
from hocvuso.lib import clock
from tests.make.vneid import CLIENT, LAN, Running, running_standin

BACK = CLIENT.redirect_uris[0]
AUTH = (CLIENT.client_id, CLIENT.secret)


@pytest.fixture
def standin(settings: Any) -> Iterator[Running]:
    with running_standin(settings, slow=0.3) as running:
        yield running


def asked(**change: str) -> dict[str, str]:
    return {
        "client_id": CLIENT.client_id, "redirect_uri": BACK, "response_type": "code", "scope": "openid profile", "state": "s",
        "nonce": "n", "code_challenge": "x" * 43, "code_challenge_method": "S256", **change,
    }  # fmt: skip


def test_every_page_says_that_it_is_not_vneid(standin: Running) -> None:
    pages = [("/", {}), ("/dang-nhap", asked()), ("/dang-nhap", {}), ("/quan-tri", {}), ("/khong-co", {})]
    for path, query in pages:
        page = httpx.get(f"{standin.url}{path}", params=query)
        assert NOTE in page.text, path
        assert '<html lang="vi">' in page.text
        assert len(re.findall("<h1>", page.text)) == 1


def test_its_citizens_are_buttons_and_their_numbers_are_not_on_the_page(standin: Running) -> None:
    page = httpx.get(f"{standin.url}/dang-nhap", params=asked())
    assert LAN.name in page.text
    assert LAN.number not in page.text


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "khac"}, {"redirect_uri": "http://ke-gian.example/"}, {"redirect_uri": f"{BACK}x"}, {"response_type": "token"},
        {"scope": "profile"}, {"code_challenge_method": "plain"}, {"code_challenge": ""}, {"state": ""}, {"nonce": ""},
    ],
)  # fmt: skip
def test_a_request_out_of_order_is_refused_where_it_stands(standin: Running, change: dict[str, str]) -> None:
    for answer in (
        httpx.get(f"{standin.url}/dang-nhap", params=asked(**change)),
        httpx.post(f"{standin.url}/dang-nhap", data=asked(**change) | {"nguoi": "lan"}),
    ):
        assert answer.status_code == 400
        assert "Location" not in answer.headers


def granted(standin: Running) -> tuple[str, str]:
    """A code and the verifier that fits it."""
    made, address = begin_attempt(redirect_uri=BACK, shared=False, next_page="", now=clock.real_now())
    back = httpx.URL(standin.agree(address, "lan"))
    return back.params["code"], made.verifier


def test_a_code_is_good_once(standin: Running) -> None:
    code, verifier = granted(standin)
    assert redeem_code(code, redirect_uri=BACK, verifier=verifier).id_token.count(".") == 2
    with pytest.raises(SignInFailed) as refusal:
        redeem_code(code, redirect_uri=BACK, verifier=verifier)
    assert refusal.value.failure is Failure.NOT_ASKED


@pytest.mark.parametrize("wrong", [{"verifier": "x" * 64}, {"redirect_uri": "http://testserver/khac/"}])
def test_a_code_needs_its_verifier_and_its_address(standin: Running, wrong: dict[str, str]) -> None:
    code, verifier = granted(standin)
    with pytest.raises(SignInFailed):
        redeem_code(code, **{"redirect_uri": BACK, "verifier": verifier, **wrong})
    with pytest.raises(SignInFailed):
        redeem_code(code, redirect_uri=BACK, verifier=verifier)


def test_without_the_secret_there_is_nothing_to_be_had(standin: Running) -> None:
    for path in ("/doi-ma", "/xac-nhan"):
        for auth in (None, (CLIENT.client_id, "doan-mo")):
            assert httpx.post(f"{standin.url}{path}", auth=auth).status_code == 401


# --- confirmations -------------------------------------------------------------------------------------------------------------


def confirmation(**change: Any) -> dict[str, Any]:
    return {
        "delivery": str(uuid.uuid4()), "identity_number": LAN.number, "certificate": "ABCDEFGH12", "level": "usable",
        "framework": "nam-ky-nang-1.0", "issued_on": "2025-10-17", **change,
    }  # fmt: skip


def send(standin: Running, sent: Any) -> httpx.Response:
    return httpx.post(f"{standin.url}/xac-nhan", json=sent, auth=AUTH)


def be(standin: Running, mood: str) -> None:
    assert httpx.post(f"{standin.url}/quan-tri", data={"kieu": mood}).status_code in {303, 400}


def test_the_same_delivery_gets_the_same_answer(standin: Running) -> None:
    sent = confirmation()
    first, second, other = send(standin, sent), send(standin, sent), send(standin, confirmation())
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json() != other.json()
    assert len(standin.app.receiver.kept) == 2
    assert LAN.number not in repr(standin.app.receiver.kept)


@pytest.mark.parametrize(
    "sent",
    [None, [], {}, confirmation(delivery="1"), confirmation(delivery=None), confirmation(identity_number="12"), confirmation(level="")],
)  # fmt: skip
def test_a_confirmation_that_lacks_something_is_refused(standin: Running, sent: Any) -> None:
    assert send(standin, sent).status_code == 400
    assert not standin.app.receiver.kept


@pytest.mark.parametrize(
    ("mood", "status", "kept"), [(Mood.REFUSES, 422, 0), (Mood.BREAKS, 500, 0), (Mood.IS_SLOW, 200, 1), (Mood.LOSES_THE_REPLY, 504, 1)]
)  # fmt: skip
def test_it_fails_as_it_is_told_on_its_own_page(standin: Running, mood: Mood, status: int, kept: int) -> None:
    be(standin, mood)
    sent = confirmation()
    assert send(standin, sent).status_code == status
    assert len(standin.app.receiver.kept) == kept
    be(standin, Mood.WELL)
    answer = send(standin, sent)
    assert answer.status_code == 200
    assert answer.json()["reference"] in httpx.get(f"{standin.url}/quan-tri").text


def test_a_mood_it_does_not_have_changes_nothing(standin: Running) -> None:
    be(standin, "vui")
    assert standin.app.receiver.mood is Mood.WELL


def test_the_next_free_port_is_taken(standin: Running) -> None:
    taken = httpx.URL(standin.url).port or 0
    assert free_port("127.0.0.1", taken) > taken
