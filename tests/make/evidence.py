from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from hocvuso.evidence.actions import Fact, fact_about, record_evidence
from hocvuso.evidence.models import Evidence
from hocvuso.people.models import Person
from hocvuso.places.models import Organisation, Unit

BY = ":test"
TODAY = dt.date(2025, 10, 17)
_numbers = count(1)


def fact(
    who: Person, kind: str, *, on: dt.date = TODAY, source: str = "hoc-vu-so", ref: str = "", **more: Any
) -> Evidence:
    ref = ref or f"t{next(_numbers)}"
    record_evidence([fact_about(who, kind, on=on, source=source, source_ref=ref, **more)], by=BY, today=TODAY)
    return Evidence.objects.get(source=source, source_ref=ref)


def passed(who: Person, *, on: dt.date = TODAY, level: str = "usable", **more: Any) -> Evidence:
    return fact(who, "assessment_passed", on=on, level=level, detail={"score": 80, "framework": "thu-1.0"}, **more)


def unit_fact(
    unit: Unit, kind: str, *, on: dt.date = TODAY, detail: dict[str, Any] | None = None, ref: str = ""
) -> Evidence:
    ref = ref or f"u{next(_numbers)}"
    detail = {"document": "01/QĐ-UBND", "dated": on.isoformat()} if detail is None else detail
    made = Fact(
        kind=kind,
        subject_type="unit",
        subject=unit.uid,
        on=on,
        source="hoc-vu-so",
        source_ref=ref,
        unit=unit,
        detail=detail,
    )
    record_evidence([made], by=BY, today=TODAY)
    return Evidence.objects.get(source="hoc-vu-so", source_ref=ref)


def org_fact(org: Organisation, kind: str, *, on: dt.date = TODAY, detail: dict[str, Any] | None = None) -> None:
    made = Fact(kind, "org", org.uid, on, "hoc-vu-so", f"o{next(_numbers)}", org=org, detail=detail or {})
    record_evidence([made], by=BY, today=TODAY)
