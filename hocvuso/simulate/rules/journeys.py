"""What happens to one person, rung by rung. No rung comes before the one below it, and nobody reaches one without the ones below."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from hocvuso.simulate.rules.chance import (
    DAYS,
    MEETINGS,
    OFFICE,
    campaign_day,
    choose,
    date_of,
    dice,
    pick,
    settle,
    whole,
)
from hocvuso.simulate.rules.residents import Resident
from hocvuso.simulate.rules.world import Body, Temper, Village, World

SKILLS = ("thu-tuc", "dich-vu-cong", "an-toan", "thanh-toan", "mua-sam")
_SKILL_FIRST = (4.0, 2.2, 1.3, 1.2, 0.8)  # teams begin with what an office asks for
_CHANNELS = ("họp thôn, buôn, tổ dân phố", "đến từng nhà", "truyền thanh cơ sở", "nhóm Zalo", "ngày hội, phiên chợ")
FRAMEWORK = "kỹ năng số cơ bản"
PROFICIENT_FROM = 80


@dataclass(frozen=True, slots=True)
class Happening:
    """One fact before it is recorded. `at` is the code of the village, or of the commune for what a commune or school does."""

    kind: str
    subject_type: str
    subject: uuid.UUID | None  # None: the unit `at`, or the organisation `body`
    on: dt.date
    ref: str
    at: str
    body: str = ""
    group: str = ""
    sex: str = ""
    birth_year: int | None = None
    level: str = ""
    skill: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    outside: bool = False  # comes from another system
    device: str = ""


class Diary:
    """A person's happenings, kept in order. A day after the campaign is not written, and says so."""

    def __init__(self, person: Resident, die: Random) -> None:
        self.person, self.die = person, die
        self.happenings: list[Happening] = []

    def write(self, kind: str, day: int, name: str, *, outside: bool = False, **more: Any) -> bool:
        if day > DAYS:
            return False
        person = self.person
        self.happenings.append(
            Happening(
                kind=kind, subject_type="person", subject=person.id, on=date_of(day), ref=f"{person.ref}:{name}", at=person.village,
                body=person.body, group=person.group, sex=person.sex, birth_year=person.birth_year, outside=outside, **more,
            )
        )  # fmt: skip
        return True


def journey(world: World, person: Resident, *, village: Village, temper: Temper) -> list[Happening]:
    diary = Diary(person, dice(world.seed, "journey", person.ref))
    body = world.bodies.get(person.body)
    if body and person.group in ("officials", "staff", "workers"):
        _at_work(diary, body, temper)
    elif body and person.group in ("pupils", "students"):
        _at_school(diary, body)
    elif person.is_adult:
        _at_home(diary, village, temper)
    _registrations(diary)
    return diary.happenings


def _at_home(diary: Diary, village: Village, temper: Temper) -> None:
    person, die = diary.person, diary.die
    of_age = 1.06 if person.age < 45 else 1.0 if person.age < 65 else 0.82
    of_phone = 1.02 if person.phone else 0.54
    if die.random() >= min(0.97, temper.reach * village.team * of_age * of_phone):
        return
    reached = settle(die, max(0, campaign_day(die, middle=temper.middle) - 3), MEETINGS)
    if not diary.write("info_contact", reached, "reached", detail={"channel": choose(die, _CHANNELS)}):
        return
    if not person.phone or die.random() >= min(0.99, 0.93 * temper.follow_up):
        return
    lag = 0 if die.random() < 0.4 else whole(die, 1, 9)
    count = 5 if die.random() < 0.87 else whole(die, 1, 4)
    first = settle(die, reached + lag, MEETINGS) if lag else reached
    skilled = _guidance(diary, first, count, place="tại nhà, tại điểm sinh hoạt")
    if len(skilled) < 2 or die.random() >= min(0.95, 0.8 * temper.follow_up):
        return
    learned = settle(die, skilled[1] + whole(die, 0, 8), MEETINGS)
    if die.random() < 0.72:
        about: dict[str, object] = {"class": "Lớp học cộng đồng", "hours": whole(die, 2, 3)}
        went = diary.write("training_attended", learned, "class", detail=about)
    else:
        went = diary.write("course_completed", learned, "course", detail={"course": "Kỹ năng số cơ bản"})
    if went:
        _proof(diary, learned, passes=0.97)


def _guidance(diary: Diary, first: int, count: int, *, place: str) -> list[int]:
    """Skills one by one, on different days. Returns the days on which something was learned."""
    die, left, days, day = diary.die, list(SKILLS), [], first
    weights = list(_SKILL_FIRST)
    for _ in range(count):
        at = pick(die, weights)
        skill = left.pop(at)
        weights.pop(at)
        if not diary.write("skill_guided", day, f"guided:{skill}", skill=skill, detail={"place": place}):
            break
        days.append(day)
        day = settle(die, day + whole(die, 1, 4), MEETINGS)
    return days


def _proof(diary: Diary, learned: int, *, passes: float) -> None:
    """Passed → certified by us → confirmed on VNeID → still using. Passing and confirming are different things."""
    person, die = diary.person, diary.die
    if die.random() >= passes:
        return
    passed = settle(die, learned + whole(die, 0, 5), MEETINGS)
    score = whole(die, 50, 79) if die.random() < 0.84 else whole(die, PROFICIENT_FROM, 98)
    level = "proficient" if score >= PROFICIENT_FROM else "usable"
    result: dict[str, object] = {"score": score, "framework": FRAMEWORK}
    if not diary.write("assessment_passed", passed, "passed", level=level, detail=result):
        return
    if not person.is_adult or die.random() >= 0.86:
        return
    certified = settle(die, passed + whole(die, 1, 3), OFFICE)
    number = f"MP-{person.ref.partition('/')[2].replace('/', '-')}"
    if not diary.write("certificate_issued", certified, "certificate", level=level, detail={"certificate": number}):
        return
    if not person.identity or die.random() >= 0.97:
        return
    confirmed = settle(die, certified + whole(die, 1, 5), OFFICE)
    told = diary.write("vneid_confirmed", confirmed, "vneid", detail={"reference": f"{number}-VNeID"})
    if told and die.random() < 0.66:
        used = settle(die, confirmed + whole(die, 3, 16), MEETINGS)
        diary.write("real_use", used, "use", detail={"service": "dịch vụ công trực tuyến"})


def _at_work(diary: Diary, body: Body, temper: Temper) -> None:
    """Told at work, guided by colleagues, trained on one of the days the organisation trains, tested after it."""
    person, die = diary.person, diary.die
    official = body.kind == "agency"
    trained = die.random() < body.pull
    if not trained and die.random() < (0.25 if official else 0.55):
        return
    # Offices send most of their people to the first classes; enterprises as work allows.
    turn = (
        pick(die, _EARLY[: len(body.sessions)])
        if official and die.random() < 0.7
        else whole(die, 0, len(body.sessions) - 1)
    )
    session = settle(die, body.sessions[turn], OFFICE)
    reached = min(session, settle(die, whole(die, 2, 32) if official else whole(die, 5, 60), OFFICE))
    diary.write("info_contact", reached, "reached", detail={"channel": "họp cơ quan, đơn vị"})
    if person.phone and (trained or die.random() < 0.5 * temper.follow_up):
        first = settle(die, whole(die, reached, session), OFFICE) if trained else reached + whole(die, 2, 30)
        count = 5 if die.random() < 0.8 else whole(die, 1, 4)
        _guidance(diary, min(first, session) if trained else first, count, place="tại nơi làm việc")
    elif trained:
        diary.write("skill_guided", session, "guided:dich-vu-cong", skill="dich-vu-cong", detail={"place": "tại lớp"})
    course: dict[str, object] = {"class": f"Tập huấn tại {body.name}"[:80], "hours": choose(die, (4, 8, 8))}
    if trained and diary.write("training_attended", session, "class", detail=course):
        _proof(diary, session, passes=0.7 if official else 0.74)
    if official:
        _official_registrations(diary, body)


_EARLY = (4.0, 3.0, 2.0, 1.5, 1.0, 1.0, 1.0, 1.0)


def _official_registrations(diary: Diary, body: Body) -> None:
    """What other systems know of officials: the national platform's register and the signature authority's."""
    die = diary.die
    if die.random() < 0.48 * body.pull:
        day = settle(die, campaign_day(die, middle=46), OFFICE)
        diary.write("mooc_registered", day, "mooc", outside=True)
    if diary.person.group == "officials" and diary.person.identity and die.random() < 0.65 * body.pull + 0.08:
        day = settle(die, campaign_day(die, middle=58), OFFICE)
        diary.write("esign_registered", day, "esign", outside=True)


def _at_school(diary: Diary, body: Body) -> None:
    """From the new school year on. Those of age climb the same rungs as other adults, so that no rung is skipped."""
    person, die = diary.person, diary.die
    pull = body.pull * (0.55 if person.group == "pupils" else 1.0)
    if die.random() >= pull:
        return
    session = settle(die, choose(die, body.sessions), OFFICE)
    if person.is_adult:
        reached = max(0, session - whole(die, 0, 20))
        diary.write("info_contact", reached, "reached", detail={"channel": "sinh hoạt lớp, chi đoàn"})
        diary.write("skill_guided", session, "guided:an-toan", skill="an-toan", detail={"place": "tại trường"})
    if diary.write("training_attended", session, "class", detail={"class": "An toàn và ứng xử trên mạng", "hours": 2}):
        _proof(diary, session, passes=0.7)


def _registrations(diary: Diary) -> None:
    """Few and from outside: signatures of residents, names of young people. Nobody registers a signature twice."""
    person, die = diary.person, diary.die
    esign = person.identity and person.group != "officials" and person.age >= 15 and die.random() < 0.034
    if esign:
        diary.write("esign_registered", settle(die, campaign_day(die, middle=64), OFFICE), "esign", outside=True)
    if 16 <= person.age <= 30 and die.random() < 0.055:
        day = settle(die, campaign_day(die, middle=68), OFFICE)
        diary.write("domain_registered", day, "domain", outside=True, detail={"holder": "youth"})
