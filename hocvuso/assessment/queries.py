from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from hocvuso.assessment.models import Attempt, Response
from hocvuso.assessment.rules import Blueprint, Given, Question, counting, disputed, parse_blueprint
from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import LEVELS
from hocvuso.items.queries import item_text
from hocvuso.items.rules import ItemText
from hocvuso.lib.errors import UnknownName
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.people.models import Person


@cache
def blueprints() -> Mapping[str, Blueprint]:
    skills = frozenset(catalogue().skills)
    paths = sorted((settings.DATA_DIR / "assessments").glob("*.yaml"))
    made = [parse_blueprint(read_yaml(path), skills=skills, levels=LEVELS) for path in paths]
    return {blueprint.key: blueprint for blueprint in made}


def blueprint_named(key: str) -> Blueprint:
    try:
        return blueprints()[key]
    except KeyError:
        raise UnknownName(f"Không có bài kiểm tra “{key}”.") from None


def test_of_course(course: str) -> Blueprint | None:
    return next((blueprint for blueprint in blueprints().values() if blueprint.course == course), None)


def attempts_of(person: Person, blueprint: Blueprint) -> list[Attempt]:
    """The newest first."""
    return list(Attempt.objects.filter(person=person.pk, blueprint=blueprint.key).order_by("-started_at", "-pk"))


def own_attempt(person: Person, attempt: uuid.UUID) -> Attempt | None:
    """Nobody sees another's sitting."""
    return Attempt.objects.filter(pk=attempt, person=person.pk).first()


def answers_of(attempt: Attempt) -> list[Given]:
    rows = Response.objects.filter(attempt=attempt).order_by("pk").values_list("position", "seq", "pk", "chosen")
    return [Given(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt as a page shows it: what stands where, what was answered (options in the order of the item's file)."""

    attempt: Attempt
    questions: list[Question]
    answers: Mapping[int, Given]
    disputed: frozenset[int]
    seq: int

    @property
    def open_positions(self) -> list[int]:
        return [n for n in range(len(self.questions)) if n not in self.answers]

    def item(self, position: int) -> ItemText:
        return item_text(self.questions[position].item)


def sitting_of(attempt: Attempt) -> Sitting:
    given = answers_of(attempt)
    return Sitting(
        attempt,
        attempt.questions,
        counting(given),
        frozenset(disputed(given)),
        max((g.seq for g in given), default=0) + 1,
    )


def may_sit_again(attempts: list[Attempt], blueprint: Blueprint) -> dt.datetime | None:
    """From when a new test may be begun after the last one that was not passed; None: at once."""
    last = next((attempt for attempt in attempts if attempt.submitted_at), None)
    if last is None or last.submitted_at is None or last.is_passed:
        return None
    return last.submitted_at + dt.timedelta(hours=blueprint.wait_hours)
