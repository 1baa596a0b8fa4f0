"""The five real plans as data, beside the reading by hand of the same documents.

The reading lies outside the repository (`HOCVUSO_GOLD`, or `../shared/gold`), the documents beside it (`../seeds`):
where they are absent, what needs them is skipped. That the files are sound is always tested.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from hocvuso.plans.planfile import PlanFile, Target

ROOT = Path(__file__).resolve().parents[2]
PLANS = ROOT / "hocvuso" / "data" / "plans"
GOLD = Path(os.environ.get("HOCVUSO_GOLD") or ROOT.parent / "shared" / "gold")
SEEDS = GOLD.parent / "seeds"

DOCUMENTS = {
    "yen-bai-phu-luc-1": "000",
    "yen-bai-ke-hoach": "001",
    "binh-dinh-to-cong-nghe-so": "002",
    "dak-lak-100-ngay": "003",
    "van-xuan-2025-2026": "004",
}
every_plan = pytest.mark.parametrize("key", DOCUMENTS)
needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason=f"no reading of the five plans at {GOLD} (HOCVUSO_GOLD)")
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no text of the five plans at {SEEDS}")

# Bold text of document 002 is set with Cyrillic look-alikes.
LOOK_ALIKES = str.maketrans("\u04dc\u04dd\u04b1\u04f5\u04a5", "Ộộậựạ")
LONGEST_RUN = 12  # syllables in a row that may not be the document's own


@cache
def plan(key: str) -> PlanFile:
    return PlanFile.model_validate(
        yaml.load((PLANS / f"{key}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    )


@cache
def gold(key: str) -> dict[str, Any]:
    reading: dict[str, Any] = json.loads((GOLD / f"{DOCUMENTS[key]}.json").read_text(encoding="utf-8"))
    return reading


def folded(text: str) -> str:
    """Lower case, no marks, no punctuation; the misprint of document 003 is put right as the plan file has it."""
    text = text.translate(LOOK_ALIKES).lower().replace("đ", "d").replace("trường trú", "thường trú")
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", text)).replace("uy ban nhan dan", "ubnd")


def names(agencies: str | Iterable[str] | None) -> str:
    """Agencies as one folded line: "A, B" in one cell and A and B in a list are the same agencies."""
    return folded(agencies if isinstance(agencies, str) else " ; ".join(agencies or ()))


def day(due: str | None) -> dt.date | None:
    """A bare year stands for its last day."""
    return dt.date.fromisoformat(due if len(due) > 4 else f"{due}-12-31") if due else None


def groups(indicator: dict[str, Any]) -> set[str]:
    either = re.search(r"(\w+)\|(\w+) both acceptable", indicator.get("note", ""))
    return set(either.groups()) if either else {indicator["group"]}


def joined(key: str) -> Iterator[tuple[dict[str, Any], Target]]:
    """Each indicator of the reading with its target: by clause (in order within one), or by order without."""
    targets = [target for target in plan(key).targets if not target.embedded_in]
    for indicator in gold(key)["indicators"]:
        clause = indicator.get("item") or indicator.get("row")
        position = next((at for at, target in enumerate(targets) if clause in (None, target.clause)), None)
        assert position is not None, f"{key}: no target left for {clause or indicator['text']}"
        yield indicator, targets.pop(position)


def assert_same_target(key: str, indicator: dict[str, Any], target: Target) -> None:
    where = f"{key} {target.clause} {target.key}"
    group = next(part.group for part in plan(key).indicators if part.key == target.indicator)
    assert target.value == indicator["target"], where
    assert target.unit == indicator["unit"], where
    assert target.comparator == indicator["comparator"], where
    assert group in groups(indicator), where
    assert target.deadline.due == day(indicator["due"]), where
    assert target.aspirational == indicator.get("aspirational", False), where
    assert names(target.leads) == names(indicator.get("leads") or indicator["lead"]), where
    for field in ("coordinators", "implementers", "directing_body"):
        if field in indicator:
            assert names(getattr(target, field)) == names(indicator[field]), f"{where}: {field}"
    horizon = str(indicator.get("year") or indicator.get("horizon") or target.horizon)
    assert target.horizon == horizon.removeprefix("năm "), where
    if indicator.get("due_text", "").lower().startswith("trước"):
        assert target.deadline.before, where


# --- Without the reading ----------------------------------------------------------------------------------------------


@every_plan
def test_plan_file_is_sound_and_named_after_its_key(key: str) -> None:
    assert plan(key).key == key


@every_plan
def test_another_plan_named_by_a_finding_exists(key: str) -> None:
    assert {finding.other_plan for finding in plan(key).findings if finding.other_plan} <= DOCUMENTS.keys() - {key}


def wording(part: object) -> Iterator[str]:
    """Every title, detail and note of a loaded plan file, but not the plan's own title: that is the document's name."""
    if isinstance(part, dict):
        yield from (
            text for name, text in part.items() if name in ("title", "detail", "note") and isinstance(text, str)
        )
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from wording(inner)


def runs(text: str) -> set[str]:
    words = folded(text).split()
    return {" ".join(words[at : at + LONGEST_RUN]) for at in range(len(words) - LONGEST_RUN + 1)}


@needs_seeds
@every_plan
def test_wording_is_our_own(key: str) -> None:
    (document,) = SEEDS.glob(f"{DOCUMENTS[key]}_*.txt")
    printed = runs(document.read_text(encoding="utf-8"))
    loaded = yaml.load((PLANS / f"{key}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    del loaded["title"]
    assert [text for text in wording(loaded) if runs(text) & printed] == []


# --- Beside the reading -----------------------------------------------------------------------------------------------


@needs_gold
@every_plan
def test_every_indicator_is_a_target(key: str) -> None:
    for indicator, target in joined(key):
        assert_same_target(key, indicator, target)


@needs_gold
@every_plan
def test_targets_hidden_in_tasks_are_found(key: str) -> None:
    hidden = [target for target in plan(key).targets if target.embedded_in]
    expected = gold(key).get("indicators_embedded", [])
    assert len(hidden) >= len(expected)
    for indicator, target in zip(expected, hidden, strict=False):
        assert_same_target(key, indicator, target)


@needs_gold
@every_plan
def test_tasks_have_their_agencies_and_deadlines(key: str) -> None:
    expected = gold(key)["tasks"]
    tasks = plan(key).tasks[: len(expected)]
    assert len(tasks) == len(expected)
    for task, reading in zip(tasks, expected, strict=True):
        where = f"{key} {task.clause} {task.key}"
        assert task.kind != "assignment", where
        assert [names(lead) for lead in task.leads] == [names(lead) for lead in reading["leads"]], where
        assert [names(one) for one in task.coordinators] == [names(one) for one in reading["coordinators"]], where
        assert names(task.directing_body) == names(reading.get("directing_body")), where
        assert task.deadline.due == day(reading["due"]), where
        assert task.deadline.recurring == reading.get("recurring", False), where
        # only one way: "theo hướng dẫn của Trung ương" is relative for us, and not marked in the reading
        assert task.deadline.relative or not reading.get("relative", False), where
        assert names(task.result) == names(reading["result"]), where


@needs_gold
@every_plan
def test_assignments_are_complete(key: str) -> None:
    rest = plan(key).tasks[len(gold(key)["tasks"]) :]
    expected = gold(key)["assignments"]
    assert [task.kind for task in rest].count("task") == 0
    assert len(rest) == len(expected)
    for task, reading in zip(rest, expected, strict=True):
        assert names(task.leads) == names(reading["agency"]), f"{key} {task.clause}"
        assert task.deadline.due == day(reading["due"]), f"{key} {task.clause}"


@needs_gold
@every_plan
def test_reporting_duties_match(key: str) -> None:
    duties, expected = plan(key).duties, gold(key)["reporting"]
    assert [duty.frequency for duty in duties] == [reading["frequency"] for reading in expected]
    for duty, reading in zip(duties, expected, strict=True):
        receivers = [folded(part) for part in re.sub(r"\(.*?\)", "", reading["to"]).split(";")]
        assert all(receiver in folded(duty.to) for receiver in receivers), f"{key} {duty.key}"
        assert duty.due == day(reading.get("due")), f"{key} {duty.key}"
        assert duty.channel == reading.get("channel", ""), f"{key} {duty.key}"
        assert duty.before == (reading["due_rule"] or "").startswith("trước"), f"{key} {duty.key}"


@needs_gold
@every_plan
def test_repetitions_are_duplicates_of_the_right_target(key: str) -> None:
    clauses = {target.key: target.clause for target in plan(key).targets}
    found = [(duplicate.clause, clauses[duplicate.of]) for duplicate in plan(key).duplicates]
    assert found == [(part["item"], part["duplicate_of"]) for part in gold(key).get("duplicates", [])]


# What a finding must say: the number of the contradiction in TRAPS.md, the plan, and both readings.
CONTRADICTIONS = [
    ("A1", "yen-bai-phu-luc-1", "I.4", ("31/12/2026", "12/2025")),
    ("A1", "yen-bai-ke-hoach", "III.1 (4)", ("31/12/2026", "12/2025")),
    ("A2", "yen-bai-phu-luc-1", "I.5", ("31/12/2026", "12/2025")),
    ("A2", "yen-bai-ke-hoach", "III.1 (5)", ("31/12/2026", "12/2025")),
    ("A3", "yen-bai-phu-luc-1", "I.2", ("Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ")),
    ("A3", "yen-bai-ke-hoach", "III.1 (2)", ("Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ")),
    ("A4", "yen-bai-phu-luc-1", "I.5", ("Sở Nội vụ", "Liên đoàn Lao động tỉnh")),
    ("A4", "yen-bai-ke-hoach", "III.1 (5)", ("Sở Nội vụ", "Liên đoàn Lao động tỉnh")),
    ("A5", "yen-bai-phu-luc-1", "", ("Ủy ban nhân dân tỉnh", "Ban Chỉ đạo tỉnh")),
    ("A5", "yen-bai-ke-hoach", "", ("Ủy ban nhân dân tỉnh", "Ban Chỉ đạo tỉnh")),
    ("A6", "yen-bai-phu-luc-1", "I.5", ("liên minh hợp tác xã", "liên hợp tác xã")),
    ("A6", "yen-bai-ke-hoach", "III.1 (5)", ("liên minh hợp tác xã", "liên hợp tác xã")),
    ("A6", "dak-lak-100-ngay", "II.6", ("liên hiệp hợp tác xã", "liên minh hợp tác xã", "liên hợp tác xã")),
    ("A7", "yen-bai-phu-luc-1", "II.3", ("trí thức cơ bản", "kiến thức cơ bản", "tri thức cơ bản")),
    ("A7", "yen-bai-ke-hoach", "III.2 (3)", ("trí thức cơ bản", "kiến thức cơ bản", "tri thức cơ bản")),
    ("A8", "yen-bai-ke-hoach", "", ("22/12/2025", "22/12/2024")),
    ("A9", "binh-dinh-to-cong-nghe-so", "II.1 a", ("60%", "600.000", "1.091.556", "54,97%")),
    ("A10", "dak-lak-100-ngay", "II.3", ("hết tháng 12/2025", "15/12/2025")),
    ("A10", "dak-lak-100-ngay", "II.3", ("15/12/2025", "25/10/2025")),
    ("A11", "dak-lak-100-ngay", "II.4", ("60%", "80%")),
    ("A11", "dak-lak-100-ngay", "II.5", ("40%", "70%")),
    ("A11", "dak-lak-100-ngay", "II.6", ("60%", "80%")),
    ("A12", "dak-lak-100-ngay", "", ("100 ngày", "103 ngày")),
    ("A13", "dak-lak-100-ngay", "II.1 (dash)", ("thôn, buôn, tổ dân phố", "các thôn, buôn")),
    ("A14", "dak-lak-100-ngay", "II.3", ("15/11/2025", "25/11/2025", "15/12/2025")),
    ("A15", "van-xuan-2025-2026", "III.2.d", ("95%", "100%")),
]


@pytest.mark.parametrize(("trap", "key", "clause", "readings"), CONTRADICTIONS)
def test_contradiction_is_kept_with_both_readings(trap: str, key: str, clause: str, readings: tuple[str, ...]) -> None:
    clauses = {target.key: target.clause for target in plan(key).targets}
    said = [
        " | ".join(reading.says for reading in finding.readings)
        for finding in plan(key).findings
        if len(finding.readings) > 1 and (not clause or clause in {clauses.get(about) for about in finding.about})
    ]
    assert any(all(reading.lower() in text.lower() for reading in readings) for text in said), trap
