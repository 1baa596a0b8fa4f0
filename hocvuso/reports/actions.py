from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import Refused
from hocvuso.places.models import Place, place_fields
from hocvuso.plans.models import Duty
from hocvuso.reports.models import Report
from hocvuso.reports.queries import owed_report
from hocvuso.reports.rules import WORDS


@transaction.atomic
def save_words(duty: Duty, *, place: Place, due: dt.date, by: str, version: int, **words: str) -> Report:
    """Keep what people add to a report. `version` is the one the writer saw; another one means somebody wrote in between."""
    owed_report(duty, place, due=due)
    report = Report.objects.select_for_update().filter(duty=duty, due=due, **place_fields(place)).first()
    if (report.version if report else 0) != version:
        raise Refused(
            _(
                "Có người khác vừa lưu báo cáo này. Hãy chép lại phần bạn viết, tải lại trang để xem bản mới rồi lưu lần nữa."
            )
        )
    if report is None:
        report = Report(duty=duty, due=due, version=0, **place_fields(place))
    changed = [name for name in WORDS if getattr(report, name) != words[name].strip()]
    for name in changed:
        setattr(report, name, words[name].strip())
    report.version += 1
    report.updated_at = clock.real_now()
    report.save()
    record_act("save_words", by=by, object_type="report", object_id=f"{duty.key}/{place.code}/{due}", fields=changed)
    return report
