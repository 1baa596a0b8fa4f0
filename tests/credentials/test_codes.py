"""The offline code: small enough for a cheap camera, and refused by name whatever is done to it."""

from __future__ import annotations

import datetime as dt
import unicodedata

import cbor2
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from hocvuso.credentials.codes import (
    LETTERS,
    PREFIX,
    Changed,
    Claim,
    NotOurs,
    Signer,
    UnknownKey,
    base64url_bytes,
    code_of,
    from_base45,
    kid_of,
    new_private_key,
    read_code,
    read_public_key,
    to_base45,
)
from hocvuso.lib.errors import BadInput
from tests.make.each import for_each

NAME = "Nguyễn Trần Hoàng Phương Thủy Tiên"  # 34 letters, 30 without the gaps
CLAIM = Claim(
    "7Q3M9XK2DA", NAME, "usable", "nam-ky-nang 1.0", dt.date(2025, 10, 17), "Hệ thống Học Vụ Số", 131_071, True
)
SIGNER = Signer(new_private_key().encode())
KEYS = {SIGNER.kid: SIGNER.public}
CODE = code_of(SIGNER.cose(CLAIM))


def test_a_code_says_what_was_signed() -> None:
    assert read_code(CODE, KEYS) == CLAIM
    assert read_code(f" {CODE.lower()}\n", KEYS) == CLAIM  # as somebody pastes it


def test_a_name_of_thirty_letters_fits_into_version_10() -> None:
    qr = segno.make_qr(CODE)
    assert (qr.mode, int(qr.version) <= 10) == ("alphanumeric", True)
    assert len(CODE) < 330


def test_names_are_signed_in_one_spelling() -> None:
    apart = Claim(**{**{f: getattr(CLAIM, f) for f in CLAIM.__slots__}, "name": unicodedata.normalize("NFD", NAME)})
    assert read_code(code_of(SIGNER.cose(apart)), KEYS).name == NAME


def test_any_changed_letter_is_refused() -> None:
    for place in range(len(PREFIX), len(CODE)):
        other = LETTERS[(LETTERS.index(CODE[place]) + 1) % len(LETTERS)]
        with pytest.raises((Changed, UnknownKey)):
            read_code(CODE[:place] + other + CODE[place + 1 :], KEYS)


@for_each("length", range(len(PREFIX), len(CODE)))
def test_a_code_cut_short_is_refused(length: int) -> None:
    with pytest.raises((Changed, UnknownKey)):
        read_code(CODE[:length], KEYS)


def test_another_name_under_the_old_signature_is_refused() -> None:
    message = cbor2.loads(from_base45(CODE[len(PREFIX) :]))
    protected, unprotected, payload, signature = message.value
    payload = cbor2.dumps(cbor2.loads(payload) | {2: "Kẻ Gian"})
    forged = cbor2.dumps(cbor2.CBORTag(18, [protected, unprotected, payload, signature]))
    with pytest.raises(Changed, match="bị sửa"):
        read_code(code_of(forged), KEYS)


def test_a_key_that_is_not_ours_is_refused_by_name() -> None:
    stranger = Signer(new_private_key().encode())
    with pytest.raises(UnknownKey, match="khóa"):
        read_code(code_of(stranger.cose(CLAIM)), KEYS)


@pytest.mark.parametrize("text", ["", "https://hocvuso.vn/c/7Q3M9XK2DA", "HC1:6BF", PREFIX[:-1], PREFIX + "A" * 2000])
def test_what_is_not_ours_is_refused_by_name(text: str) -> None:
    with pytest.raises(NotOurs, match="không phải mã"):
        read_code(text, KEYS)


@given(st.binary(max_size=200))
def test_whatever_follows_the_prefix_is_refused_and_breaks_nothing(data: bytes) -> None:
    with pytest.raises((Changed, UnknownKey)):
        read_code(PREFIX + to_base45(data), KEYS)


# RFC 9285, section 4.3 and 4.4
@pytest.mark.parametrize(("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581")])
def test_base45_is_that_of_the_rfc(data: bytes, text: str) -> None:
    assert (to_base45(data), from_base45(text)) == (text, data)


@pytest.mark.parametrize("text", ["GGW", ":::", "A", "ab"])
def test_what_is_not_base45_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="base45|substring"):
        from_base45(text)


def test_the_kid_is_that_of_rfc_7638() -> None:
    """The P-256 key of RFC 7517, appendix A.1, and its whole thumbprint."""
    pem = (
        "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMKBCTNIcKUSDii11ySs3526iDZ8A\n"
        "iTo7Tu6KPAqv7D7gS2XpJFbZiItSs3m9+9Ue6GnvHw/GW2ZZaVtszggXIw==\n-----END PUBLIC KEY-----\n"
    )
    whole = base64url_bytes("cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s")
    assert base64url_bytes(kid_of(read_public_key(pem))) == whole[:8]


@pytest.mark.parametrize("given", [b"", b"abc", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])
def test_a_key_that_cannot_be_read_is_refused_and_not_shown(given: bytes) -> None:
    with pytest.raises(BadInput, match="P-256") as refusal:
        Signer(given)
    assert not given or given.decode() not in str(refusal.value)
