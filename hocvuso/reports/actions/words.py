from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import Refused
from hocvuso.places.models import Place
from hocvuso.plans.models import Duty
from hocvuso.reports.actions.shared import demand_draft, locked_life, name_in_audit
from hocvuso.reports.life import settled
from hocvuso.reports.models import Report, SectionText
from hocvuso.reports.queries import owed_report
from hocvuso.reports.queries.life import words_at
from hocvuso.reports.rules import WORDS


@dataclass(frozen=True, slots=True)
class Clash:
    """A section that two people changed, each in their own way: what a colleague has saved, who, and when."""

    section: str
    theirs: str
    by: str
    at: dt.datetime | None


class WordsClash(Refused):
    """Nothing was saved. `words` is what each section should show now: of a clash the writer's own text, of all others what is in force."""

    def __init__(self, message: str, *, clashes: list[Clash], words: dict[str, str], version: int) -> None:
        super().__init__(message)
        self.clashes, self.words, self.version = clashes, words, version


@transaction.atomic
def save_words(duty: Duty, *, place: Place, due: dt.date, by: str, version: int, **words: str) -> Report:
    """Keep what people add to a report. `version` is the one the writer began from.

    Sections are looked at one by one: what a colleague changed meanwhile stays, unless the writer changed the same section differently.
    Then nothing is saved and `WordsClash` tells both texts.
    """
    owed_report(duty, place, due=due)
    report, life = locked_life(duty, place, due)
    demand_draft(life)
    if version > report.version:
        raise Refused(_("Trang đã cũ. Hãy chép lại phần bạn viết, tải lại trang rồi lưu lần nữa."))
    now = {name: getattr(report, name) for name in WORDS}
    typed = {name: _tidy(words[name]) if name in words else now[name] for name in WORDS}
    seen = words_at(report, version)
    after = {name: settled(seen=seen[name], now=now[name], typed=typed[name]) for name in WORDS}
    if any(text is None for text in after.values()):
        raise _clash(report, typed=typed, now=now, after=after)
    changed = {name: text for name, text in after.items() if text is not None and text != now[name]}
    if changed or not report.version:
        _write(report, changed, by)
        record_act(
            "save_words", by=by, object_type="report", object_id=name_in_audit(duty, place, due), fields=list(changed)
        )
    return report


def _write(report: Report, changed: Mapping[str, str], by: str) -> None:
    report.version += 1
    report.updated_at = clock.real_now()
    for name, text in changed.items():
        setattr(report, name, text)
        SectionText.objects.create(
            report=report, section=name, version=report.version, text=text, by=by, recorded_at=report.updated_at
        )
    report.save()


def _tidy(text: str) -> str:
    """Browsers send line ends of their own; without this a section nobody touched would look changed."""
    return text.replace("\r\n", "\n").strip()


def _clash(
    report: Report, *, typed: Mapping[str, str], now: Mapping[str, str], after: Mapping[str, str | None]
) -> WordsClash:
    newest = {row.section: row for row in SectionText.objects.filter(report=report).order_by("version")}
    sections = [name for name in WORDS if after[name] is None]
    clashes = [
        Clash(name, now[name], row.by if (row := newest.get(name)) else "", row.recorded_at if row else None)
        for name in sections
    ]
    return WordsClash(
        _(
            "Có người khác vừa lưu báo cáo này và sửa cùng một mục với bạn. Chưa có gì của bạn bị mất: "
            "hãy đọc hai bản dưới đây, ghép lại rồi lưu lần nữa."
        ),
        clashes=clashes,
        words={name: typed[name] if text is None else text for name, text in after.items()},
        version=report.version,
    )
