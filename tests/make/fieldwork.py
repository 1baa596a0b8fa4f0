"""Minh's team in the first village of Ea Kar, its people, and what his phone sends."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from hocvuso.fieldwork.actions import add_member, found_team
from hocvuso.fieldwork.models import MemberRole, Team
from hocvuso.lib.ids import new_id
from hocvuso.people.models import Person
from hocvuso.places.models import Unit
from hocvuso.sync.rules import Batch, read_batch
from tests.make.people import person
from tests.make.places import Country

BY = ":test"
TODAY = dt.date(2025, 10, 17)
FOUNDED = dt.date(2025, 8, 1)


@dataclass(frozen=True)
class Village:
    team: Team
    minh: Person
    lan: Person
    nam: Person


def team(unit: Unit, *members: Person, founded: dt.date = FOUNDED) -> Team:
    made = found_team(
        unit, name=f"Tổ công nghệ số cộng đồng {unit.name}", document="12/QĐ-UBND", dated=founded, by=BY, today=TODAY
    )
    for one in members:
        add_member(made, one, role=MemberRole.MEMBER, valid_from=founded, by=BY)
    return made


def village(land: Country) -> Village:
    minh, lan, nam = (person(name, land.villages[0]) for name in ("Y Minh Êban", "Lan Niê", "Nguyễn Văn Năm"))
    return Village(team(land.villages[0], minh), minh, lan, nam)


def ms(at: dt.datetime) -> int:
    return round(at.timestamp() * 1000)


@dataclass
class Phone:
    """A phone as the server meets it: it numbers its events, keeps them, and sends what is not acknowledged."""

    clock: dt.datetime
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    events: list[dict[str, Any]] = field(default_factory=list)

    def note(self, body: Any, *, kind: str = "class_held", key: uuid.UUID | None = None) -> dict[str, Any]:
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        event = {
            "id": str(key or new_id()), "seq": len(self.events) + 1, "kind": kind, "at": ms(self.clock), "body": text,
        }  # fmt: skip
        self.events.append(event)
        return event

    def request(self, *events: dict[str, Any], rest: int = 0, **more: Any) -> dict[str, Any]:
        chosen = list(events or self.events)
        return {"device": str(self.key), "sent_at": ms(self.clock), "rest": rest, "events": chosen, **more}

    def batch(self, *events: dict[str, Any], **more: Any) -> Batch:
        return read_batch(json.dumps(self.request(*events, **more)))


def told(home: Village, *came: Person, **more: Any) -> dict[str, Any]:
    """The body of a class as a phone writes it."""
    return {
        "team": str(home.team.pk), "skill": "an-toan", "on": None, "place": "Nhà văn hóa", "came": [str(one.pk) for one in came],
        "names": [], **more,
    }  # fmt: skip
