from __future__ import annotations

import datetime as dt
import secrets
import uuid
from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hocvuso.assessment.models import Attempt, Response
from hocvuso.assessment.queries import answers_of, attempts_of, blueprint_named, may_sit_again
from hocvuso.assessment.rules import Blueprint, counting, draw_form, form_name, is_passed, score
from hocvuso.audit.actions import record_act
from hocvuso.evidence.actions import fact_about, record_evidence
from hocvuso.items.queries import item_text, items_in_use
from hocvuso.lib.errors import BadInput, Refused, UnknownName
from hocvuso.lib.ids import new_id
from hocvuso.people.models import Person

SOURCE = "hoc-vu-so"
LAST_SEQ = 100_000  # far beyond what a hand can send in one sitting


@transaction.atomic
def begin_attempt(person: Person, blueprint: Blueprint, *, by: str, now: dt.datetime, seed: str = "") -> Attempt:
    """Draw a form and begin; a sitting that is still open is gone on with instead. `seed` draws a known form (tests); empty = chance."""
    Person.objects.select_for_update().get(pk=person.pk)  # two taps on “Bắt đầu” begin one test
    attempts = attempts_of(person, blueprint)
    if attempts and attempts[0].submitted_at is None:
        return attempts[0]
    if any(attempt.is_passed for attempt in attempts):
        raise Refused(_("Bạn đã đạt bài kiểm tra này, không cần làm lại."))
    again = may_sit_again(attempts, blueprint)
    if again is not None and now < again:
        raise Refused(_("Chưa đến giờ làm lại. Hãy ôn thêm các bài học rồi quay lại sau."))
    items = items_in_use(blueprint.bank, framework=blueprint.framework, level=blueprint.level)
    options = {item: len(item_text(item).options) for item, _skill in items}
    form = draw_form(items, quotas=blueprint.quotas, options=options, seed=seed or secrets.token_hex(16))
    attempt = Attempt.objects.create(
        id=new_id(), person=person.pk, blueprint=blueprint.key, blueprint_version=blueprint.version,
        form=[[question.item, list(question.order)] for question in form], form_name=form_name(form), started_at=now,
    )  # fmt: skip
    record_act("begin_attempt", by=by, object_type="attempt", object_id=attempt.pk)
    return attempt


@transaction.atomic
def store_response(
    attempt: uuid.UUID, *, person: Person, seq: int, position: int, chosen: int, now: dt.datetime
) -> Attempt:
    """Keep one answer of somebody's own test. The very same answer again changes nothing; when this returns, it is on the disk.

    Raises `Refused` after the test was handed in, `BadInput` for a test, a question or an option that is not theirs.
    """
    sitting = Attempt.objects.select_for_update().filter(pk=attempt, person=person.pk).first()
    if sitting is None:
        raise UnknownName(_("Không có bài kiểm tra này."))
    if sitting.submitted_at is not None:
        raise Refused(_("Bài này đã nộp. Câu trả lời không đổi được nữa."))
    form = sitting.form
    if not (0 <= position < len(form) and chosen in form[position][1] and 1 <= seq < LAST_SEQ):
        raise BadInput(_("Câu trả lời này không thuộc bài đang làm. Hãy quay lại bài và chọn lại."))
    with suppress(IntegrityError), transaction.atomic():
        Response.objects.create(
            attempt=sitting, seq=seq, position=position, item=form[position][0], chosen=chosen, answered_at=now
        )
    return sitting


@transaction.atomic
def submit_attempt(attempt: Attempt, *, person: Person, by: str, now: dt.datetime, today: dt.date) -> Attempt:
    """Hand in: score what counts, and, if it is enough, write the evidence. Handing in twice changes nothing."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.submitted_at is not None:
        return attempt
    blueprint = blueprint_named(attempt.blueprint)
    right = [item_text(question.item).right for question in attempt.questions]
    result = score(counting(answers_of(attempt)), right=right)
    attempt.submitted_at, attempt.submitted_on, attempt.right = now, today, result.right
    attempt.is_passed = is_passed(result, pass_mark=blueprint.pass_mark)
    attempt.save(update_fields=["submitted_at", "submitted_on", "right", "is_passed"])
    if attempt.is_passed:
        detail = {"score": result.percent, "framework": blueprint.framework, "form": attempt.form_name}
        passed = fact_about(
            person, "assessment_passed", on=today, source=SOURCE, source_ref=f"attempt:{attempt.pk}", level=blueprint.level, detail=detail
        )  # fmt: skip
        record_evidence([passed], by=by, today=today)
    record_act("submit_attempt", by=by, object_type="attempt", object_id=attempt.pk, fields=["submitted_at"])
    return attempt
