"""A small plan: as the data of a plan file, and adopted by the real action."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hocvuso.plans.actions import adopt_plan
from hocvuso.plans.models import Plan
from hocvuso.plans.planfile import PlanFile

TODAY = dt.date(2025, 10, 17)
DUE = dt.date(2025, 10, 25)


def indicator(key: str = "duoc-tiep-can", metric: str | None = "adult_reached", **more: Any) -> dict[str, Any]:
    return {"key": key, "title": f"Chỉ tiêu {key}", "group": "adults", "metric": metric, **more}


def target(
    key: str = "mot", of: str = "duoc-tiep-can", value: float | str = 60, unit: str = "%", **more: Any
) -> dict[str, Any]:
    """Before 25/10/2025, "=", for the whole of the plan's unit, unless said otherwise."""
    usual = {"clause": "II.1", "comparator": "=", "horizon": "100 ngày", "deadline": {"due": DUE, "before": True}}
    return {"key": key, "indicator": of, "value": value, "unit": unit, **usual, **more}


def task(key: str = "viec", **more: Any) -> dict[str, Any]:
    return {"key": key, "clause": "III.1", "title": f"Nhiệm vụ {key}", "deadline": {"due": DUE}, **more}


def duty(key: str = "bao-cao", **more: Any) -> dict[str, Any]:
    """A weekly report of communes and agencies, sent on Fridays for Friday to Thursday."""
    weekly = {
        "frequency": "weekly", "weekday": 5, "window": {"first_weekday": 5, "last_weekday": 4}, "first": dt.date(2025, 7, 18),
        "last": dt.date(2025, 10, 24), "borne_by": "communes_and_agencies",
    }  # fmt: skip
    who = {"clause": "V.1", "title": f"Báo cáo {key}", "who": "các xã", "to": "Sở Khoa học và Công nghệ"}
    return {"key": key, **who, **(weekly if "frequency" not in more else {}), **more}


def plan_data(key: str = "ke-hoach", **more: Any) -> dict[str, Any]:
    return {
        "key": key, "title": "Kế hoạch thử", "short_title": "Thử", "issuer": "UBND tỉnh Đắk Lắk", "unit": "66",
        "lead_agency": "Sở Khoa học và Công nghệ", "period": {"start": dt.date(2025, 7, 15), "end": DUE},
        "indicators": [indicator()], "targets": [target()], **more,
    }  # fmt: skip


def plan(key: str = "ke-hoach", **more: Any) -> Plan:
    return adopt_plan(PlanFile.model_validate(plan_data(key, **more)), by=":test", today=TODAY)
