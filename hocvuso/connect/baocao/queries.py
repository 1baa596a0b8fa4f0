from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from hocvuso.connect.baocao.packets import PACKETS, Row, Value
from hocvuso.connect.baocao.rules import Mapping, parse_mapping
from hocvuso.evidence.rules import Grade
from hocvuso.lib.errors import BadInput
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.measure.queries import breakdowns, can_be_broken_down, current_snapshot, figures, metrics
from hocvuso.measure.rules import Ask, Figure, Metric
from hocvuso.places.models import Level, Place, Unit
from hocvuso.plans.models import Duty, Plan
from hocvuso.plans.queries import targets_of
from hocvuso.reports.life import OUT, Act, state_after
from hocvuso.reports.models import ReportStep
from hocvuso.reports.queries import content_of_edition, demand_over, life_of, owed_report, report_content
from hocvuso.reports.queries.life import draft_content
from hocvuso.reports.rules import Line, ReportContent

NOT_SENT = "not_sent"  # for eyes outside the house: how far it is inside is the house's own
SECTIONS = {
    "steering": "Công tác chỉ đạo, điều hành",
    "practices": "Mô hình, cách làm hay",
    "difficulties": "Khó khăn, vướng mắc, nguyên nhân",
    "next_steps": "Nhiệm vụ kỳ tới",
    "proposals": "Kiến nghị, đề xuất",
}
COLUMNS = {
    "this_period": "Kỳ này",
    "proven": "Lũy kế có minh chứng",
    "imported": "Nhập từ hệ thống khác",
    "declared": "Đơn vị tự báo cáo",
    "population": "Mẫu số",
    "share": "Tỷ lệ (%)",
}
GROUPS = {
    "officials": "Cán bộ, công chức, viên chức, người lao động khu vực công",
    "students": "Học sinh, sinh viên",
    "workers": "Người lao động doanh nghiệp, hợp tác xã",
    "adults": "Người dân trong độ tuổi trưởng thành",
    "places": "Xã, phường, thôn, buôn, tổ dân phố và việc khác",
}
DIMENSIONS = {
    "group": ("Nhóm", {"officials": "cán bộ, công chức, viên chức", "staff": "người lao động khu vực công", "pupils": "học sinh",
                       "students": "sinh viên", "workers": "người lao động", "": "người dân khác"}),
    "sex": ("Giới tính", {"f": "nữ", "m": "nam", "": "chưa rõ"}),
    "age": ("Độ tuổi", {"0-14": "dưới 15", "15": "15", "16-17": "16–17", "18-59": "18–59", "60+": "từ 60", "": "chưa rõ"}),
    "area": ("Loại đơn vị", {"xã": "xã", "phường": "phường", "đặc khu": "đặc khu"}),
}  # fmt: skip


@cache
def mapping_at(path: Path) -> Mapping:
    return parse_mapping(read_yaml(path), file=path.name)


def mapping_here() -> Mapping:
    """The office's own mapping file, or the one that comes with the program."""
    return mapping_at(Path(settings.EXCHANGE_MAPPING))


@dataclass(frozen=True, slots=True)
class Exchange:
    """One report of one place as packets: key of the packet → its rows."""

    content: ReportContent
    packets: dict[str, Sequence[Row]]


def exchange_of(
    duty: Duty, place: Place, *, due: dt.date, packets: Iterable[str], today: dt.date, edition: int | None = None
) -> Exchange:
    """The packets asked for of one report: as an edition was handed in, or as the newest stands now. Refused before its period is over.

    `edition` 0 stands for a report that has not left its house: only what is counted, nothing anybody declared or wrote.
    """
    life = life_of(duty, place, due=due)
    shown = life.edition if edition is None else edition
    content = content_of_edition(life, shown)
    if content is None:  # what was handed in has its own days, whatever is asked by now
        demand_over(owed_report(duty, place, due=due), today=today)
        content = draft_content(duty, place, due=due, life=life) if shown else report_content(duty, place, due=due)
    told = _Told(duty, place, due, content, shown, life.round_of(shown))
    return Exchange(content, {key: list(_ROWS[key](told)) for key in packets})


def sent_exchange_of(duty: Duty, place: Place, *, due: dt.date, packets: Iterable[str], today: dt.date) -> Exchange:
    """The same for eyes outside the house: the newest edition that was sent, never a draft."""
    steps = life_of(duty, place, due=due).steps
    sent = max((step.edition for step in steps if step.act == Act.SENT), default=0)
    return exchange_of(duty, place, due=due, packets=packets, today=today, edition=sent)


@dataclass(frozen=True, slots=True)
class _Told:
    duty: Duty
    place: Place
    due: dt.date
    content: ReportContent
    edition: int
    steps: Sequence[ReportStep]  # what became of this edition since it was last handed in

    @property
    def state(self) -> str:
        """Of this edition; that a next one was begun is nobody's matter outside."""
        acts = [Act(step.act) for step in self.steps if step.act != Act.REPLACED]
        return state_after(acts).value if self.edition else NOT_SENT

    @property
    def period(self) -> dict[str, Value]:
        span = self.content.span
        first, last = span.first.isoformat(), span.last.isoformat()
        return {
            "period": f"{self.duty.frequency}:{first}:{last}",
            "first": first,
            "last": last,
            "due": self.due.isoformat(),
        }

    @property
    def keys(self) -> dict[str, Value]:
        return {"plan": self.duty.plan.key, "duty": self.duty.key}

    @property
    def here(self) -> dict[str, Value]:
        return {"place": self.place.code, "place_name": self.place.name}


def _duties(told: _Told) -> Iterable[Row]:
    plan = told.duty.plan
    for duty in plan.duties.all():
        yield {
            "plan": plan.key, "duty": duty.key, "title": duty.title, "plan_title": plan.title, "issuer": plan.issuer,
            "frequency": duty.frequency, "who": duty.who, "to": duty.to, "due_rule": duty.due_rule, "clause": duty.clause,
        }  # fmt: skip


def _form(told: _Told) -> Iterable[Row]:
    for position, line in enumerate(told.content.lines, start=1):
        for column, title in COLUMNS.items():
            yield {
                **told.keys, "form": f"{told.duty.key}-so-lieu", "position": position, "indicator": line.key, "title": line.title,
                "counted": line.counted, "column": column, "column_title": title,
            }  # fmt: skip


def _outline(told: _Told) -> Iterable[Row]:
    for position, (section, title) in enumerate(SECTIONS.items(), start=1):
        yield {**told.keys, "position": position, "section": section, "title": title}


def _figures(told: _Told) -> Iterable[Row]:
    for line in told.content.lines:
        yield {**told.keys, **told.here, **told.period, **line_row(line)}


def line_row(line: Line) -> dict[str, Value]:
    return {
        "indicator": line.key, "clause": line.clause, "title": line.title, "horizon": line.horizon, "counted": line.counted,
        "this_period": line.this_period, "so_far": line.so_far, "grade": line.headline, "proven": line.proven, "imported": line.imported,
        "imported_source": line.imported_source, "declared": line.declared, "population": line.population, "share": line.share,
        "goal": line.goal, "deadline": line.deadline,
    }  # fmt: skip


def _lists(told: _Told) -> Iterable[Row]:
    head = {**told.keys, **told.here, **told.period}
    for position, row in enumerate(told.content.communes, start=1):
        for item, share in zip(told.content.commune_columns, row.shares, strict=True):
            yield {
                **head,
                "list": "xã, phường",
                "position": position,
                "name": row.name,
                "item": f"{item} (%)",
                "value": share,
            }
    for position, task in enumerate(told.content.tasks, start=1):
        for item, value in (
            ("thời hạn", task.deadline),
            ("tình hình", task.state),
            ("văn bản, sản phẩm", task.document),
        ):
            yield {**head, "list": "nhiệm vụ", "position": position, "name": task.title, "item": item, "value": value}


def _words(told: _Told) -> Iterable[Row]:
    """Only what was sent: what somebody is still writing leaves the office with nobody."""
    if told.state not in OUT:
        return
    for section, title in SECTIONS.items():
        text = getattr(told.content, section)
        yield {**told.keys, **told.here, **told.period, "section": section, "title": title, "text": text}


def _state(told: _Told) -> Iterable[Row]:
    numbered = next((step for step in told.steps if step.act == Act.NUMBERED), None)
    yield {
        **told.keys, **told.here, **told.period, "state": told.state, "edition": told.edition,
        "number": f"{numbered.number:02}/{numbered.symbol}" if numbered else "",
        "signed_on": numbered.dated.isoformat() if numbered and numbered.dated else "",
    }  # fmt: skip


def _periods(told: _Told) -> Iterable[Row]:
    span = told.content.span
    yield {
        **told.keys, **told.period, "frequency": told.duty.frequency,
        "title": f"{told.duty.title} ({span.first:%d/%m/%Y}–{span.last:%d/%m/%Y})",
    }  # fmt: skip


def _indicators(told: _Told) -> Iterable[Row]:
    return indicator_rows(told.duty.plan)


def indicator_rows(plan: Plan) -> Iterable[Row]:
    for target in targets_of(plan):
        yield {
            "plan": plan.key, "indicator": target.key, "clause": target.clause, "title": target.indicator.title, "horizon": target.horizon,
            "value": target.value, "unit_of_measure": target.unit_of_measure, "comparator": target.comparator,
            "due": target.last_day.isoformat() if target.last_day else target.due_text, "metric": target.indicator.metric,
            "leads": "; ".join(target.leads),
        }  # fmt: skip


def _kpis(told: _Told) -> Iterable[Row]:
    return kpi_rows()


def kpi_rows() -> Iterable[Row]:
    for metric in metrics().by_key.values():
        yield {
            "metric": metric.key, "title": metric.title, "group": group_of(metric), "rung": metric.rung, "subject": metric.subject,
            "unit_of_measure": "%" if metric.base else "số lượng", "base": _base_words(metric),
        }  # fmt: skip


def group_of(metric: Metric) -> str:
    """Which of the four groups a metric is of; places and acts are the fifth."""
    if metric.subject not in ("person", "household"):
        return "places"
    groups = set(metric.groups)
    if groups & {"officials", "staff"}:
        return "officials"
    if groups & {"pupils", "students"}:
        return "students"
    return "workers" if "workers" in groups else "adults"


def _base_words(metric: Metric) -> str:
    base = metric.base
    if base is None:
        return ""
    if base.groups:
        return "nhóm: " + ", ".join(base.groups)
    if base.units:
        return f"số đơn vị: {base.units}"
    return f"số tổ chức: {base.orgs}" if base.orgs else f"chỉ số: {base.metric}"


def _groups(told: _Told) -> Iterable[Row]:
    return ({"group": key, "title": title} for key, title in GROUPS.items())


def _dimensions(told: _Told) -> Iterable[Row]:
    for dimension, (title, parts) in DIMENSIONS.items():
        for part, part_title in parts.items():
            yield {"dimension": dimension, "title": title, "part": part, "part_title": part_title}


def _values(told: _Told) -> Iterable[Row]:
    """Counted now, also where the report was handed in long ago: evidence that came in since is in it. Each row says when."""
    yield from figure_rows([told.place], on=told.content.span.last)
    if isinstance(told.place, Unit) and told.place.level in (Level.PROVINCE, Level.COMMUNE):
        yield from _part_rows(told.place, on=told.content.span.last)


def figure_rows(places: Sequence[Place], *, on: dt.date, only: str = "") -> Iterable[Row]:
    """Each metric at each place, the grades side by side."""
    known, counted_at = metrics(), _counted_at()
    asks = [Ask(known[only].key)] if only else [Ask(key) for key in known.by_key]
    found = figures(places, asks, on=on)
    for place in places:
        for ask in asks:
            shown = found[place.code, ask]
            if shown.proven is None and shown.imported is None and shown.declared is None:
                continue  # not measured here is no zero
            yield {**_figure_row(place, shown), "dimension": "", "part": "", "counted_at": counted_at}


def _counted_at() -> str:
    return timezone.localtime(current_snapshot().built_at).isoformat(timespec="minutes")


def _figure_row(place: Place, shown: Figure) -> dict[str, Value]:
    return {
        "metric": shown.metric.key, "place": place.code, "place_name": place.name, "day": shown.on.isoformat(), "proven": shown.proven,
        "imported": shown.count(Grade.IMPORTED), "imported_source": shown.imported.source if shown.imported else "",
        "declared": shown.count(Grade.DECLARED), "population": shown.population.count if shown.population else None,
        "share": shown.share(Grade.PROVEN),
    }  # fmt: skip


def _part_rows(place: Unit, *, on: dt.date) -> Iterable[Row]:
    """Parts of the figures of persons at a commune or above; never of a village, where a part may be one person."""
    counted_at = _counted_at()
    for metric in metrics().by_key.values():
        if not can_be_broken_down(metric):
            continue
        for one in breakdowns(place, Ask(metric.key), on=on):
            for part in one.parts:
                yield {
                    "metric": metric.key, "place": place.code, "place_name": place.name, "day": on.isoformat(), "dimension": one.dimension,
                    "part": part.key, "proven": part.proven, "imported": part.imported, "imported_source": "", "declared": part.declared,
                    "population": None, "share": part.share, "counted_at": counted_at,
                }  # fmt: skip


_ROWS: dict[str, Callable[[_Told], Iterable[Row]]] = {
    "che-do-bao-cao": _duties,
    "bieu-mau-bao-cao": _form,
    "bieu-mau-de-cuong": _outline,
    "so-lieu-bao-cao": _figures,
    "so-lieu-bao-cao-danh-sach": _lists,
    "gui-de-cuong": _words,
    "trang-thai-bao-cao": _state,
    "danh-muc-ky-bao-cao": _periods,
    "danh-muc-chi-tieu-bao-cao": _indicators,
    "bo-chi-so": _kpis,
    "danh-muc-nhom-chi-so": _groups,
    "danh-muc-phan-to-chi-so": _dimensions,
    "du-lieu-chi-so": _values,
}
assert _ROWS.keys() == PACKETS.keys()


def demand_exchange_file(name: str) -> str:
    """The form of a file by its name's end."""
    form = name.rpartition(".")[2].lower()
    if form not in ("zip", "xlsx"):
        raise BadInput("Tên tệp phải kết thúc bằng .zip (nhiều tệp CSV) hoặc .xlsx.")
    return form
