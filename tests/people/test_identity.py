from __future__ import annotations

import hashlib
import re

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from hocvuso.lib.errors import BadInput
from hocvuso.people.identity import IdentityVault, clean_number, mentions_number

OURS, THEIRS = IdentityVault(b"k" * 32), IdentityVault(b"K" * 32)
NUMBER = "066190001234"


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_a_number_comes_back_from_its_seal_and_only_under_its_key(number: str) -> None:
    assert OURS.open(OURS.seal(number)) == number
    with pytest.raises(InvalidTag):
        THEIRS.open(OURS.seal(number))


def test_the_match_is_the_same_for_the_same_number_and_key_and_for_nothing_else() -> None:
    assert OURS.match(NUMBER) == IdentityVault(b"k" * 32).match(" 066 190.001 234\n")
    assert re.fullmatch(r"[0-9a-f]{64}", OURS.match(NUMBER))
    assert OURS.match(NUMBER) != THEIRS.match(NUMBER)
    assert OURS.match(NUMBER) != OURS.match("066190001235")


def test_a_match_cannot_be_made_without_the_key() -> None:
    for plain in (NUMBER, NUMBER.encode().hex()):
        assert hashlib.sha256(plain.encode()).hexdigest() != OURS.match(NUMBER)


def test_two_seals_of_one_number_do_not_look_alike_and_hold_no_digits() -> None:
    one, two = OURS.seal(NUMBER), OURS.seal(NUMBER)
    assert one != two
    assert NUMBER.encode() not in one
    assert len(one) == 12 + 12 + 16  # nonce, digits, tag: every number is as long as another


def test_a_changed_seal_does_not_open() -> None:
    sealed = OURS.seal(NUMBER)
    with pytest.raises(InvalidTag):
        OURS.open(sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_a_fingerprint_tells_keys_apart_and_gives_none_away() -> None:
    assert OURS.fingerprint == IdentityVault(b"k" * 32).fingerprint
    assert OURS.fingerprint != THEIRS.fingerprint
    assert (b"k" * 32).hex() not in OURS.fingerprint


@pytest.mark.parametrize(
    "typed", ["066190001234", " 066190001234 ", "066 190 001 234", "066.190.001.234", "066190001234\n"]
)
def test_twelve_digits_may_be_typed_with_spaces_and_dots(typed: str) -> None:
    assert clean_number(typed) == NUMBER


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "06619000123", "0661900012345", "06619000123a", "066-190-001-234", "O66190001234", "+66190001234", "066190001234;",
        "٠٦٦١٩٠٠٠١٢٣٤", "０６６１９０００１２３４",  # digits, but not those anybody else would match
    ],
)  # fmt: skip
def test_anything_else_is_refused_without_repeating_it(typed: str) -> None:
    for ask in (clean_number, OURS.match, OURS.seal):
        with pytest.raises(BadInput, match="12 chữ số") as refusal:
            ask(typed)
        if typed.strip():
            assert typed.strip() not in str(refusal.value)
        assert refusal.value.__cause__ is None


def test_a_vault_shows_neither_its_keys_nor_a_number() -> None:
    assert "k" * 8 not in repr(OURS)
    assert NUMBER not in repr(OURS.seal(NUMBER))


@pytest.mark.parametrize(
    ("text", "seems"),
    [
        ("số 012345678901", True), ("CCCD 012 345 678 901.", True), ("012.345.678.901", True), ("(012-345-678-901)", True),
        ("0912 345 678", False), ("100.000.000.000 đồng", False), ("100000000000đ", False), ("0123456789012", False), ("", False),
    ],
)  # fmt: skip
def test_free_text_that_seems_to_hold_an_identity_number_is_noticed(text: str, seems: bool) -> None:
    assert mentions_number(text) is seems
