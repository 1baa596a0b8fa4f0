from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.attachments.actions import add_attachment
from hocvuso.audit.actions import record_act
from hocvuso.evidence.actions import state_count, void_stated_count
from hocvuso.evidence.models import StatedCount
from hocvuso.lib import clock
from hocvuso.lib.csvfile import MOST
from hocvuso.lib.errors import BadInput
from hocvuso.places.models import Place
from hocvuso.plans.models import Duty
from hocvuso.reports.actions.shared import Paper, demand_draft, locked_life, name_in_audit
from hocvuso.reports.models import DeclaredFigure, Report
from hocvuso.reports.queries import owed_report, report_content
from hocvuso.reports.queries.life import declared_now, is_countable, metric_of_line

SOURCE = "don-vi-bao-cao"


def declare_figure(
    duty: Duty, *, place: Place, due: dt.date, line: str, count: int, reason: str, document: str, paper: Paper, by: str
) -> DeclaredFigure:
    """State a figure that differs from the system's, with the reason and the document that shows it, for the report being written.

    It becomes a total boards show (grade: declared) when the report is sent, not before.
    """
    if not is_countable(report_content(duty, place, due=due), line):
        raise BadInput(_("Hãy chọn một chỉ tiêu có số đếm trong báo cáo này."))
    if not 0 <= count <= MOST:
        raise BadInput(_("Số phải là số nguyên không âm."))
    if not reason.strip():
        raise BadInput(_("Hãy ghi lý do số này khác với số trong hệ thống."))
    if not document.strip():
        raise BadInput(_("Hãy ghi số, ngày của văn bản kèm theo."))
    with transaction.atomic():
        report = _for_writing(duty, place, due)
        made = DeclaredFigure.objects.create(
            report=report, edition=report.edition, line=line, metric=metric_of_line(duty, line), count=count,
            reason=reason.strip(), document=document.strip(), attachment=add_attachment(paper.data, name=paper.name, by=by),
            by=by, recorded_at=clock.real_now(),
        )  # fmt: skip
        record_act(
            "declare_figure", by=by, object_type="report", object_id=name_in_audit(duty, place, due), fields=[line]
        )
    return made


@transaction.atomic
def take_back_figure(duty: Duty, *, place: Place, due: dt.date, line: str, by: str) -> None:
    """The report being written declares nothing for this line any more; taking back what is not there changes nothing."""
    report = _for_writing(duty, place, due)
    if line in {row.line for row in declared_now(report)}:
        DeclaredFigure.objects.create(
            report=report, edition=report.edition, line=line, by=by, recorded_at=clock.real_now()
        )
        record_act(
            "take_back_figure", by=by, object_type="report", object_id=name_in_audit(duty, place, due), fields=[line]
        )


def _for_writing(duty: Duty, place: Place, due: dt.date) -> Report:
    """The locked row, its version raised: whoever hands the report in must have seen what is declared."""
    owed_report(duty, place, due=due)
    report, life = locked_life(duty, place, due)
    demand_draft(life)
    report.version += 1
    report.updated_at = clock.real_now()
    report.save()
    return report


def carry_over(report: Report, *, by: str) -> None:
    """The edition that begins declares what the one before it did. `report.edition` is still the old one."""
    at = clock.real_now()
    DeclaredFigure.objects.bulk_create(
        DeclaredFigure(
            report=report, edition=report.edition + 1, line=row.line, metric=row.metric, count=row.count, reason=row.reason,
            document=row.document, attachment=row.attachment, by=by, recorded_at=at,
        )
        for row in declared_now(report)
    )  # fmt: skip


def state_declared(report: Report, *, on: dt.date, by: str, today: dt.date) -> None:
    """What a sent report declares becomes a stated total of its last day; what an earlier edition stated is taken back."""
    earlier = report.declared.filter(edition__lt=report.edition).values_list("pk", flat=True)
    stated = StatedCount.objects.filter(source=SOURCE, source_ref__in=[_reference(pk) for pk in earlier], voids=None)
    for statement in stated:
        void_stated_count(statement, by=by)
    by_metric = {row.metric: row for row in declared_now(report) if row.metric}
    for metric, row in by_metric.items():
        assert row.count is not None
        state_count(
            metric, place=report.place, on=on, count=row.count, source=SOURCE, source_ref=_reference(row.pk),
            document=row.document, by=by, today=today,
        )  # fmt: skip


def _reference(pk: int) -> str:
    return f"report:{pk}"
