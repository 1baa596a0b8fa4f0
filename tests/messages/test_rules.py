from __future__ import annotations

import datetime as dt

import pytest

from hocvuso.messages.rules import MINUTES, MOST_ATTEMPTS, fitting_body, fitting_line, has_link, is_one_line, next_try

NOW = dt.datetime(2025, 10, 17, 8, tzinfo=dt.UTC)


def test_each_failure_waits_longer_and_the_last_one_ends_it() -> None:
    waits = [next_try(n, now=NOW, key="a") for n in range(1, MOST_ATTEMPTS + 1)]
    assert waits[-1] is None
    for minutes, again in zip(MINUTES, waits[:-1], strict=True):
        assert again is not None
        assert dt.timedelta(minutes=minutes) <= again - NOW <= dt.timedelta(minutes=minutes * 1.2)


def test_what_failed_together_does_not_come_back_together_and_yet_always_at_the_same_time() -> None:
    assert len({next_try(3, now=NOW, key=str(n)) for n in range(50)}) == 50
    assert next_try(3, now=NOW, key="7") == next_try(3, now=NOW, key="7")


@pytest.mark.parametrize("text", ["", "  ", "Chào\nBcc: x@y.vn", "Chào\r", "Chào\x00"])
def test_a_subject_is_one_line(text: str) -> None:
    assert not is_one_line(text)
    assert is_one_line("Bạn đã có giấy xác nhận")


@pytest.mark.parametrize("text", ["Vào https://hvs.vn/c/1", "HTTP://a", "mở www.vneid.vn nhé"])
def test_a_link_is_seen(text: str) -> None:
    assert has_link(text)
    assert not has_link("Mở mục Giấy xác nhận trong Học Vụ Số.")


@pytest.mark.parametrize(
    ("quoted", "line"),
    [
        ("Mở lớp\u200b \u00adđầu\tnăm\n2025", "Mở lớp đầu năm 2025"),
        ("Xem (https://a.vn/b?c=d) và WWW.a.vn, rồi làm", "Xem (…) và … rồi làm"),
        ("w\u200bww.a.vn", "…"),
        ("www.(www.a.vn", "…(…"),
        ("a" * 200, "a" * 158 + " …"),
    ],
)
def test_what_somebody_else_wrote_is_made_fit_for_a_notice(quoted: str, line: str) -> None:
    assert fitting_line(quoted) == line
    assert is_one_line(line)
    assert not has_link(line)
    assert len(line) <= 160
    assert fitting_body(f" {quoted[:150]}\n\nhttp://x ").splitlines()[-1] == "…"
