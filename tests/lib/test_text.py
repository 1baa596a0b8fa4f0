import pytest

from hocvuso.lib.text import fold, slug, sort_key, vn_number, vn_percent


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đắk  Lắk", "dak lak"), ("Ủy ban", "uy ban"), ("U\u0309y ban", "uy ban"), ("H’Hoa Niê", "h’hoa nie")],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_slug() -> None:
    assert slug("Tổ công nghệ số – Ea Kar") == "to-cong-nghe-so-ea-kar"


def test_vietnamese_order() -> None:
    words = ["Đức", "Dung", "Ân", "An", "Ba", "Ánh", "Âu", "Ăn", "Buôn 10", "Buôn 2"]
    assert sorted(words, key=sort_key) == ["An", "Ánh", "Ăn", "Ân", "Âu", "Ba", "Buôn 2", "Buôn 10", "Dung", "Đức"]


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(1234567, 0, "1.234.567"), (0.5, 0, "1"), (58.25, 1, "58,3"), (-1234.5, 1, "-1.234,5"), (0, 0, "0")],
)
def test_numbers_as_vietnam_writes_them(value: float, digits: int, text: str) -> None:
    assert vn_number(value, digits) == text


def test_percent_keeps_one_decimal_only_where_there_is_one() -> None:
    assert vn_percent(58.333) == "58,3\u00a0%"
    assert vn_percent(60) == "60\u00a0%"


def test_what_has_not_been_reached_is_not_written_as_reached() -> None:
    assert [vn_percent(share)[:-2] for share in (59.94, 59.96, 99.999, 59.9999999, 60.04, 58.46, 0)] == [
        "59,9", "59,9", "99,9", "60", "60", "58,5", "0",
    ]  # fmt: skip
    assert vn_percent(12.4, digits=0) == "12\u00a0%"
