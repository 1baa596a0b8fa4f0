from __future__ import annotations

import time

import pytest

from hocvuso.concerns.likeness import SAME, Voice, alike, common_text, likeness, words_of

SAY_THE_SAME = [
    ("Sóng điện thoại ở hai buôn xa còn yếu, lớp buổi tối phải dùng tài liệu in.", "Sóng điện thoại yếu ở các buôn xa trung tâm."),
    ("Sóng điện thoại yếu ở thôn xa", "Buôn xa sóng yếu, không học được buổi tối"),
    ("Nhiều người dân chưa có tài khoản định danh mức 2.", "Người dân chưa có tài khoản định danh điện tử mức 2 còn nhiều"),
    ("Đề nghị Công an tỉnh tổ chức thêm đợt cấp lưu động.", "Đề nghị Công an tổ chức cấp định danh lưu động tại xã"),
    ("Thiếu kinh phí mua màn hình, máy chiếu cho lớp học", "Chưa có kinh phí mua máy chiếu cho lớp"),
    ("Thành viên tổ bận mùa vụ, mỗi tuần chỉ mở được một buổi.", "Đang mùa thu hoạch cà phê nên thành viên tổ bận mùa vụ"),
    ("Tài liệu chưa có tiếng Ê đê", "Chưa có tài liệu bằng tiếng Ê-đê cho bà con"),
]  # fmt: skip
SAY_ANOTHER_THING = [
    ("Thiếu kinh phí bồi dưỡng thành viên tổ", "Thiếu kinh phí mua máy chiếu cho lớp học"),
    ("Thành viên tổ bận mùa vụ, mỗi tuần chỉ mở được một buổi.", "Thành viên tổ chưa được tập huấn kỹ năng"),
    ("Tài liệu chưa có tiếng Ê đê", "Tài liệu in phát cho lớp chưa đủ"),
    ("Đề nghị cấp thêm máy tính bảng cho tổ", "Đề nghị cấp thêm kinh phí cho tổ"),
]


def _groups(*texts: str, threshold: float | None = None) -> list[list[str]]:
    voices = [Voice(number, "", text) for number, text in enumerate(texts)]
    groups = alike(voices) if threshold is None else alike(voices, threshold=threshold)
    return [[voice.text for voice in group] for group in groups]


def test_what_two_offices_say_in_other_words_is_proposed_as_the_same() -> None:
    assert [pair for pair in SAY_THE_SAME if len(_groups(*pair)) != 1] == []
    assert [pair for pair in SAY_ANOTHER_THING if len(_groups(*pair)) != 2] == []


def test_a_report_puts_only_nearly_equal_texts_into_one_line() -> None:
    one, two = "Thiếu kinh phí mua máy chiếu cho lớp học.", "Chưa có kinh phí mua máy chiếu cho lớp"
    assert len(_groups(one, two, threshold=SAME)) == 1
    assert [pair for pair in SAY_ANOTHER_THING if len(_groups(*pair, threshold=SAME)) != 2] == []


def test_likeness_looks_neither_at_accents_nor_at_the_order_given() -> None:
    one, two = words_of("SÓNG YẾU ở thôn xa"), words_of("song yeu o buon xa")
    assert likeness(one, two) == pytest.approx(1)
    assert likeness([], []) == 0
    for left, right in SAY_THE_SAME:
        assert likeness(words_of(left), words_of(right)) == likeness(words_of(right), words_of(left))


def test_every_voice_is_in_one_group_and_other_sorts_are_left_apart() -> None:
    voices = [Voice(n, n % 2, "Sóng yếu ở thôn xa") for n in range(6)] + [Voice(6, 0, "Và cho")]
    groups = [[voice.key for voice in group] for group in alike(voices)]
    assert groups == [[0, 2, 4], [1, 3, 5], [6]]


def test_the_text_of_a_group_is_the_one_said_most_often_and_then_the_longest() -> None:
    assert common_text(["Sóng yếu.", "Sóng rất yếu ở buôn xa.", "Sóng  yếu."]) == "Sóng yếu."
    assert common_text(["Sóng yếu.", "Sóng rất yếu ở buôn xa."]) == "Sóng rất yếu ở buôn xa."


def test_three_thousand_texts_are_grouped_in_a_moment() -> None:
    things, places = ("sóng", "máy chiếu", "kinh phí", "tài liệu", "định danh", "nhân lực"), range(500)
    voices = [Voice((t, p), "", f"Xã số {p} gặp khó về {t} vì lý do {p * 7919 % 997}") for p in places for t in things]
    begun = time.perf_counter()
    groups = alike(voices)
    assert sum(map(len, groups)) == len(voices)
    assert time.perf_counter() - begun < 5
