from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.messages.actions import give_notice
from hocvuso.people.free_text import refuse_identity_numbers
from hocvuso.people.queries import accounts_with
from hocvuso.people.rules import Right
from hocvuso.places.models import Place, Unit, place_fields
from hocvuso.plans.models import Plan
from hocvuso.practices.models import Practice, PracticeStep
from hocvuso.practices.queries import judge_of, province_of
from hocvuso.practices.rules import Model, Step


@transaction.atomic
def tell_practice(
    plan: Plan, *, place: Place, model: Model, title: str, how: str, effect: str, by: str, today: dt.date
) -> Practice:
    """A place tells what it does well; the level above is told that something waits."""
    if not title.strip() or not how.strip() or not effect.strip():
        raise BadInput(_("Hãy ghi tên, cách làm và kết quả của mô hình."))
    refuse_identity_numbers(title, how, effect)
    if not plan.unit.contains(place if isinstance(place, Unit) else place.of):
        raise Refused(_("%(place)s không thuộc phạm vi của kế hoạch này.") % {"place": place.name})
    made = Practice.objects.create(
        plan=plan, model=model, title=title.strip(), how=how.strip(), effect=effect.strip(), on=today, by=by, recorded_at=clock.real_now(),
        **place_fields(place),
    )  # fmt: skip
    judge = judge_of(made)
    if judge is not None:
        with override("vi"):  # whoever reads it is not who writes it
            said = _("Mô hình, cách làm hay mới: %(title)s") % {"title": made.title}
        _notify(made, judge, said, key="told", by=by, today=today)
    record_act("tell_practice", by=by, object_type="practice", object_id=made.pk, fields=[model])
    return made


@transaction.atomic
def judge_practice(
    practice: Practice, *, recognised: bool, note: str, place: Unit, by: str, today: dt.date
) -> PracticeStep:
    """The level above recognises it, naming the decision, or says what is missing yet. It may say otherwise later."""
    if place != judge_of(practice):
        raise Refused(_("Mô hình này do cấp trên trực tiếp của nơi thực hiện công nhận."))
    if not note.strip():
        raise BadInput(_("Hãy ghi số, ngày của quyết định công nhận, hoặc còn thiếu gì."))
    refuse_identity_numbers(note)
    step = _step(practice, Step.RECOGNISED if recognised else Step.NOT_YET, place, note, by, today)
    with override("vi"):
        said = _("Mô hình “%(title)s” được công nhận") if recognised else _("Mô hình “%(title)s” cần bổ sung")
    _notify(practice, practice.place, said % {"title": practice.title}, key=f"judged:{step.pk}", by=by, today=today)
    return step


@transaction.atomic
def take_up_practice(practice: Practice, *, place: Place, note: str, by: str, today: dt.date) -> PracticeStep:
    """Another place does it, too. Once for each place."""
    Practice.objects.select_for_update().get(pk=practice.pk)  # two presses of one button take turns
    home = place if isinstance(place, Unit) else place.of
    province = province_of(practice.place)
    if place == practice.place or province is None or not province.contains(home):
        raise Refused(_("Chỉ nơi khác trong tỉnh mới nhân rộng được mô hình này."))
    if practice.steps.filter(step=Step.TAKEN_UP, **place_fields(place)).exists():
        raise Refused(_("%(place)s đã ghi là đang làm theo mô hình này.") % {"place": place.name})
    if not note.strip():
        raise BadInput(_("Hãy ghi nơi mình làm theo thế nào."))
    refuse_identity_numbers(note)
    step = _step(practice, Step.TAKEN_UP, place, note, by, today)
    with override("vi"):
        said = _("%(place)s làm theo mô hình “%(title)s”") % {"place": place.name, "title": practice.title}
    _notify(practice, practice.place, said, key=f"taken:{step.pk}", by=by, today=today)
    return step


def _step(practice: Practice, step: Step, place: Place, note: str, by: str, today: dt.date) -> PracticeStep:
    made = PracticeStep.objects.create(
        practice=practice,
        step=step,
        note=note.strip(),
        on=today,
        by=by,
        recorded_at=clock.real_now(),
        **place_fields(place),
    )
    record_act("step_of_practice", by=by, object_type="practice", object_id=practice.pk, fields=[step])
    return made


def _notify(practice: Practice, place: Place, subject: str, *, key: str, by: str, today: dt.date) -> None:
    give_notice(
        accounts_with(Right.WRITE_REPORTS, place, on=today), kind="practice", subject=subject, key=f"practice:{practice.pk}:{key}", by=by,
        today=today, page=reverse("practice", args=[practice.pk]),
    )  # fmt: skip
