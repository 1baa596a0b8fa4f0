"""Which role carries which right. A right is always held *at* a place; queries turn that into what may be seen."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    SIGN_IN = "sign_in"  # any signed-in official
    FIGURES = "figures"  # aggregated figures of the place and what lies in it
    PEOPLE = "people"  # names of the place's own people
    TARGETS = "targets"  # share the place's targets out to what lies in it
    TASKS = "tasks"  # say how far a task of the place is
    REPORTS = "reports"  # write and download the place's reports
    ANSWER_CONCERNS = "answer_concerns"  # answer difficulties and proposals addressed to the place, pass on, merge
    PLANS = "plans"  # read the place's own plan from its document, review and adopt it
    IMPORTS = "imports"  # bring in counts of outside systems for the place and what lies in it
    ACCOUNTS = "accounts"  # accounts and roles of the place


RIGHTS_OF_ROLE: dict[str, frozenset[Right]] = {
    "steering": frozenset({Right.SIGN_IN, Right.FIGURES}),
    # The province steers by figures; the names of a commune's people stay in the commune.
    "province_officer": frozenset(
        {
            Right.SIGN_IN,
            Right.FIGURES,
            Right.TARGETS,
            Right.TASKS,
            Right.REPORTS,
            Right.ANSWER_CONCERNS,
            Right.PLANS,
            Right.IMPORTS,
        }
    ),
    "department_officer": frozenset(
        {
            Right.SIGN_IN,
            Right.FIGURES,
            Right.PEOPLE,
            Right.TASKS,
            Right.REPORTS,
            Right.ANSWER_CONCERNS,
            Right.PLANS,
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
            Right.ANSWER_CONCERNS,
            Right.PLANS,
            Right.IMPORTS,
        }
    ),
    "organisation_contact": frozenset({Right.SIGN_IN, Right.FIGURES, Right.PEOPLE, Right.TASKS}),
    "administrator": frozenset({Right.SIGN_IN, Right.ACCOUNTS}),
}


# Where a role may be held: the level of a unit, or "org". A commune's officer sees names, so the role does not fit a whole province.
PLACES_OF_ROLE: dict[str, frozenset[str]] = {
    "steering": frozenset({"nation", "province", "commune"}),
    "province_officer": frozenset({"province"}),
    "department_officer": frozenset({"org"}),
    "commune_officer": frozenset({"commune"}),
    "organisation_contact": frozenset({"org"}),
    "administrator": frozenset({"nation", "province", "commune", "org"}),
}


# As what somebody is counted beside being a resident; "" is a resident only. Pupils and students carry their school as organisation.
GROUPS_OF_PERSON = frozenset({"", "officials", "staff", "pupils", "students", "workers"})


def roles_with(right: Right) -> list[str]:
    return [role for role, rights in RIGHTS_OF_ROLE.items() if right in rights]
