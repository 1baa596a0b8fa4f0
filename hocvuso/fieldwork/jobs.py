from __future__ import annotations

import logging

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from hocvuso.fieldwork.actions import hold_class
from hocvuso.fieldwork.rules import CLASS_HELD, read_class
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError, Refused
from hocvuso.sync.actions import settle_event
from hocvuso.sync.models import RawEvent, Result
from hocvuso.sync.queries import body_of, waiting_events

log = logging.getLogger(__name__)

KINDS = (CLASS_HELD,)
BY = ":fieldwork"
AT_ONCE = 500


def apply_events() -> int:
    """Take what phones have sent and waits; how many were taken. One that cannot be applied is set aside and stops none of the others."""
    waiting = list(waiting_events(KINDS)[:AT_ONCE])
    with translation.override(settings.LANGUAGE_CODE):  # reasons are kept, and read by officials
        for event in waiting:
            apply_event(event, by=BY)
    return len(waiting)


@transaction.atomic
def apply_event(event: RawEvent, *, by: str) -> Result:
    """One event: applied, known from before, or set aside with its reason. `by` is the machine, or a person who tries it again.

    Two that take the same event at once, the timetable and a request, go one after the other, and the second finds it done.
    """
    RawEvent.objects.select_for_update().get(pk=event.pk)
    newest = event.outcomes.order_by("-pk").first()
    if newest is not None and (newest.result != Result.SET_ASIDE or by == BY):
        return Result(newest.result)
    result, reason = _try(event)
    settle_event(event, result, by=by, reason=reason)
    return result


def _try(event: RawEvent) -> tuple[Result, str]:
    try:
        with transaction.atomic():
            return (Result.APPLIED if _apply(event) else Result.KNOWN), ""
    except HocVuSoError as error:
        return Result.SET_ASIDE, str(error)
    except OperationalError:
        raise  # the database is busy or away: the event waits for the next turn
    except Exception:
        log.exception("event %s could not be applied", event.pk)
        return Result.SET_ASIDE, _("Lỗi của hệ thống; người vận hành xem nhật ký máy chủ.")


def _apply(event: RawEvent) -> bool:
    author = event.device.person
    if author is None or event.event is None:
        raise Refused(_("Không còn biết ai đã ghi việc này."))
    held = read_class(event.event, body_of(event))
    on = held.on or event.day
    if on > event.day:
        raise Refused(_("Ngày của buổi học muộn hơn ngày ghi."))
    done = hold_class(
        held, held_by=author, by=f"person:{author.pk}", on=on, today=clock.today(), device=str(event.device_id)
    )
    return done.is_new
