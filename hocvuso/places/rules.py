from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from hocvuso.lib.csvfile import read_lines

MERGERS = dt.date(2025, 7, 1)  # Nghị quyết 202/2025/QH15: 34 provinces; no districts any more
LONG_AGO = dt.date(1900, 1, 1)
SIMULATED = "mô phỏng"  # the source of simulated units and populations: whatever stands on them says so
VILLAGE_KINDS = ("thôn", "buôn", "bản", "làng", "khu phố", "tổ dân phố")


class Group(StrEnum):
    """Whom a population counts. The four groups of the movement, and the bases single targets ask for (facts §3)."""

    RESIDENTS = "residents"
    ADULTS = "adults"
    RESIDENTS_15 = "residents_15"
    RESIDENTS_16 = "residents_16"
    SMARTPHONE = "smartphone"
    HOUSEHOLDS = "households"
    BUSINESSES = "businesses"
    OFFICIALS = "officials"
    STAFF = "staff"
    PUPILS = "pupils"
    STUDENTS = "students"
    WORKERS = "workers"

    @property
    def label(self) -> str:
        return _GROUP_NAMES[self]


_GROUP_NAMES = {
    Group.RESIDENTS: "người dân",
    Group.ADULTS: "người trưởng thành",
    Group.RESIDENTS_15: "người từ 15 tuổi",
    Group.RESIDENTS_16: "công dân từ 16 tuổi",
    Group.SMARTPHONE: "người dùng điện thoại thông minh",
    Group.HOUSEHOLDS: "hộ gia đình",
    Group.BUSINESSES: "hộ kinh doanh",
    Group.OFFICIALS: "cán bộ, công chức, viên chức",
    Group.STAFF: "người lao động trong cơ quan nhà nước",
    Group.PUPILS: "học sinh tiểu học",
    Group.STUDENTS: "học sinh trung học, sinh viên",
    Group.WORKERS: "người lao động trong doanh nghiệp, hợp tác xã",
}


def read_rows(path: Path, *, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Rows of a CSV that must have these columns; a missing file or column is said with its name."""
    return (dict(line.cells) for line in read_lines(path, columns=columns))
