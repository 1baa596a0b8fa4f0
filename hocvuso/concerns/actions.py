from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.attachments.actions import add_attachment
from hocvuso.attachments.models import Attachment
from hocvuso.audit.actions import record_act
from hocvuso.concerns.models import Concern, ConcernKind, ConcernState, ConcernStep, StepKind
from hocvuso.concerns.notices import tell_addressee, tell_answered
from hocvuso.concerns.queries import addressees, default_addressee, theme_named
from hocvuso.concerns.queries.seen import lies_in
from hocvuso.concerns.rules import MOST_DAYS, MOST_TEXT, OPEN, State, What, answer_day, fault_of, state_after
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.ids import new_id
from hocvuso.people.free_text import refuse_identity_numbers
from hocvuso.people.models import Account, Person
from hocvuso.places.models import Organisation, Place, Unit
from hocvuso.plans.models import Plan, Task


@dataclass(frozen=True, slots=True)
class File:
    """A file that comes with an answer, as it was sent in."""

    name: str
    data: bytes


@transaction.atomic
def raise_concern(
    place: Place,
    *,
    kind: ConcernKind,
    theme: str,
    text: str,
    by: str,
    today: dt.date,
    account: Account | None = None,
    person: Person | None = None,
    to: Place | None = None,
    plan: Plan | None = None,
    task: Task | None = None,
    key: uuid.UUID | None = None,
) -> Concern:
    """Say what is difficult or what is proposed at a place. It goes to who is to answer it at once, with the day the answer is due.

    `key` was made with the form: sent twice, it is raised once. `to` is somebody's own choice of who should answer.
    """
    _demand_text(text)
    about = theme_named(theme)
    if to is not None and (to == place or to not in addressees(place, on=today)):
        raise Refused(_("%(to)s không trả lời được khó khăn, kiến nghị của %(place)s.") % {"to": to, "place": place})
    addressee = to or default_addressee(place, about, on=today)
    due = answer_day(today, about.days)
    concern, new = Concern.objects.get_or_create(
        pk=key or new_id(),
        defaults={
            "kind": kind, "theme": about.key, "text": text.strip(), "unit": _unit(place), "org": _org(place), "person": person,
            "account": account, "plan": task.plan if task else plan, "task": task, "on": today, "by": by,
            "recorded_at": clock.real_now(), "state": ConcernState.WAITING, "to_unit": _unit(addressee), "to_org": _org(addressee),
            "answer_by": due,
        },
    )  # fmt: skip
    if not new:
        if concern.by != by:
            raise Refused(_("Mẫu này đã được dùng. Hãy mở lại trang và nhập lần nữa."))
        return concern
    step = _step(concern, What.ROUTED, by=by, today=today, place=addressee, answer_by=due)
    record_act("raise_concern", by=by, object_type="concern", object_id=concern.pk, fields=[kind, about.key])
    tell_addressee(concern, step, by=by, today=today)
    return concern


@transaction.atomic
def take_up_concern(concern: Concern, *, at: Place, by: str, today: dt.date) -> ConcernStep:
    """Whoever is to answer says that somebody is looking at it."""
    concern = _locked(concern)
    _demand_addressee(concern, at)
    return _go(concern, What.TAKEN_UP, by=by, today=today, place=at)


@transaction.atomic
def pass_on_concern(
    concern: Concern, *, at: Place, to: Place, by: str, today: dt.date, answer_by: dt.date | None = None, text: str = ""
) -> ConcernStep:
    """Somebody else is to answer it, by a day; without one, as many days from today as the theme gives."""
    concern = _locked(concern)
    if not lies_in(concern.addressee, at):
        raise Refused(_("Ý kiến này đã được chuyển đến %(place)s.") % {"place": concern.addressee})
    if to == concern.addressee or to not in addressees(concern.place, on=today):
        raise Refused(_("Hãy chọn một nơi khác có thể trả lời ý kiến này."))
    due = answer_by or answer_day(today, theme_named(concern.theme).days)
    if not today <= due <= today + dt.timedelta(MOST_DAYS):
        raise BadInput(_("Hạn trả lời phải từ hôm nay và trong vòng một năm."))
    if text:
        _demand_text(text)
    concern.to_unit, concern.to_org, concern.answer_by = _unit(to), _org(to), due
    step = _go(concern, What.PASSED_ON, by=by, today=today, place=to, answer_by=due, text=text)
    tell_addressee(concern, step, by=by, today=today)
    return step


@transaction.atomic
def answer_concern(
    concern: Concern, *, at: Place, text: str, by: str, today: dt.date, file: File | None = None
) -> ConcernStep:
    """The answer, for everybody whose concern this is: who raised it, and who raised what was merged into it. May be added to later."""
    concern = _locked(concern)
    _demand_addressee(concern, at)
    _demand_text(text)
    attachment = add_attachment(file.data, name=file.name, by=by) if file else None
    step = _go(concern, What.ANSWERED, by=by, today=today, place=at, text=text, attachment=attachment)
    for one in (concern, *concern.merged.filter(state=ConcernState.MERGED)):
        tell_answered(one, step, by=by, today=today)
    return step


@transaction.atomic
def close_concern(concern: Concern, *, by: str, today: dt.date, text: str = "") -> ConcernStep:
    """Who raised it says that it is done. While others wait for the same answer, one that still has to come cannot be closed."""
    concern = _locked(concern)
    waiting = concern.merged.filter(state=ConcernState.MERGED).count()
    if State(concern.state) in OPEN and waiting:
        raise Refused(
            _("Còn %(n)s nơi chờ cùng một câu trả lời, nên chưa đóng được; có trả lời rồi hãy đóng.") % {"n": waiting}
        )
    if text:
        _demand_text(text)
    return _go(concern, What.CLOSED, by=by, today=today, text=text)


@transaction.atomic
def reopen_concern(concern: Concern, *, text: str, by: str, today: dt.date) -> ConcernStep:
    """Who raised it asks again and says why; a new day is set. One that was merged stands for itself from then on."""
    concern = _locked(concern)
    _demand_text(text)
    step = _stand_alone(concern, What.REOPENED, by=by, today=today, text=text)
    tell_addressee(concern, step, by=by, today=today)
    return step


@transaction.atomic
def separate_concern(concern: Concern, *, at: Place, by: str, today: dt.date) -> ConcernStep:
    """Whoever merged it by mistake takes it out again."""
    concern = _locked(concern)
    if concern.merged_into is None or not lies_in(concern.merged_into.addressee, at):
        raise Refused(_("Ý kiến này không nằm trong nhóm nào của bạn."))
    return _stand_alone(concern, What.SEPARATED, by=by, today=today)


@transaction.atomic
def merge_concerns(kept: Concern, others: Sequence[Concern], *, at: Place, by: str, today: dt.date) -> list[Concern]:
    """One answer for all: the others wait for the answer to `kept`, whose text stands for them; what was merged into them comes along.

    Where `kept` has its answer already, they have it, too, and are told.
    """
    found = {
        row.pk: row
        for row in Concern.objects.select_for_update().filter(pk__in=[kept.pk, *(o.pk for o in others)]).order_by("pk")
    }
    kept, rest = found.pop(kept.pk), list(found.values())
    if not rest:
        raise BadInput(_("Hãy chọn ít nhất hai ý kiến giống nhau."))
    if kept.merged_into is not None or State(kept.state) not in OPEN | {State.ANSWERED}:
        raise Refused(_("Ý kiến được chọn làm chính đã đóng hoặc đã gộp vào ý kiến khác; hãy tải lại trang."))
    if any(one.kind != kept.kind for one in rest):
        raise BadInput(_("Khó khăn và kiến nghị không gộp vào nhau."))
    if not all(lies_in(one.addressee, at) for one in (kept, *rest)):
        raise Refused(_("Có ý kiến không thuộc phần trả lời của %(place)s.") % {"place": at})
    answer = kept.steps.filter(what=StepKind.ANSWERED).last() if kept.state == ConcernState.ANSWERED else None
    for one in rest:
        concerns = [one, *one.merged.filter(state=ConcernState.MERGED)]
        for concern in concerns:
            concern.merged_into = kept
        _go(one, What.MERGED, by=by, today=today, into=kept)
        for concern in concerns[1:]:
            _step(concern, What.MERGED, by=by, today=today, into=kept)
            concern.save(update_fields=["merged_into"])
        if answer is not None:
            for concern in concerns:
                tell_answered(concern, answer, by=by, today=today)
    return rest


def _stand_alone(concern: Concern, what: What, *, by: str, today: dt.date, text: str = "") -> ConcernStep:
    if concern.state == ConcernState.MERGED and concern.merged_into is not None:
        concern.to_unit, concern.to_org = concern.merged_into.to_unit, concern.merged_into.to_org
    concern.merged_into = None
    concern.answer_by = answer_day(today, theme_named(concern.theme).days)
    return _go(concern, what, by=by, today=today, place=concern.addressee, answer_by=concern.answer_by, text=text)


def _locked(concern: Concern) -> Concern:
    """The row as it is now; whoever wants to take a step at the same time waits."""
    return Concern.objects.select_for_update().get(pk=concern.pk)


def _go(
    concern: Concern, what: What, *, by: str, today: dt.date, place: Place | None = None, answer_by: dt.date | None = None,
    into: Concern | None = None, text: str = "", attachment: Attachment | None = None,
) -> ConcernStep:  # fmt: skip
    """Take a step: the row of it, where the concern stands then, and the audit."""
    then = state_after(State(concern.state), what)
    if then is None:
        raise Refused(_("Ý kiến này vừa đổi tình trạng; hãy tải lại trang rồi xem lại."))
    concern.state = ConcernState(then.value)
    step = _step(
        concern, what, by=by, today=today, place=place, answer_by=answer_by, into=into, text=text, attachment=attachment
    )
    concern.save(update_fields=["state", "to_unit", "to_org", "answer_by", "merged_into"])
    record_act(f"{_VERBS[what]}", by=by, object_type="concern", object_id=concern.pk, fields=["state"])
    return step


_VERBS = {
    What.TAKEN_UP: "take_up_concern", What.PASSED_ON: "pass_on_concern", What.ANSWERED: "answer_concern", What.CLOSED: "close_concern",
    What.REOPENED: "reopen_concern", What.MERGED: "merge_concerns", What.SEPARATED: "separate_concern",
}  # fmt: skip


def _step(
    concern: Concern, what: What, *, by: str, today: dt.date, place: Place | None = None, answer_by: dt.date | None = None,
    into: Concern | None = None, text: str = "", attachment: Attachment | None = None,
) -> ConcernStep:  # fmt: skip
    return ConcernStep.objects.create(
        concern=concern, what=StepKind(what.value), unit=_unit(place), org=_org(place), answer_by=answer_by, into=into, text=text.strip(),
        attachment=attachment, on=today, by=by, recorded_at=clock.real_now(),
    )  # fmt: skip


def _demand_addressee(concern: Concern, at: Place) -> None:
    if concern.addressee != at:
        raise Refused(_("Ý kiến này đã được chuyển đến %(place)s.") % {"place": concern.addressee})


def _demand_text(text: str) -> None:
    """Something was written, not too much, and no identity number in it. The refusal does not repeat what was typed."""
    fault = fault_of(text)
    if fault == "empty":
        raise BadInput(_("Hãy ghi nội dung."))
    if fault == "long":
        raise BadInput(_("Nội dung dài quá %(most)s ký tự.") % {"most": MOST_TEXT})
    refuse_identity_numbers(text)


def _unit(place: Place | None) -> Unit | None:
    return place if isinstance(place, Unit) else None


def _org(place: Place | None) -> Organisation | None:
    return place if isinstance(place, Organisation) else None
