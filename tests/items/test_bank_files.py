"""The item banks as files: each item sound by itself, the bank fair to who guesses, the words plain.

Reads the YAML itself, so that a bank can be judged before the program takes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from tests.make.each import for_each

ROOT = Path(__file__).resolve().parents[2]
BANK = ROOT / "hocvuso" / "data" / "items" / "nam-ky-nang.yaml"
PREFIXES = {"dich-vu-cong": "dvc", "mua-sam": "ms", "thanh-toan": "tt", "an-toan": "at", "thu-tuc": "thu"}

FIELDS = {"key", "version", "skill", "level", "kind", "status", "stem", "options", "explanation", "cognitive"}
NUMBER_OF_OPTIONS = {"single": {3, 4}, "true_false": {2}}

# Half of them are gone from the market in ten years; and the State's test advertises for nobody.
BRANDS = re.compile(
    r"zalo|facebook|messenger|tiktok|youtube|google|iphone|android|shopee|lazada|tiki\b|sendo|grab|momo|viettel|vnpt"
    r"|mobifone|vinaphone|vietcombank|agribank|bidv|techcombank|vietinbank|sacombank|ch play|app store",
    re.IGNORECASE,
)


@cache
def _bank() -> dict[str, Any]:
    bank: dict[str, Any] = yaml.load(BANK.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return bank


def _items() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = _bank()["items"]
    return items


def _singles() -> list[dict[str, Any]]:
    return [item for item in _items() if item["kind"] == "single"]


def _right(item: dict[str, Any]) -> int:
    """Position of the right option, from 0."""
    return next(i for i, option in enumerate(item["options"]) if option.get("right"))


def _opening(option: dict[str, Any]) -> str:
    return " ".join(re.findall(r"\w+", option["text"].lower())[:2])


def _texts(item: dict[str, Any]) -> Iterator[str]:
    yield item["stem"]
    yield from (option["text"] for option in item["options"])
    yield item["explanation"]


every_item = for_each("item", _items(), called=lambda item: str(item["key"]))


# --- the bank ------------------------------------------------------------------------------------------------------------------


def test_the_bank_names_itself_and_its_framework() -> None:
    assert _bank().keys() == {"key", "framework", "framework_version", "items"}
    assert (_bank()["key"], _bank()["framework"], _bank()["framework_version"]) == (BANK.stem, "nam-ky-nang", "1.0")


def test_each_of_the_five_skills_has_twelve_items() -> None:
    assert Counter(item["skill"] for item in _items()) == dict.fromkeys(PREFIXES, 12)


def test_two_items_of_each_skill_are_on_trial() -> None:
    assert Counter(item["skill"] for item in _items() if item["status"] == "trial") == dict.fromkeys(PREFIXES, 2)


def test_keys_count_through_each_skill() -> None:
    assert [item["key"] for item in _items()] == [
        f"{prefix}-{n:02}" for prefix in PREFIXES.values() for n in range(1, 13)
    ]
    assert all(item["key"].startswith(PREFIXES[item["skill"]] + "-") for item in _items())


def test_at_most_ten_items_can_be_guessed_like_a_coin() -> None:
    assert sum(item["kind"] == "true_false" for item in _items()) <= 10


def test_most_items_ask_for_judgement_in_a_situation() -> None:
    assert sum(item["cognitive"] in {"apply", "judge"} for item in _items()) >= 45


def test_no_position_holds_more_than_its_share_of_right_answers() -> None:
    for number, bound in ((4, 0.40), (3, 0.60)):
        positions = Counter(_right(item) for item in _singles() if len(item["options"]) == number)
        assert positions.keys() == set(range(number))
        assert max(positions.values()) <= bound * positions.total()


def test_neither_the_longest_nor_the_shortest_option_is_a_good_guess() -> None:
    longest = shortest = 0
    for item in _singles():
        lengths = [len(option["text"]) for option in item["options"]]
        right = lengths.pop(_right(item))
        longest += right > max(lengths)
        shortest += right < min(lengths)
    assert longest <= 0.45 * len(_singles())
    assert shortest <= 0.45 * len(_singles())


def test_how_an_option_begins_does_not_give_it_away() -> None:
    """“Cúp máy” is sometimes the right thing and sometimes half of it."""
    openings = Counter(_opening(option) for item in _singles() for option in item["options"])
    right = Counter(_opening(item["options"][_right(item)]) for item in _singles())
    assert not [opening for opening, count in openings.items() if count >= 4 and right[opening] > 0.6 * count]


def test_no_two_stems_ask_nearly_the_same() -> None:
    words = {item["key"]: set(re.findall(r"\w+", item["stem"].lower())) for item in _items()}
    alike = {
        (one, other): len(words[one] & words[other]) / len(words[one] | words[other])
        for one, other in combinations(words, 2)
    }
    assert max(alike.values()) < 0.5, max(alike, key=lambda pair: alike[pair])


# --- each item -----------------------------------------------------------------------------------------------------------------


@every_item
def test_an_item_has_all_its_fields_and_no_other(item: dict[str, Any]) -> None:
    assert item.keys() == FIELDS
    assert item["version"] == 1
    assert item["level"] == "usable"
    assert item["status"] in {"active", "trial"}
    assert item["cognitive"] in {"remember", "understand", "apply", "judge"}


@every_item
def test_an_item_has_exactly_one_right_option(item: dict[str, Any]) -> None:
    assert len(item["options"]) in NUMBER_OF_OPTIONS[item["kind"]]
    assert [option["right"] for option in item["options"] if "right" in option] == [True]
    assert all(option.keys() <= {"text", "right"} for option in item["options"])
    assert len({option["text"].lower() for option in item["options"]}) == len(item["options"])


@every_item
def test_true_and_false_stand_in_this_order(item: dict[str, Any]) -> None:
    if item["kind"] == "true_false":
        assert [option["text"] for option in item["options"]] == ["Đúng", "Sai"]
        assert item["stem"].endswith("Đúng hay sai?")


@every_item
def test_texts_are_short(item: dict[str, Any]) -> None:
    assert 8 <= len(item["stem"].split()) <= 45
    assert all(len(option["text"].split()) <= 15 for option in item["options"])
    assert 8 <= len(item["explanation"].split()) <= 60


@every_item
def test_an_explanation_has_one_to_three_sentences(item: dict[str, Any]) -> None:
    assert item["explanation"].endswith(".")
    assert 1 <= len(re.findall(r"\.(?: |$)", item["explanation"])) <= 3


@every_item
def test_texts_are_clean(item: dict[str, Any]) -> None:
    for text in _texts(item):
        assert isinstance(text, str)
        assert unicodedata.is_normalized("NFC", text)
        assert text == " ".join(text.split())
        assert '"' not in text, "Vietnamese quotation marks are “ ”"
        assert not BRANDS.search(text), "no private brand"
        assert not re.search(r"\d{12}", text), "nothing that looks like an identity number"


@every_item
def test_a_question_ends_with_a_question_mark_and_an_option_without_a_full_stop(item: dict[str, Any]) -> None:
    assert item["stem"].endswith("?")
    assert not any(option["text"].endswith((".", "?", ";", ",")) for option in item["options"])


@every_item
def test_an_option_never_speaks_of_the_others(item: dict[str, Any]) -> None:
    for option in item["options"]:
        assert not re.search(r"tất cả|các ý trên|cả [a-d]\b|đều đúng|đều sai", option["text"], re.IGNORECASE)


@every_item
def test_a_stem_asks_for_what_is_good_not_for_the_exception(item: dict[str, Any]) -> None:
    assert not re.search(r"không nên|ngoại trừ|không phải là|nào sai|nào không", item["stem"], re.IGNORECASE)
