"""What every write on a report begins with: its row, locked, in the state the write needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.lib.errors import Refused
from hocvuso.places.models import Place, Unit, place_fields
from hocvuso.plans.models import Duty
from hocvuso.reports.life import State
from hocvuso.reports.models import Report
from hocvuso.reports.queries.life import Life, life_of


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it was sent in."""

    data: bytes
    name: str


def locked_life(duty: Duty, place: Place, due: dt.date) -> tuple[Report, Life]:
    """The report's row under lock, made if nobody has saved anything yet, and its life as it is now. Inside a transaction."""
    Report.objects.get_or_create(
        duty=duty, due=due, **place_fields(place), defaults={"version": 0, "updated_at": clock.real_now()}
    )
    report = Report.objects.select_for_update().get(duty=duty, due=due, **place_fields(place))
    return report, life_of(duty, place, due=due)


def demand_draft(life: Life) -> None:
    """Words and declared figures change only while nobody has the report on the table."""
    if life.state is not State.DRAFT:
        raise Refused(
            {
                State.SUBMITTED: _("Báo cáo đã trình lãnh đạo nên không sửa được. Cần sửa thì nhờ lãnh đạo trả lại."),
                State.SIGNED: _("Báo cáo đã ký nên không sửa được. Cần sửa thì nhờ văn thư trả lại."),
                State.NUMBERED: _("Báo cáo đã có số nên không sửa được. Cần sửa thì nhờ văn thư trả lại."),
            }.get(life.state, _("Báo cáo đã gửi nên không sửa được. Cần sửa thì làm bản thay thế."))
        )


def name_in_audit(duty: Duty, place: Place, due: dt.date) -> str:
    return f"{duty.key}/{place.code}/{due}"


def presence_key(duty: Duty, place: Place, due: dt.date) -> str:
    return f"{duty.pk}/{'' if isinstance(place, Unit) else 'o:'}{place.code}/{due}"
