"""Who meets a rule: tables of cases, no database. And what may not stand in the file."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
import yaml

from hocvuso.credentials.rules import (
    ALPHABET,
    ATTEMPTS,
    BLOCK,
    Known,
    clean_public_id,
    length_of_list,
    new_public_id,
    parse_rules,
    pass_for,
    wait_before,
)
from hocvuso.credentials.statuslist import encoded_list, is_set
from hocvuso.evidence.queries import catalogue
from hocvuso.lib.errors import BadInput

FILE = Path(__file__).resolve().parents[2] / "hocvuso" / "data" / "certification.yaml"
DAY = dt.date(2025, 10, 17)
PASS = Known(uuid.uuid4(), "assessment_passed", DAY, "usable", "nam-ky-nang-1.0", 70, "hoc-vu-so")


def _data() -> Any:
    return yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


RULE = parse_rules(_data(), known=catalogue())[0]


@pytest.mark.parametrize(
    ("change", "met"),
    [
        ({}, True),
        ({"score": 69.9}, False),
        ({"score": 100}, True),
        ({"level": "proficient"}, True),
        ({"level": ""}, False),
        ({"framework": "nam-ky-nang-2.0"}, False),
        ({"kind": "course_completed"}, False),
        ({"source": "mo-phong"}, False),
        ({"source": "mooc-quoc-gia"}, False),
        ({"on": dt.date(2025, 10, 18)}, False),
    ],
)
def test_a_pass_meets_the_rule_or_does_not(change: dict[str, Any], met: bool) -> None:
    known = dataclasses.replace(PASS, **change)
    assert (pass_for(RULE, [known], group="", on=DAY) == known) is met


def test_the_earliest_pass_decides() -> None:
    early = dataclasses.replace(PASS, id=uuid.uuid4(), on=dt.date(2025, 9, 1))
    assert pass_for(RULE, [PASS, early], group="", on=DAY) == early


@pytest.mark.parametrize(
    ("change", "group", "met"),
    [
        ({"groups": ("officials",)}, "officials", True),
        ({"groups": ("officials",)}, "", False),
        ({"valid_from": dt.date(2025, 10, 18)}, "", False),
        ({"valid_to": DAY}, "", True),
        ({"valid_to": dt.date(2025, 10, 16)}, "", False),
        ({"requires": (*RULE.requires, dataclasses.replace(RULE.requires[0], min_score=90))}, "", False),
    ],
)
def test_a_rule_is_for_its_groups_its_time_and_all_it_requires(change: dict[str, Any], group: str, met: bool) -> None:
    assert (pass_for(dataclasses.replace(RULE, **change), [PASS], group=group, on=DAY) is not None) is met


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"level": "siêu"}, "mức “siêu” không có"),
        ({"groups": ["nông dân"]}, "nhóm nông dân không có"),
        ({"requires": []}, "không cấp giấy khi không đòi minh chứng"),
        ({"requires": [{"kind": "assessment_passed"}]}, "thiếu 'level'"),
        ({"valid_from": "hôm nay"}, "valid_from, valid_to phải là ngày"),
        ({"valid_to": dt.date(2020, 1, 1)}, "theo thứ tự"),
        ({"framework_version": 1.0}, "phiên bản để trong ngoặc kép"),
        ({"issuer": "ai đó"}, "không đúng dạng"),
        ({"la": 1}, "có mục không dùng được"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_its_name(change: dict[str, Any], says: str) -> None:
    data = _data()
    data["rules"][0] |= change
    with pytest.raises(BadInput) as refusal:
        parse_rules(data, known=catalogue())
    assert says in str(refusal.value)
    assert "nam-ky-nang-su-dung-duoc" in str(refusal.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"min_score": 170}, "min_score"),
        ({"min_score": True}, "min_score"),
        ({"kind": "thi"}, "“thi”"),
        ({"sources": ["ai-do"]}, "“ai-do”"),
    ],
)
def test_a_requirement_that_makes_no_sense_is_refused(change: dict[str, Any], says: str) -> None:
    data = _data()
    data["rules"][0]["requires"][0] |= change
    with pytest.raises(BadInput, match=says):
        parse_rules(data, known=catalogue())


@pytest.mark.parametrize("data", [None, [], {"rules": {}}, {"rules": ["x"]}])
def test_a_file_that_is_no_list_of_rules_is_refused(data: Any) -> None:
    with pytest.raises(BadInput, match="certification.yaml"):
        parse_rules(data, known=catalogue())


def test_a_rule_stands_once_in_the_file() -> None:
    data = _data()
    data["rules"] *= 2
    with pytest.raises(BadInput, match="hai lần"):
        parse_rules(data, known=catalogue())


def test_an_id_is_read_as_people_type_it() -> None:
    made = new_public_id()
    assert len(made) == 10
    assert set(made) <= set(ALPHABET)
    assert clean_public_id(f" {made[:5].lower()}-{made[5:]} ") == made
    assert clean_public_id("oil0123456") == "0110123456"
    assert [clean_public_id(wrong) for wrong in ("", "ABC", "U123456789", made + "0", "đđđđđđđđđđ")] == [""] * 5


def test_waits_grow_are_the_same_each_time_and_spread_by_a_fifth() -> None:
    one, other = uuid.UUID(int=1), uuid.UUID(int=2)
    waits = [wait_before(n, one) for n in range(1, ATTEMPTS)]
    assert waits == sorted(waits) == [wait_before(n, one) for n in range(1, ATTEMPTS)]
    assert wait_before(1, one) != wait_before(1, other)
    assert dt.timedelta(minutes=1) <= wait_before(1, one) <= dt.timedelta(minutes=1.2)


@pytest.mark.parametrize(("certificates", "blocks"), [(0, 1), (65_536, 1), (65_537, 2), (1_000_000, 16)])
def test_the_list_is_at_most_half_full(certificates: int, blocks: int) -> None:
    assert length_of_list(certificates) == blocks * BLOCK


def test_the_list_marks_what_was_revoked_and_nothing_else() -> None:
    marked = [0, 7, 8, 4_711, BLOCK - 1]
    packed = encoded_list(marked, length=BLOCK)
    assert [index for index in (*marked, 1, 9, 4_710) if is_set(packed, index)] == marked
    assert len(encoded_list([], length=BLOCK)) < 80
