from __future__ import annotations

import datetime as dt

import pytest

from hocvuso.messages.rules import NoticeLine, digest_body, digest_day, digest_subject, has_link, is_quiet

FRIDAY = dt.date(2025, 10, 17)
MONDAY = dt.date(2025, 10, 20)
HOLIDAY = {MONDAY}


def works(day: dt.date) -> bool:
    return day.isoweekday() <= 5 and day not in HOLIDAY


@pytest.mark.parametrize(
    ("way", "today", "day"),
    [
        ("daily", FRIDAY, FRIDAY),
        ("daily", dt.date(2025, 10, 18), None),  # Saturday
        ("daily", MONDAY, None),  # a holiday
        ("weekly", MONDAY, None),
        ("weekly", dt.date(2025, 10, 21), dt.date(2025, 10, 21)),  # the week's first working day
        ("weekly", dt.date(2025, 10, 23), dt.date(2025, 10, 21)),  # still that one, where it was missed
        ("weekly", FRIDAY, dt.date(2025, 10, 13)),
    ],
)
def test_a_digest_belongs_to_a_working_day(way: str, today: dt.date, day: dt.date | None) -> None:
    assert digest_day(way, today=today, works=works) == day


@pytest.mark.parametrize(("hour", "quiet"), [(20, False), (21, True), (23, True), (0, True), (6, True), (7, False)])
def test_telephones_are_quiet_from_nine_to_seven(hour: int, quiet: bool) -> None:
    assert is_quiet(dt.time(hour, 59), start=21, end=7) is quiet
    assert not is_quiet(dt.time(hour), start=7, end=7)
    assert is_quiet(dt.time(hour), start=12, end=14) is False


def test_a_digest_names_the_pressing_things_first_and_says_how_many_more_there_are() -> None:
    lines = [
        NoticeLine("report", "Báo cáo tuần đến hạn", FRIDAY),
        NoticeLine("khac", "Việc không có tên", FRIDAY),
        NoticeLine("report", "Báo cáo tháng đến hạn", FRIDAY - dt.timedelta(days=1)),
        NoticeLine("returned", "Báo cáo quý được trả lại", FRIDAY),
        *(NoticeLine("task", f"Nhiệm vụ {n}", FRIDAY) for n in range(12)),
    ]
    body = digest_body(lines, name="H’Hoa Niê", most=4)
    assert body.split("\n\n") == [
        "Kính gửi H’Hoa Niê,",
        "Có 16 việc mới mà bạn chưa xem:",
        "Báo cáo được trả lại để bổ sung:\n- Báo cáo quý được trả lại",
        "Báo cáo:\n- Báo cáo tháng đến hạn\n- Báo cáo tuần đến hạn",
        "Nhiệm vụ:\n- Nhiệm vụ 0",
        "và 12 việc khác.",
        "Để xem và xử lý: đăng nhập Học Vụ Số, mở mục Thông báo.",
    ]
    assert not has_link(body)
    assert "mô phỏng" in digest_body(lines, name="Hoa", most=4, is_simulated=True)
    assert digest_subject(16, on=FRIDAY) == "16 việc mới trong Học Vụ Số, ngày 17/10/2025"
