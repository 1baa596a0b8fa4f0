"""What may be written to somebody, when, and when a letter that did not get through is tried again."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

MINUTES = (1, 5, 15, 60, 180, 360, 720)  # after the first failure, the second …; ours, no rule gives them
MOST_ATTEMPTS = len(MINUTES) + 1
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
WHOLE_LINK = re.compile(rf"(?:{LINK.pattern})[^\s()“”\"]*", re.IGNORECASE)


def next_try(attempts: int, *, now: dt.datetime, key: str) -> dt.datetime | None:
    """When to try again after so many failures; `None` when it is enough.

    Up to a fifth is added, always the same for one `key`, so that what failed together does not come back together.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    wait = dt.timedelta(minutes=MINUTES[attempts - 1])
    share = int(hashlib.sha256(f"{key}:{attempts}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return now + wait + wait * share / 5


def is_one_line(text: str) -> bool:
    """A subject becomes a header of a letter: a line break in it would begin another header."""
    return bool(text.strip()) and text.isprintable()


def has_link(text: str) -> bool:
    """We teach people not to follow links in letters, so ours have none: they say where to look instead."""
    return bool(LINK.search(text))


def fitting_line(text: str, *, most: int = 160) -> str:
    """What somebody else wrote, made fit to stand in a subject: one line without signs nobody sees and without links, at most so long."""
    line = _without_links(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 2].rstrip()} …"


def fitting_body(text: str, *, most: int = 2000) -> str:
    """The same for a body; its lines stay."""
    body = "\n".join(_without_links(" ".join(line.split())) for line in text.splitlines()).strip()
    return body if len(body) <= most else f"{body[: most - 2].rstrip()} …"


def _without_links(line: str) -> str:
    """First the signs nobody sees go: without them a link could come to light."""
    seen = "".join(char for char in line if char.isprintable())
    return " ".join(WHOLE_LINK.sub("…", seen).split())


def is_office_page(address: str) -> bool:
    """A path of the office's door, nothing that leads out of the house."""
    return address.startswith("/dieu-hanh/") and "//" not in address and address.isprintable() and "\\" not in address


# --- notices and their digest --------------------------------------------------------------------------------------------------

# What a notice may be about, the most pressing first: the heading it stands under in a digest. Whatever is not here comes last.
KINDS = {
    "returned": "Báo cáo được trả lại để bổ sung",
    "escalation": "Việc quá hạn được báo lên",
    "report": "Báo cáo",
    "task": "Nhiệm vụ",
    "concern": "Khó khăn, kiến nghị",
    "inspection": "Kiểm tra",
    "practice": "Mô hình, cách làm hay",
    "plan": "Kế hoạch",
    "figures": "Số liệu cần rà soát",
}
OTHER = "Việc khác"
Works = Callable[[dt.date], bool]  # is this a day on which offices work?


def digest_day(way: str, *, today: dt.date, works: Works) -> dt.date | None:
    """The day whose digest is due today: today's, or (weekly) that of the week's first working day; `None` on a day nobody works."""
    if not works(today):
        return None
    if way == "daily":
        return today
    monday = today - dt.timedelta(days=today.weekday())
    week = (monday + dt.timedelta(days=n) for n in range(7))
    return next(day for day in week if works(day))


def digest_key(way: str, day: dt.date) -> str:
    """One digest of a way for a day: the same key again is the same letter."""
    return f"{way}:{day.isoformat()}"


def is_quiet(now: dt.time, *, start: int, end: int) -> bool:
    """Between these two hours nobody's telephone rings: 21 and 7 mean nine in the evening to seven in the morning. Equal: never."""
    if start <= end:
        return start <= now.hour < end
    return now.hour >= start or now.hour < end


@dataclass(frozen=True, slots=True)
class NoticeLine:
    kind: str
    subject: str
    on: dt.date


def digest_subject(count: int, *, on: dt.date) -> str:
    return f"{count} việc mới trong Học Vụ Số, ngày {on:%d/%m/%Y}"


def digest_body(lines: Sequence[NoticeLine], *, name: str, most: int, is_simulated: bool = False) -> str:
    """What is new and not seen yet, by kind, the most pressing kind and the oldest notice first; after `most` lines only how many more."""
    ranks = {kind: rank for rank, kind in enumerate(KINDS)}
    ordered = sorted(lines, key=lambda line: (ranks.get(line.kind, len(ranks)), line.on))
    groups = groupby(ordered[:most], key=lambda line: KINDS.get(line.kind, OTHER))
    blocks = ["\n".join([f"{title}:", *(f"- {line.subject}" for line in group)]) for title, group in groups]
    if len(ordered) > most:
        blocks.append(f"và {len(ordered) - most} việc khác.")
    head = f"Kính gửi {name},\n\nCó {len(ordered)} việc mới mà bạn chưa xem:"
    tail = "Để xem và xử lý: đăng nhập Học Vụ Số, mở mục Thông báo."
    mark = ["Dữ liệu mô phỏng: các việc nêu ở đây không có thật."] if is_simulated else []
    return "\n\n".join([head, *blocks, *mark, tail])
