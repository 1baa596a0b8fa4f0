"""The days that the words of real plans give, and which of them one works on today."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from hocvuso.lib.periods import Span
from hocvuso.tasks.schedule import Promise, Schedule, due_after, schedule_of

ROOT = Path(__file__).resolve().parents[2]

PLANS = ROOT / "hocvuso" / "data" / "plans"
TODAY = dt.date(2025, 10, 17)


def days(file: str, key: str, event_due: dt.date | None = None) -> Schedule:
    """The schedule of a task of one of the plans that come along."""
    plan = yaml.safe_load((PLANS / f"{file}.yaml").read_text(encoding="utf-8"))
    printed = next(task for task in plan["tasks"] if task["key"] == key).get("deadline") or {}
    promise = Promise(
        printed.get("due"), printed.get("before", False), printed.get("start"), printed.get("recurring", False),
        printed.get("relative", False), printed.get("text", ""),
    )  # fmt: skip
    return schedule_of(promise, period=Span(plan["period"]["start"], plan["period"]["end"]), event_due=event_due)


def said(schedule: Schedule) -> list[str]:
    return [f"{one.day:%d/%m/%Y}{'' if one.printed else ' *'}" for one in schedule.occurrences]


@pytest.mark.parametrize(
    ("file", "key", "expected"),
    [
        ("dak-lak-100-ngay", "iii-2-1-ban-chi-dao-va-to", ["31/07/2025"]),  # before 1/8
        ("dak-lak-100-ngay", "iii-1-1-quan-triet-ke-hoach", ["31/07/2025 *", "31/08/2025 *", "30/09/2025 *", "25/10/2025 *"]),
        ("dak-lak-100-ngay", "v-1-a-xay-dung-ke-hoach", []),
        ("binh-dinh-to-cong-nghe-so", "iii-5-ngay-hoi-so-cuoc-thi", ["10/10/2025", "10/10/2026"]),
        ("yen-bai-ke-hoach", "iv-1-4-ngay-hoi-hoc-tap-so", ["31/10/2025", "31/10/2026"]),
        ("yen-bai-ke-hoach", "iv-5-1-2-tap-huan-can-bo", ["31/12/2025", "31/12/2026"]),
        ("yen-bai-ke-hoach", "iv-2-2-huong-dan-khen-thuong", []),  # waits for the centre's guidance
        (
            "yen-bai-ke-hoach", "iv-5-3-1-lop-cho-nguoi-lao-dong",  # once in May, then kept up
            ["31/05/2025", "30/06/2025 *", "30/09/2025 *", "31/12/2025 *", "31/03/2026 *", "30/06/2026 *", "30/09/2026 *", "31/12/2026 *"],
        ),
        (
            "van-xuan-2025-2026", "pl-1-truyen-thong-dai-chung",
            ["30/09/2025 *", "31/12/2025 *", "31/03/2026 *", "30/06/2026 *", "30/09/2026 *", "31/12/2026 *"],
        ),
    ],
)  # fmt: skip
def test_the_words_of_the_plans_give_these_days(file: str, key: str, expected: list[str]) -> None:
    assert said(days(file, key)) == expected


def test_a_weekly_assignment_has_the_fridays_of_the_hundred_days() -> None:
    found = days("dak-lak-100-ngay", "v-1-c-bao-cao-hang-tuan").occurrences
    assert (len(found), found[0].day, found[-1].day) == (15, dt.date(2025, 7, 18), dt.date(2025, 10, 24))
    assert {one.day.isoweekday() for one in found} == {5}


def test_every_recurring_or_relative_task_of_the_plans_has_days_or_says_what_it_waits_for() -> None:
    for path in PLANS.glob("*.yaml"):
        for task in yaml.safe_load(path.read_text(encoding="utf-8")).get("tasks", []):
            printed = task.get("deadline") or {}
            if printed.get("recurring") or printed.get("relative"):
                found = days(path.stem, task["key"])
                assert found.occurrences or found.waits_for, f"{path.stem}: {task['key']}"


def test_an_events_day_makes_the_due_day() -> None:
    assert days("yen-bai-ke-hoach", "iv-2-2-huong-dan-khen-thuong").waits_for.startswith("Muộn nhất 7 ngày sau khi")
    assert said(days("yen-bai-ke-hoach", "iv-2-2-huong-dan-khen-thuong", event_due=TODAY)) == ["17/10/2025"]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("(Muộn nhất 7 ngày sau khi Trung ương ban hành hướng dẫn)", dt.date(2025, 10, 24)),
        ("chậm nhất 2 tuần sau khi có văn bản", dt.date(2025, 10, 31)),
        ("trong 01 tháng kể từ ngày ban hành", dt.date(2025, 11, 17)),
        ("sau 5 ngày làm việc", None),  # working days depend on holidays: the day is asked for
        ("Theo hướng dẫn của Trung ương", None),
    ],
)
def test_how_long_after_an_event(words: str, due: dt.date | None) -> None:
    assert due_after(TODAY, words) == due


def schedule(text: str, *, last: dt.date = dt.date(2026, 12, 31)) -> Schedule:
    return schedule_of(Promise(None, False, None, True, False, text), period=Span(dt.date(2025, 7, 1), last))


@pytest.mark.parametrize(
    ("today", "done", "current"),
    [
        (dt.date(2025, 8, 1), [], dt.date(2025, 10, 10)),
        (dt.date(2025, 10, 10), [], dt.date(2025, 10, 10)),
        (dt.date(2025, 11, 1), [], dt.date(2025, 10, 10)),  # late
        (dt.date(2025, 11, 1), [dt.date(2025, 10, 10)], dt.date(2026, 10, 10)),
        (dt.date(2026, 5, 1), [], dt.date(2026, 10, 10)),  # half a year on, the next one counts
        (dt.date(2028, 1, 1), [], dt.date(2026, 10, 10)),  # the last one stays late
    ],
)
def test_a_missed_day_stays_late_for_half_the_time_to_the_next(
    today: dt.date, done: list[dt.date], current: dt.date
) -> None:
    found = schedule("10/10 hằng năm").current(today, done=done)
    assert found
    assert found.day == current


def test_a_printed_day_is_not_passed_over_by_days_that_are_only_ours() -> None:
    found = days("yen-bai-ke-hoach", "iv-5-3-1-lop-cho-nguoi-lao-dong")
    late = found.current(TODAY)
    assert late
    assert late.day == dt.date(2025, 5, 31)
    after = found.current(TODAY, done=[dt.date(2025, 5, 31)])
    assert after
    assert (after.day, after.printed) == (dt.date(2025, 12, 31), False)


def test_months_and_quarters_end_where_they_end() -> None:
    assert said(schedule("ngày 25 hằng tháng", last=dt.date(2025, 9, 30))) == ["25/07/2025", "25/08/2025", "25/09/2025"]
    assert said(schedule("hằng tháng", last=dt.date(2025, 8, 31))) == ["31/07/2025", "31/08/2025"]
    assert [one.name for one in schedule("hằng quý", last=dt.date(2025, 12, 31)).occurrences] == [
        "quý III/2025",
        "quý IV/2025",
    ]
