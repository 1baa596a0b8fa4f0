"""Which role carries which right. A right is always held *at* a place; queries turn that into what may be seen."""

from __future__ import annotations

import re
from enum import StrEnum


class Right(StrEnum):
    SIGN_IN = "sign_in"  # any signed-in official
    FIGURES = "figures"  # aggregated figures of the place and what lies in it
    PEOPLE = "people"  # names of the place's own people
    TARGETS = "targets"  # share the place's targets out to what lies in it
    TASKS = "tasks"  # say how far a task of the place is
    REPORTS = "reports"  # read and download the place's reports
    WRITE_REPORTS = "write_reports"  # write the place's reports, hand them to who signs, replace them
    SIGN_REPORTS = "sign_reports"  # sign the place's reports, or give them back to who wrote them
    NUMBER_REPORTS = "number_reports"  # give signed reports their number and day, and send them
    RECEIVE_REPORTS = "receive_reports"  # accept what is reported to the place, or send it back
    ANSWER_CONCERNS = "answer_concerns"  # answer difficulties and proposals addressed to the place, pass on, merge
    PLANS = "plans"  # read the place's own plan from its document, review and adopt it
    IMPORTS = "imports"  # bring in counts of outside systems for the place and what lies in it
    OVERSEE = "oversee"  # money, gifts and inspections of the place and what lies in it
    MEANS = "means"  # write down money and gifts of the place
    INSPECT = "inspect"  # open inspections of what lies in the place
    ACCOUNTS = "accounts"  # accounts and roles of the place


RIGHTS_OF_ROLE: dict[str, frozenset[Right]] = {
    "steering": frozenset({Right.SIGN_IN, Right.FIGURES, Right.OVERSEE}),
    # The province steers by figures; the names of a commune's people stay in the commune.
    "province_officer": frozenset(
        {
            Right.SIGN_IN,
            Right.FIGURES,
            Right.TARGETS,
            Right.TASKS,
            Right.REPORTS,
            Right.WRITE_REPORTS,
            Right.RECEIVE_REPORTS,
            Right.ANSWER_CONCERNS,
            Right.PLANS,
            Right.IMPORTS,
            Right.OVERSEE,
            Right.MEANS,
            Right.INSPECT,
        }
    ),
    "department_officer": frozenset(
        {
            Right.SIGN_IN,
            Right.FIGURES,
            Right.PEOPLE,
            Right.TASKS,
            Right.REPORTS,
            Right.WRITE_REPORTS,
            Right.RECEIVE_REPORTS,
            Right.ANSWER_CONCERNS,
            Right.PLANS,
            Right.OVERSEE,
            Right.MEANS,
        }
    ),
    "commune_officer": frozenset(
        {
            Right.SIGN_IN,
            Right.FIGURES,
            Right.PEOPLE,
            Right.TARGETS,
            Right.TASKS,
            Right.REPORTS,
            Right.WRITE_REPORTS,
            Right.RECEIVE_REPORTS,
            Right.ANSWER_CONCERNS,
            Right.PLANS,
            Right.IMPORTS,
            Right.OVERSEE,
            Right.MEANS,
            Right.INSPECT,
        }
    ),
    # Who signs and who numbers read what is written, and write nothing themselves: each step is somebody's own.
    "leader": frozenset({Right.SIGN_IN, Right.FIGURES, Right.REPORTS, Right.SIGN_REPORTS}),
    "records_clerk": frozenset({Right.SIGN_IN, Right.FIGURES, Right.REPORTS, Right.NUMBER_REPORTS}),
    "organisation_contact": frozenset({Right.SIGN_IN, Right.FIGURES, Right.PEOPLE, Right.TASKS, Right.OVERSEE}),
    "administrator": frozenset({Right.SIGN_IN, Right.ACCOUNTS}),
}


# Where a role may be held: the level of a unit, or "org". A commune's officer sees names, so the role does not fit a whole province.
PLACES_OF_ROLE: dict[str, frozenset[str]] = {
    "steering": frozenset({"nation", "province", "commune"}),
    "province_officer": frozenset({"province"}),
    "department_officer": frozenset({"org"}),
    "commune_officer": frozenset({"commune"}),
    "leader": frozenset({"province", "commune", "org"}),
    "records_clerk": frozenset({"province", "commune", "org"}),
    "organisation_contact": frozenset({"org"}),
    "administrator": frozenset({"nation", "province", "commune", "org"}),
}


# As what somebody is counted beside being a resident; "" is a resident only. Pupils and students carry their school as organisation.
GROUPS_OF_PERSON = frozenset({"", "officials", "staff", "pupils", "students", "workers"})


MOBILE = re.compile(
    r"[35789][0-9]{8}"
)  # after +84: mobile numbers since 2018 (QĐ 798/QĐ-BTTTT); fixed lines begin with 2


def mobile_number(text: str) -> str | None:
    """A Vietnamese mobile number as +84 and nine digits, however it was typed; `None` for anything else."""
    found = re.fullmatch(r"(?:\+84|0084|84|0)([0-9]{9})", re.sub(r"[\s.\-()]", "", text))
    return f"+84{found[1]}" if found and MOBILE.fullmatch(found[1]) else None


def spoken_number(number: str) -> str:
    """ "+84912345678" → "0912 345 678", as people say it; anything else as it stands."""
    found = re.fullmatch(r"\+84([0-9]{3})([0-9]{3})([0-9]{3})", number)
    return f"0{found[1]} {found[2]} {found[3]}" if found else number


def roles_with(right: Right) -> list[str]:
    return [role for role, rights in RIGHTS_OF_ROLE.items() if right in rights]
