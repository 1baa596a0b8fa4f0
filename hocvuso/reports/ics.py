"""Due days as an iCalendar file (RFC 5545), which calendar programs of phones and desks subscribe to. Pure.

Whole days, no times: a due day ends with the day. One reminder at nine o'clock of the day before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_LINE = 75  # octets, without the line break (RFC 5545 §3.1)
REMINDER = "-PT15H"  # before the day begins


@dataclass(frozen=True, slots=True)
class DueDay:
    """One whole day in a calendar. `uid` never changes for the same thing; no figure and no name of a person stands in it."""

    uid: str
    day: dt.date
    title: str
    where: str
    note: str = ""


def calendar_file(days: Iterable[DueDay], *, name: str, stamp: dt.datetime) -> bytes:
    """`stamp` is when the file was made, aware."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Học Vụ Số//Lịch báo cáo//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H",
    ]  # fmt: skip
    made = f"{stamp.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    for one in days:
        lines += [
            "BEGIN:VEVENT", f"UID:{_text(one.uid)}", f"DTSTAMP:{made}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}", f"DTEND;VALUE=DATE:{one.day + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(one.title)}", f"LOCATION:{_text(one.where)}", *([f"DESCRIPTION:{_text(one.note)}"] if one.note else []),
            "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(one.title)}", f"TRIGGER:{REMINDER}",
            "END:VALARM", "END:VEVENT",
        ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) + b"\r\n" for line in lines)


def folded(line: str) -> bytes:
    """Cut before the 76th octet, never inside a letter; what goes on begins with a blank (RFC 5545 §3.1)."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece])


def _text(value: str) -> str:
    """Escaped as RFC 5545 §3.3.11 wants; other control characters have no place in it."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(letter if letter.isprintable() else " " if letter.isspace() else "" for letter in lines)
