"""The iCalendar file: lines of at most 75 octets that never cut a letter, escaped text, whole days."""

from __future__ import annotations

import datetime as dt

from hocvuso.reports.ics import DueDay, calendar_file, folded

STAMP = dt.datetime(2025, 10, 17, 1, 2, 3, tzinfo=dt.UTC)
LONG = DueDay(
    "a@hocvuso", dt.date(2025, 10, 24), "Báo cáo tuần; kết quả, khó khăn \\ vướng mắc " + "của các xã, phường ổ " * 9,
    "Xã Ea Kar", "Dòng một\nDòng\xa0hai\x00",
)  # fmt: skip


def unfolded(file: bytes) -> list[str]:
    return file.replace(b"\r\n ", b"").decode().split("\r\n")


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut() -> None:
    file = calendar_file([LONG], name="Lịch", stamp=STAMP)
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    for line in file.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # every piece by itself
    assert max(len(line) for line in file.split(b"\r\n")) >= 73
    assert folded("x" * 75) == b"x" * 75
    assert folded("x" * 76) == b"x" * 75 + b"\r\n x"


def test_text_is_escaped_and_comes_back_whole() -> None:
    lines = dict(
        line.split(":", 1) for line in unfolded(calendar_file([LONG], name="Lịch", stamp=STAMP)) if ":" in line
    )
    assert lines["SUMMARY"].startswith("Báo cáo tuần\\; kết quả\\, khó khăn \\\\ vướng mắc của")
    assert lines["SUMMARY"].count("ổ") == 9
    assert (lines["LOCATION"], lines["UID"]) == ("Xã Ea Kar", "a@hocvuso")


def test_a_due_day_is_one_whole_day_with_a_reminder() -> None:
    lines = unfolded(calendar_file([LONG], name="Lịch", stamp=STAMP))
    assert "DTSTART;VALUE=DATE:20251024" in lines
    assert "DTEND;VALUE=DATE:20251025" in lines
    assert "DTSTAMP:20251017T010203Z" in lines
    assert "DESCRIPTION:Dòng một\\nDòng hai" in lines
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VALARM", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
