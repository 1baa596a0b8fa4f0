"""Short messages, counted and cut; forms of gateways, filled and read. No database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from hocvuso.connect.notify.sms import sms_form
from hocvuso.connect.notify.sms_form import WORDS, parse_sms_form
from hocvuso.connect.notify.texts import segments, shortened, without_accents, written_sms
from hocvuso.lib.errors import BadInput
from hocvuso.messages.rules import has_link
from hocvuso.people.rules import mobile_number

OURS: dict[str, Any] = {"fields": {"to": "{phone}", "text": "{text}"}}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("đ" * 70, 1),
        ("đ" * 71, 2),
        ("đ" * 134, 2),
        ("đ" * 135, 3),
        ("€" * 80, 1),  # two places each
        ("€" * 81, 2),
        ("€" * 153, 3),  # 76 in a part of 153: none is cut in the middle
        ("à" * 160, 1),  # à is in GSM's alphabet, ạ is not
        ("ạ" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("", 1),
    ],
)
def test_parts_are_counted_as_the_networks_do(text: str, parts: int) -> None:
    assert segments(text) == parts


def test_diacritics_are_taken_off_as_telephones_wrote_before() -> None:
    assert without_accents("Đã đạt – “H’Hoa Niê”, 58,3 %…") == 'Da dat - "H\'Hoa Nie", 58,3 %...'
    assert without_accents("漢") == "?"


@pytest.mark.parametrize(
    ("length", "text"),
    [(40, "Buổi học ở Buôn Tría"), (19, "Buổi học ở Buôn..."), (11, "Buổi học..."), (3, "Buổ"), (0, "")],
)
def test_a_text_is_cut_between_words(length: int, text: str) -> None:
    assert shortened("Buổi học ở Buôn Tría", length) == text


def test_an_sms_says_who_what_where_and_that_nobody_asks_for_a_code() -> None:
    plain = written_sms("Bạn đã có giấy xác nhận", accents=False, most_segments=1)
    assert plain.text == (
        "Hoc Vu So: Ban da co giay xac nhan. Xem o muc Tin nhan. Hoc Vu So khong bao gio hoi ma OTP, mat khau."
    )
    assert (plain.segments, plain.is_unicode) == (1, False)
    full = written_sms("Bạn đã có giấy xác nhận", accents=True, most_segments=2)
    assert full.text.startswith("Học Vụ Số: Bạn đã có giấy xác nhận. Xem ở mục Tin nhắn.")
    assert (full.segments, full.is_unicode) == (2, True)


@pytest.mark.parametrize(("accents", "most"), [(False, 1), (False, 2), (True, 2), (True, 3)])
def test_a_long_subject_gives_way_and_the_warning_stays(accents: bool, most: int) -> None:
    sms = written_sms("Buổi học “Dịch vụ công trực tuyến” ở Buôn Tría " * 8, accents=accents, most_segments=most)
    assert sms.segments == segments(sms.text) <= most
    assert sms.text.endswith("mật khẩu." if accents else "mat khau.")
    assert "..." in sms.text
    assert not has_link(sms.text)


def test_a_form_puts_the_number_as_the_provider_writes_it_and_nothing_of_a_text_is_taken_for_a_place() -> None:
    form = parse_sms_form({**OURS, "phone": "0", "headers": {"X-Key": "{secret}"}}, name="a.yaml")
    values = dict.fromkeys(("brand", "reference", "user", "unicode"), "") | {"secret": "s"}
    headers, fields = form.filled({**values, "phone": "+84912345678", "text": "Mã {secret}"})
    assert (headers, fields) == ({"X-Key": "s"}, {"to": "0912345678", "text": "Mã {secret}"})


@pytest.mark.parametrize("file", sorted((settings.DATA_DIR / "sms_forms").glob("*.yaml")), ids=lambda file: file.stem)
def test_the_forms_we_bring_make_sense(file: Path) -> None:
    headers, fields = sms_form(file).filled(dict.fromkeys(WORDS, "x") | {"phone": "+84912345678"})
    assert {"+84912345678", "0912345678"} & set(fields.values())
    assert "{" not in repr([*headers.values(), *fields.values()])


def test_an_answer_is_accepted_refused_or_tried_again() -> None:
    form = parse_sms_form(
        {**OURS, "answer": {"field": "data.code", "accepted": ["100"], "refused": ["108"]}}, name="a.yaml"
    )
    said = [form.outcome({"data": {"code": code}}) for code in (100, "108", "0912 345", None)]
    assert said == [("accepted", ""), ("refused", "108"), ("later", "0912345"), ("later", "not_readable")]
    assert form.outcome({"data": "x"}) == ("later", "not_readable")
    assert parse_sms_form(OURS, name="a.yaml").outcome({}) == ("accepted", "")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (None, "a.yaml"),
        ({"fields": {}}, "fields"),
        ({**OURS, "phone": "+1"}, "phone"),
        ({**OURS, "them": 1}, "them"),
        ({"fields": {"to": "{phone}"}}, "phải có {phone} và {text}"),
        ({"fields": {"to": "{phone}", "text": "{text}{ma}"}}, "không có chỗ điền {ma}"),
    ],
)
def test_a_form_that_makes_no_sense_is_refused_by_its_name(raw: Any, said: str) -> None:
    with pytest.raises(BadInput, match="a.yaml") as refusal:
        parse_sms_form(raw, name="a.yaml")
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    "typed", ["0912345678", "0912 345 678", "0912.345.678", "+84912345678", "84 912 345 678", "(0084) 912-345-678"]
)
def test_a_mobile_number_is_kept_in_one_form(typed: str) -> None:
    assert mobile_number(typed) == "+84912345678"


@pytest.mark.parametrize(
    "typed",
    ["", "912345678", "02623851234", "01682345678", "0612345678", "+1 202 555 0100", "09123456789", "0912345abc"],
)
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    assert mobile_number(typed) is None
