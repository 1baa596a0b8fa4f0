"""What the pages of a draft call things: the choices of its forms, and an entry's values as a person reads them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hocvuso.lib.text import vn_number
from hocvuso.measure.queries import metrics
from hocvuso.plans.drafts.queries import field_labels
from hocvuso.plans.drafts.review import SURE, Entry, Review, TargetValues, TaskValues, Values
from hocvuso.plans.reader.model import Deadline, Mark
from hocvuso.web.shared.tags import day, titled

Choices = Mapping[str, Any]

COMPARATORS: Choices = {
    "=": gettext_lazy("đúng mức này"),
    ">=": gettext_lazy("ít nhất, tối thiểu, từ … trở lên"),
    ">": gettext_lazy("trên, hơn"),
    "<=": gettext_lazy("không quá"),
    "<": gettext_lazy("dưới"),
}
SHORT_COMPARATORS: Choices = {
    "=": "",
    ">=": gettext_lazy("ít nhất"),
    ">": gettext_lazy("trên"),
    "<=": gettext_lazy("không quá"),
    "<": gettext_lazy("dưới"),
}
GROUPS: Choices = {
    "public_servants": gettext_lazy("cán bộ, công chức, viên chức"),
    "students": gettext_lazy("học sinh, sinh viên"),
    "adults": gettext_lazy("người trưởng thành"),
    "workers": gettext_lazy("người lao động trong doanh nghiệp, hợp tác xã"),
    "households": gettext_lazy("hộ gia đình"),
    "businesses": gettext_lazy("doanh nghiệp, hộ kinh doanh"),
    "communes": gettext_lazy("xã, phường, đặc khu"),
    "villages": gettext_lazy("thôn, buôn, tổ dân phố"),
    "teams": gettext_lazy("Tổ công nghệ số cộng đồng"),
    "other": gettext_lazy("nhóm khác"),
}
LEVELS: Choices = {
    "": gettext_lazy("không nói"),
    "usable": gettext_lazy("sử dụng được"),
    "proficient": gettext_lazy("sử dụng tốt"),
}
SCOPES: Choices = {
    "total": gettext_lazy("cả đơn vị"),
    "each_unit": gettext_lazy("mỗi xã, phường hay mỗi nơi một mức"),
    "each_subject": gettext_lazy("mỗi người, mỗi hộ một mức"),
}
PRECISIONS: Choices = {
    "day": gettext_lazy("đúng ngày"),
    "month": gettext_lazy("cả tháng"),
    "quarter": gettext_lazy("cả quý"),
    "year": gettext_lazy("cả năm"),
}
FREQUENCIES: Choices = {
    "weekly": gettext_lazy("hằng tuần"),
    "monthly": gettext_lazy("hằng tháng"),
    "quarterly": gettext_lazy("hằng quý"),
    "biannual": gettext_lazy("6 tháng"),
    "yearly": gettext_lazy("hằng năm"),
    "final": gettext_lazy("tổng kết, một lần"),
    "adhoc": gettext_lazy("đột xuất, khi có yêu cầu"),
}
WEEKDAYS: Choices = {
    "": gettext_lazy("không nói"),
    "1": gettext_lazy("thứ Hai"),
    "2": gettext_lazy("thứ Ba"),
    "3": gettext_lazy("thứ Tư"),
    "4": gettext_lazy("thứ Năm"),
    "5": gettext_lazy("thứ Sáu"),
    "6": gettext_lazy("thứ Bảy"),
    "7": gettext_lazy("Chủ nhật"),
}
BEARERS: Choices = {
    "plan_unit": gettext_lazy("nơi ban hành và các cơ quan được nêu tên"),
    "communes": gettext_lazy("mọi xã, phường"),
    "agencies": gettext_lazy("mọi sở, ban, ngành, phòng"),
    "communes_and_agencies": gettext_lazy("mọi xã, phường và mọi sở, ban, ngành"),
    "schools": gettext_lazy("mọi trường học"),
    "enterprises": gettext_lazy("mọi doanh nghiệp, hợp tác xã"),
    "lead_agency": gettext_lazy("cơ quan thường trực"),
}
SYSTEMS: Choices = {"state": gettext_lazy("cơ quan nhà nước"), "party": gettext_lazy("cơ quan Đảng")}
KINDS: Choices = {
    "target": pgettext_lazy("one entry of a draft", "chỉ tiêu"),
    "task": gettext_lazy("nhiệm vụ"),
    "duty": gettext_lazy("chế độ báo cáo"),
}
# The reader's names of fields, where they are not ours.
READ_AS = {
    "target": "value", "text": "title", "due": "deadline", "due_text": "deadline", "start": "deadline", "recurring": "deadline",
    "to": "to", "frequency": "frequency", "period": "period_end",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    text: str
    own_words: bool = True  # in the document's language, whatever the reader's is


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as the review page shows it."""

    entry: Entry
    facts: list[Fact]
    doubtful: list[str]  # labels of the fields the reader was not sure of


def card(entry: Entry, review: Review) -> Card:
    return Card(entry, facts(entry.values, review), doubtful_fields(entry.marks) if entry.is_open else [])


def doubtful_fields(marks: Iterable[Mark]) -> list[str]:
    labels = field_labels()
    names = [READ_AS.get(mark.field, mark.field) for mark in marks if mark.confidence < SURE]
    return [str(labels[name]) for name in dict.fromkeys(names) if name in labels]


def facts(values: Values, review: Review) -> list[Fact]:
    """What is worth reading before deciding, in the order a person asks for it; nothing that is empty."""
    labels = field_labels()
    found: list[tuple[str, str, bool]]
    if isinstance(values, TargetValues):
        found = [
            ("value", goal(values), False),
            ("group", str(GROUPS[values.group]), False),
            ("level", str(LEVELS[values.level]) if values.level else "", False),
            ("scope", str(SCOPES[values.scope]) if values.scope != "total" else "", False),
            ("deadline", deadline(values.deadline), False),
            ("due_text", printed_deadline(values.deadline), True),
            ("horizon", values.horizon, True),
            ("metric", metric_title(values.metric) or _("không có thước đo phù hợp"), False),
            *_people(values),
            ("implementers", "; ".join(values.implementers), True),
            ("task", _named(values.task, review), True),
            ("repeats", _named(values.repeats, review), True),
        ]
    elif isinstance(values, TaskValues):
        found = [
            ("deadline", deadline(values.deadline), False),
            ("due_text", printed_deadline(values.deadline), True),
            *_people(values),
            ("borne_by", str(BEARERS[values.borne_by]) if values.borne_by != "plan_unit" else "", False),
            ("result", values.result, True),
        ]
    else:
        found = [
            ("frequency", str(FREQUENCIES[values.frequency]), False),
            ("who", values.who, True),
            ("to", values.to, True),
            ("due_rule", values.due_rule, True),
            ("weekday", str(WEEKDAYS[str(values.weekday)]) if values.weekday else "", False),
            ("due", day(values.due) if values.due else "", False),
            ("borne_by", str(BEARERS[values.borne_by]), False),
            ("channel", values.channel, True),
        ]
    clause = [("clause", values.clause, True)]
    return [Fact(str(labels[name]), text, own) for name, text, own in (*found, *clause) if text]


def _people(values: TargetValues | TaskValues) -> list[tuple[str, str, bool]]:
    return [
        ("leads", "; ".join(values.leads), True),
        ("coordinators", "; ".join(values.coordinators), True),
        ("directing_body", values.directing_body, True),
    ]


def goal(values: TargetValues) -> str:
    """ "phấn đấu ít nhất 85,5 %"."""
    words = [_("phấn đấu") if values.aspirational else "", str(SHORT_COMPARATORS[values.comparator])]
    return " ".join(word for word in (*words, amount(values.value), values.unit) if word)


def amount(value: float | None) -> str:
    """5000.0 → "5.000", 85.5 → "85,5"."""
    if value is None:
        return ""
    text = vn_number(value, 3)
    return text.rstrip("0").rstrip(",") if "," in text else text


def deadline(one: Deadline) -> str:
    """ "trước 25/10/2025", "01/08/2025 – 31/12/2025": the days. The printed words stand beside them: they are the document's own."""
    due = _("trước %(day)s") % {"day": day(one.due)} if one.due and one.before else day(one.due) if one.due else ""
    if one.start:
        due = f"{day(one.start)} – {due}" if due else _("bắt đầu %(day)s") % {"day": day(one.start)}
    return ", ".join(part for part in (due, _("thường xuyên") if one.recurring else "") if part)


ONLY_A_DAY = re.compile(r"(?:trước|đến|hết|chậm nhất|ngày|\s)*(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)


def printed_deadline(one: Deadline) -> str:
    """The printed words, where they say more than the day that stands above them."""
    found = ONLY_A_DAY.fullmatch(one.text.strip())
    says_the_same = (
        found
        and one.due
        and (int(found[1]), int(found[2]), int(found[3])) == (one.due.day, one.due.month, one.due.year)
    )
    return "" if says_the_same else one.text


def metric_title(key: str) -> str:
    found = metrics().by_key.get(key)
    return titled(found) if found else ""


def _named(entry_id: str, review: Review) -> str:
    found = review.entry(entry_id) if entry_id else None
    return f"{found.number} {found.values.title}" if found else ""


def said(name: str, value: Any) -> str:
    """Any value of any field, for “you wrote, it is now”."""
    words: dict[str, Choices] = {
        "comparator": COMPARATORS, "group": GROUPS, "level": LEVELS, "scope": SCOPES, "frequency": FREQUENCIES, "borne_by": BEARERS,
        "issuing_system": SYSTEMS,
    }  # fmt: skip
    if name in words:
        return str(words[name].get(value, value))
    if name == "metric":
        return metric_title(value) or _("không có thước đo phù hợp")
    if name == "weekday":
        return str(WEEKDAYS[str(value or "")])
    match value:
        case bool():
            return _("có") if value else _("không")
        case Deadline():
            return "; ".join(part for part in (deadline(value), value.text) if part) or "—"
        case float():
            return amount(value)
        case dt.date():
            return day(value)
        case tuple() | list():
            return "; ".join(map(str, value)) or "—"
        case _:
            return str(value if value is not None else "") or "—"


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    mine: str
    theirs: str


def differences(mine: Any, theirs: Any, names: Iterable[str]) -> list[Difference]:
    labels = field_labels()
    return [
        Difference(str(labels.get(name, name)), said(name, getattr(mine, name)), said(name, getattr(theirs, name)))
        for name in names
    ]
