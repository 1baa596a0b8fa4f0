"""Packages, manifests and signatures, without a database: the same in, the same out, and nothing else accepted."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvuso.lib.errors import BadInput
from hocvuso.measure.upward.rules import (
    ROWS_AT_MOST,
    Manifest,
    Package,
    is_signed,
    key_id,
    pack,
    public_key_of,
    read_manifest,
    read_public_key,
    read_rows,
    sign,
    unpack,
)

ROW = ("24373", "adult_reached", "", "proven", "", "f", "18-59", "xã", "2025-10-06", True, 3)
KEY = bytes(range(32))
MADE = dt.datetime(2025, 10, 17, 8, tzinfo=dt.UTC)


def one(*rows: Any) -> Package:
    return next(pack("cells", rows or (ROW,)))


def manifest(**more: Any) -> Manifest:
    return replace(Manifest("66", dt.date(2025, 10, 17), MADE, "abc", False, (one().listed,)), **more)


def test_a_package_comes_out_as_it_went_in_and_its_id_is_its_content() -> None:
    package = one()
    assert package == one()
    assert package.listed.id != one((*ROW[:-1], 4)).listed.id
    assert read_rows(unpack(package.body, package.listed), "cells") == [[*map(str, ROW[:9]), "1", "3"]]


def test_the_same_lines_of_another_kind_are_another_package() -> None:
    row = ("24373", "adults", "2025-10-17", 5, "đếm")
    assert next(pack("headcounts", [row])).listed.id != next(pack("cells", [row])).listed.id


def test_many_rows_are_cut_into_packages_and_none_is_lost() -> None:
    made = list(pack("cells", (ROW for _ in range(ROWS_AT_MOST + 1))))
    assert [package.listed.rows for package in made] == [ROWS_AT_MOST, 1]
    assert list(pack("cells", [])) == []


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_package_with_any_byte_changed_is_refused_or_the_same(position: int, by: int) -> None:
    package = one()
    body = bytearray(package.body)
    body[position % len(body)] ^= by
    with suppress(BadInput):  # or it is a byte of the wrapping that means nothing
        assert unpack(bytes(body), package.listed) == package.text


def test_a_cut_package_a_longer_one_and_a_bomb_are_refused() -> None:
    package = one()
    for body in (b"", package.body[:-5], package.body + b"x", gzip.compress(b"0" * 50_000_000), package.text):
        with pytest.raises(BadInput, match="hỏng"):
            unpack(body, package.listed)


@pytest.mark.parametrize(
    "row",
    [
        ROW[:-1],
        (*ROW, "x"),
        (*ROW[:8], "2025-13-01", *ROW[9:]),
        (*ROW[:8], "hôm qua", *ROW[9:]),
        (*ROW[:9], "có", 3),
        (*ROW[:10], "-3"),
        (*ROW[:10], "1e3"),
        ("24373\0", *ROW[1:]),
        ("x" * 201, *ROW[1:]),
    ],
)
def test_a_line_that_is_not_what_it_should_be_is_named(row: Any) -> None:
    with pytest.raises(BadInput, match="dòng 1"):
        read_rows(one(row).text, "cells")


def test_text_that_is_no_csv_is_refused() -> None:
    for text in (b"\xff\xfe", b'"open'):
        with pytest.raises(BadInput):
            read_rows(text, "cells")


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert read_manifest(manifest().body) == manifest()


def test_the_same_figures_at_another_hour_are_the_same_content_and_another_day_is_not() -> None:
    later = manifest(made_at=MADE + dt.timedelta(hours=1))
    assert later.content == manifest().content
    assert manifest(on=dt.date(2025, 10, 18)).content != manifest().content


def _with(**more: Any) -> bytes:
    said = {**manifest().as_json(), **more}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[]", b"\xff", b"[" * 100_000,
        _with(format=2), _with(unit=66), _with(on="17/10/2025"), _with(made_at="2025-10-17T08:00:00"), _with(more=1),
        _with(packages=[{"id": "../../x", "kind": "cells", "rows": 1, "size": 1}]),
        _with(packages=[{"id": "a" * 64, "kind": "persons", "rows": 1, "size": 1}]),
        _with(packages=[{"id": "a" * 64, "kind": "cells", "rows": 1, "size": 10**9}]),
        _with(packages=[{"id": "a" * 64, "kind": "cells", "rows": 1, "size": 1}] * 2),
        _with(packages=[{"id": f"{n:064x}", "kind": "cells", "rows": 1, "size": 1} for n in range(4001)]),
    ],
)  # fmt: skip
def test_a_manifest_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput):
        read_manifest(body)


def test_a_signature_is_good_for_one_key_one_purpose_and_one_body() -> None:
    public, signature = public_key_of(KEY), sign(KEY, "manifest", b"a")
    assert is_signed(public, "manifest", b"a", signature)
    other = public_key_of(bytes(32))
    for key, purpose, body, given_ in (
        (other, "manifest", b"a", signature),
        (public, "package:x", b"a", signature),
        (public, "manifest", b"b", signature),
        (public, "manifest", b"a", ""),
        (public, "manifest", b"a", "không"),
        (public, "manifest", b"a", signature[:-3]),
    ):
        assert not is_signed(key, purpose, body, given_)


def test_a_public_key_is_one_word_and_a_slip_in_it_is_told() -> None:
    public = public_key_of(KEY)
    assert read_public_key(f" {public}\n") == public
    assert len(key_id(public)) == 16
    for slip in ("", public[:-1], public + "A", "-----BEGIN PUBLIC KEY-----", "á" * 43):
        with pytest.raises(BadInput, match="43 ký tự"):
            read_public_key(slip)
