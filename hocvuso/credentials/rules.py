"""Who gets a certificate, and when a confirmation is tried again. Who gets one is data (`data/certification.yaml`), applied here."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hocvuso.evidence.rules import LEVELS, Catalogue
from hocvuso.lib.errors import BadInput
from hocvuso.people.rules import GROUPS_OF_PERSON

FILE = "certification.yaml"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread
ID_LETTERS = 10
BLOCK = 131_072  # the status list grows by what W3C's Bitstring Status List asks for at least

BACK_OFF = (1, 5, 15, 60, 240, 720, 1440)  # minutes after the first, second … try that got no answer
ATTEMPTS = 8  # after so many it is dead, until a person sends it again


@dataclass(frozen=True, slots=True)
class Requirement:
    kind: str
    level: str
    framework: str
    min_score: float
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    key: str
    title: str
    title_en: str
    groups: tuple[str, ...]
    framework: str
    framework_version: str
    level: str
    requires: tuple[Requirement, ...]
    valid_from: dt.date
    valid_to: dt.date | None
    issuer: str

    def holds_for(self, group: str, *, on: dt.date) -> bool:
        in_force = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        return in_force and (not self.groups or group in self.groups)


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger says of somebody, as far as a rule asks for it."""

    id: uuid.UUID
    kind: str
    on: dt.date
    level: str
    framework: str
    score: float
    source: str


def meets(known: Known, wanted: Requirement, *, on: dt.date) -> bool:
    return (
        known.kind == wanted.kind
        and known.on <= on
        and known.source in wanted.sources
        and known.framework == wanted.framework
        and known.score >= wanted.min_score
        and known.level in LEVELS[LEVELS.index(wanted.level) :]
    )


def pass_for(rule: Rule, facts: Sequence[Known], *, group: str, on: dt.date) -> Known | None:
    """The fact that decides: of those that meet the last requirement the earliest; None when any requirement is not met."""
    if not rule.holds_for(group, on=on):
        return None
    found = None
    for wanted in rule.requires:
        met = [fact for fact in facts if meets(fact, wanted, on=on)]
        if not met:
            return None
        found = min(met, key=lambda fact: fact.on)
    return found


def new_public_id() -> str:
    """Ten letters from the system's randomness (50 bits): it says nothing about the person and cannot be guessed on."""
    number = int.from_bytes(os.urandom(8), "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(ID_LETTERS))


def clean_public_id(typed: str) -> str:
    """What somebody read off a paper: small letters, gaps, O for 0, I and L for 1. "" when it cannot be one of ours."""
    letters = "".join(typed.upper().split()).replace("-", "").translate(str.maketrans("OIL", "011"))
    return letters if len(letters) == ID_LETTERS and set(letters) <= set(ALPHABET) else ""


def length_of_list(certificates: int) -> int:
    """Entries of the status list for so many certificates. At most half are taken, so that an index says nothing about the order."""
    return BLOCK * max(1, -(-2 * certificates // BLOCK))


def wait_before(attempt: int, delivery: uuid.UUID) -> dt.timedelta:
    """How long after the n-th try without an answer; up to a fifth longer, the same for the same try, so that not all come at once."""
    minutes = BACK_OFF[min(attempt, len(BACK_OFF)) - 1]
    spread = hashlib.sha256(f"{delivery}:{attempt}".encode()).digest()[0] / 255 / 5
    return dt.timedelta(minutes=minutes * (1 + spread))


def parse_rules(data: Any, *, known: Catalogue) -> tuple[Rule, ...]:
    """From the parsed YAML; what is missing or not known is refused by the rule's name."""
    if not isinstance(data, dict) or not isinstance(data.get("rules"), list):
        raise BadInput(f"{FILE}: phải có danh sách rules.")
    rules = tuple(_rule(entry, known) for entry in data["rules"])
    keys = [rule.key for rule in rules]
    for key in keys:
        if keys.count(key) > 1:
            raise BadInput(f"{FILE}: quy tắc “{key}” ghi hai lần.")
    return rules


FIELDS = frozenset(Rule.__dataclass_fields__)


def _rule(entry: Any, known: Catalogue) -> Rule:
    key = str(entry.get("key", "?")) if isinstance(entry, dict) else "?"
    where = f"{FILE}: {key}"
    if not isinstance(entry, dict) or entry.keys() - FIELDS:
        raise BadInput(
            f"{where}: có mục không dùng được ({', '.join(sorted(set(entry) - FIELDS)) or 'không phải bảng'})."
        )
    try:
        rule = Rule(
            key=entry["key"],
            title=entry["title"],
            title_en=entry["title_en"],
            groups=tuple(entry["groups"]),
            framework=entry["framework"],
            framework_version=entry["framework_version"],
            level=entry["level"],
            requires=tuple(_requirement(one, where, known) for one in entry["requires"]),
            valid_from=entry["valid_from"],
            valid_to=entry.get("valid_to"),
            issuer=entry["issuer"]["name"],
        )
    except KeyError as missing:
        raise BadInput(f"{where}: thiếu {missing}.") from None
    except TypeError:
        raise BadInput(f"{where}: có mục không đúng dạng.") from None
    _check(rule, where)
    return rule


def _check(rule: Rule, where: str) -> None:
    texts = (rule.key, rule.title, rule.title_en, rule.framework, rule.framework_version, rule.issuer)
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise BadInput(f"{where}: tên, khung, phiên bản và nơi cấp phải là chữ (phiên bản để trong ngoặc kép).")
    if rule.level not in LEVELS:
        raise BadInput(f"{where}: mức “{rule.level}” không có.")
    if wrong := set(rule.groups) - GROUPS_OF_PERSON:
        raise BadInput(f"{where}: nhóm {', '.join(map(str, wrong))} không có.")
    if not rule.requires:
        raise BadInput(f"{where}: không cấp giấy khi không đòi minh chứng nào.")
    days = (rule.valid_from, *([rule.valid_to] if rule.valid_to is not None else []))
    if not all(isinstance(day, dt.date) for day in days) or days != tuple(sorted(days)):
        raise BadInput(f"{where}: valid_from, valid_to phải là ngày dạng 2025-10-17, theo thứ tự.")


def _requirement(entry: Mapping[str, Any], where: str, known: Catalogue) -> Requirement:
    wanted = Requirement(
        entry["kind"],
        entry["level"],
        entry["framework"],
        entry["min_score"],
        tuple(entry.get("sources", ["hoc-vu-so"])),
    )
    known.kind(wanted.kind)
    for source in wanted.sources:
        known.source(source)
    if wanted.level not in LEVELS:
        raise BadInput(f"{where}: mức “{wanted.level}” không có.")
    if (
        isinstance(wanted.min_score, bool)
        or not isinstance(wanted.min_score, int | float)
        or not 0 <= wanted.min_score <= 100
    ):
        raise BadInput(f"{where}: min_score phải từ 0 đến 100.")
    return wanted
