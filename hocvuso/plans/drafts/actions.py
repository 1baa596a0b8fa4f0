from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.attachments.queries import is_attached
from hocvuso.attachments.store import drop_file, keep_file, path_of
from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, HocVuSoError, Refused, UnknownName
from hocvuso.people.models import Account
from hocvuso.places.models import Place, place_fields
from hocvuso.plans.actions import adopt_plan
from hocvuso.plans.drafts.adoption import faults_in, plan_file
from hocvuso.plans.drafts.proposal import proposed_review
from hocvuso.plans.drafts.queries import fault_sentence, is_key_taken, plan_places, review_of, reviewable_drafts
from hocvuso.plans.drafts.review import (
    Entry,
    EntryState,
    Header,
    Point,
    PointState,
    Review,
    Values,
    changed_fields,
    review_to_json,
)
from hocvuso.plans.drafts.steps import added, corrected, decided, faults_of, settled, sure_entries
from hocvuso.plans.drafts.uploads import AT_ONCE, LARGEST, guessed_pages
from hocvuso.plans.models import DraftState, Plan, PlanDraft
from hocvuso.plans.reader.model import Draft, draft_to_json

Thing = TypeVar("Thing", Entry, Point)
log = logging.getLogger(__name__)
Read = Callable[[bytes, str], Draft]  # the reader with its catalogue: bytes and name of a file → draft


def start_draft(data: bytes, *, name: str, place: Place, by: Account, read: Read, today: dt.date) -> PlanDraft:
    """Take a document in and read it: at once when it is short, else at the timetable's next turn. Refused files leave nothing behind."""
    if place not in plan_places(by, on=today):
        raise UnknownName(_("Không có nơi này, hoặc bạn không được đưa kế hoạch vào đây."))
    if not data:
        raise BadInput(_("Tệp trống: không có gì để đọc."))
    if len(data) > LARGEST:
        raise BadInput(
            _("Tệp nặng %(size)s MB; chỉ nhận tệp đến %(most)s MB.")
            % {"size": len(data) // 1_000_000, "most": LARGEST // 1_000_000}
        )
    shown = name.replace("\0", "").replace("\\", "/").rpartition("/")[2].strip()[-200:] or _("(không tên)")
    draft = PlanDraft(
        file_name=shown,
        size=len(data),
        state=DraftState.WAITING,
        uploaded_by=by,
        recorded_at=clock.real_now(),
        **place_fields(place),
    )
    if guessed_pages(data) <= AT_ONCE:
        _fill(draft, read(data, shown))
    draft.sha256 = keep_file(data)
    with transaction.atomic():
        draft.save()
        record_act("start_draft", by=by.actor, object_type="plan_draft", object_id=draft.pk, fields=[draft.state])
    return draft


def _fill(draft: PlanDraft, found: Draft) -> None:
    data: dict[str, Any] = _without_nul(draft_to_json(found))
    draft.document = data.pop("document")
    draft.read = data
    draft.review = _without_nul(review_to_json(proposed_review(found)))
    draft.state = DraftState.READY


def _without_nul(data: Any) -> Any:
    """PostgreSQL keeps no NUL in JSON; a blank in its place leaves every span where it is."""
    match data:
        case str():
            return data.replace("\0", " ")
        case dict():
            return {key: _without_nul(value) for key, value in data.items()}
        case list():
            return [_without_nul(value) for value in data]
    return data


def read_waiting_drafts(*, read: Read) -> int:
    """Read the long documents that wait, one after the other; how many. A document that cannot be read says why, and its file goes."""
    done = 0
    for draft in PlanDraft.objects.filter(state=DraftState.WAITING, discarded_at=None).order_by("recorded_at"):
        try:
            _fill(draft, read(path_of(draft.sha256).read_bytes(), draft.file_name))
        except HocVuSoError as error:
            draft.state, draft.failure = DraftState.FAILED, str(error)
        except Exception:
            log.exception("draft %s could not be read", draft.pk)
            draft.state, draft.failure = (
                DraftState.FAILED,
                _("Máy gặp lỗi khi đọc tệp này. Hãy lưu lại tệp rồi gửi lần nữa."),
            )
        with transaction.atomic():
            now = PlanDraft.objects.select_for_update().get(pk=draft.pk)
            if now.state != DraftState.WAITING or now.discarded_at:
                continue
            draft.save(update_fields=["document", "read", "review", "state", "failure"])
            record_act(
                "read_draft", by=":timetable", object_type="plan_draft", object_id=draft.pk, fields=[draft.state]
            )
        if draft.state == DraftState.FAILED and not _others_with(draft) and not is_attached(draft.sha256):
            drop_file(draft.sha256)
        done += 1
    return done


def _others_with(draft: PlanDraft) -> bool:
    """Does another draft rest on the same file?"""
    same = PlanDraft.objects.filter(sha256=draft.sha256).exclude(pk=draft.pk)
    return same.exclude(state=DraftState.FAILED).exists()


# --- one entry after the other ----------------------------------------------------------------------------------------------


@transaction.atomic
def accept_entry(draft: uuid.UUID, entry: str, *, version: int, by: Account, today: dt.date) -> Review:
    """The entry goes into the plan as it stands."""
    found, review = _open_draft(draft, by, today)
    here = _seen(review.entry(entry), version)
    _demand_fit(here.values, entry)
    return _decide(found, review, here, "accepted", verb="accept_entry", by=by)


@transaction.atomic
def reject_entry(draft: uuid.UUID, entry: str, *, version: int, by: Account, today: dt.date) -> Review:
    """The entry stays out of the plan; it can be taken back until the plan is adopted."""
    found, review = _open_draft(draft, by, today)
    return _decide(found, review, _seen(review.entry(entry), version), "rejected", verb="reject_entry", by=by)


@transaction.atomic
def correct_entry(draft: uuid.UUID, entry: str, *, values: Values, version: int, by: Account, today: dt.date) -> Review:
    found, review = _open_draft(draft, by, today)
    here = _seen(review.entry(entry), version)
    _demand_fit(values, entry)
    after = corrected(here, values)
    fields = changed_fields(here.values, values) or [after.state]
    return _keep(found, review.with_entry(after), "correct_entry", entry, fields, by)


@transaction.atomic
def add_entry(draft: uuid.UUID, *, values: Values, by: Account, today: dt.date) -> Entry:
    """Something the reader did not see."""
    found, review = _open_draft(draft, by, today)
    new = added(review, values)
    _demand_fit(values, new.id)
    fields = changed_fields(type(values)(), values)
    _keep(found, replace(review, entries=_in_place(review, new)), "add_entry", new.id, fields, by)
    return new


@transaction.atomic
def accept_sure_entries(draft: uuid.UUID, *, by: Account, today: dt.date) -> int:
    """Every entry that is still open and was read with certainty; how many. What somebody has touched meanwhile is left alone."""
    found, review = _open_draft(draft, by, today)
    sure = sure_entries(review)
    for entry in sure:
        review = review.with_entry(decided(entry, "accepted"))
        record_act(
            "accept_entry",
            by=by.actor,
            object_type="plan_draft",
            object_id=f"{found.pk}/{entry.id}",
            fields=["accepted"],
        )
    if sure:
        _save(found, review)
    return len(sure)


@transaction.atomic
def settle_finding(
    draft: uuid.UUID,
    point: str,
    *,
    state: PointState,
    chosen: int | None = None,
    reason: str = "",
    version: int,
    by: Account,
    today: dt.date,
) -> Review:
    """Leave a contradiction open, record a reading, or say that it is none. Whoever decides says why; nothing is chosen by itself."""
    found, review = _open_draft(draft, by, today)
    here = _seen(review.point(point), version)
    if state not in {"kept_open", "settled", "dismissed"}:
        raise BadInput(_("Hãy chọn một cách xử lý."))
    if state == "settled" and not (chosen is not None and 0 <= chosen < len(here.readings)):
        raise BadInput(_("Hãy chọn cách đọc mà cơ quan ghi nhận."))
    if state != "kept_open" and not reason.strip():
        raise BadInput(_("Hãy ghi lý do, để người sau hiểu vì sao chọn như vậy."))
    after = settled(here, state=state, chosen=chosen if state == "settled" else None, reason=reason)
    return _keep(found, review.with_point(after), "settle_finding", point, changed_fields(here, after), by)


# --- the plan -----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def describe_draft(draft: uuid.UUID, *, header: Header, version: int, by: Account, today: dt.date) -> Review:
    """Number, date, period, titles: what the document lacks is filled in. Kept even while something is missing."""
    found, review = _open_draft(draft, by, today)
    if review.header.version != version:
        raise Refused(_overtaken())
    after = replace(
        header, version=version, marks=review.header.marks, references=review.header.references,
        number_template=review.header.number_template, date_partial=review.header.date_partial,
    )  # fmt: skip
    fields = changed_fields(review.header, after)
    if not fields:
        return review
    after = replace(after, version=version + 1)
    return _keep(found, replace(review, header=after), "describe_draft", "header", fields, by)


@transaction.atomic
def adopt_draft(draft: uuid.UUID, *, by: Account, today: dt.date) -> Plan:
    """Everything accepted becomes a plan in force, through the same checks as a plan file. Refused as a whole while anything is amiss."""
    found, review = _open_draft(draft, by, today)
    if review.open:
        raise Refused(_("Còn %(n)s mục chưa xem. Hãy nhận, sửa hoặc bỏ từng mục trước.") % {"n": len(review.open)})
    if not any(entry.is_kept for entry in review.entries):
        raise Refused(_("Chưa nhận mục nào: kế hoạch sẽ trống."))
    faults = faults_in(review)
    if faults:
        raise BadInput("\n".join(fault_sentence(fault) for fault in faults))
    if is_key_taken(review.header.key):
        raise BadInput(_("Mã kế hoạch: mã này đã có kế hoạch khác dùng."))
    plan = adopt_plan(plan_file(review, unit=found.plan_unit.code), by=by.actor, today=today)
    found.adopted = plan
    found.save(update_fields=["adopted"])
    record_act("adopt_draft", by=by.actor, object_type="plan_draft", object_id=found.pk, fields=["adopted"])
    return plan


@transaction.atomic
def discard_draft(draft: uuid.UUID, *, by: Account, today: dt.date) -> None:
    """Put a draft away. It leaves the list; nothing of a plan in force changes."""
    found = _own_draft(draft, by, today)
    if found.adopted_id:
        raise Refused(_("Bản đọc này đã ban hành vào hệ thống nên không bỏ được."))
    found.discarded_at = clock.real_now()
    found.save(update_fields=["discarded_at"])
    record_act("discard_draft", by=by.actor, object_type="plan_draft", object_id=found.pk, fields=["discarded"])


# --- what all of them do --------------------------------------------------------------------------------------------------


def _own_draft(draft: uuid.UUID, by: Account, today: dt.date) -> PlanDraft:
    """The row, held until the transaction ends."""
    if not reviewable_drafts(by, on=today).filter(pk=draft).exists():
        raise UnknownName(_("Không có bản đọc này, hoặc bạn không được xem."))
    return PlanDraft.objects.select_for_update().get(pk=draft)


def _open_draft(draft: uuid.UUID, by: Account, today: dt.date) -> tuple[PlanDraft, Review]:
    found = _own_draft(draft, by, today)
    if found.adopted_id:
        raise Refused(_("Bản đọc này đã ban hành vào hệ thống nên không sửa được nữa."))
    if found.state != DraftState.READY:
        raise Refused(_("Văn bản này chưa đọc xong."))
    return found, review_of(found)


def _overtaken() -> str:
    return _("Có người khác vừa đổi mục này. Hãy xem giá trị mới rồi quyết định lại; phần bạn viết vẫn còn trên trang.")


def _seen(here: Thing | None, version: int) -> Thing:
    """The entry as the person saw it; another version means somebody decided in between."""
    if here is None:
        raise UnknownName(_("Bản đọc không có mục này."))
    if here.version != version:
        raise Refused(_overtaken())
    return here


def _demand_fit(values: Values, entry: str) -> None:
    faults = faults_of(values, where=entry)
    if faults:
        raise BadInput("\n".join(fault_sentence(fault) for fault in faults))


def _decide(draft: PlanDraft, review: Review, entry: Entry, state: EntryState, *, verb: str, by: Account) -> Review:
    after = decided(entry, state)
    return review if after is entry else _keep(draft, review.with_entry(after), verb, entry.id, [state], by)


def _in_place(review: Review, new: Entry) -> tuple[Entry, ...]:
    """Behind the last of its kind, so that kinds stay together."""
    order: dict[str, list[Entry]] = {"target": [], "task": [], "duty": []}
    for entry in (*review.entries, new):
        order[entry.values.kind].append(entry)
    return tuple(entry for entries in order.values() for entry in entries)


def _keep(draft: PlanDraft, review: Review, verb: str, what: str, fields: Iterable[str], by: Account) -> Review:
    _save(draft, review)
    record_act(verb, by=by.actor, object_type="plan_draft", object_id=f"{draft.pk}/{what}", fields=fields)
    return review


def _save(draft: PlanDraft, review: Review) -> None:
    data: dict[str, Any] = review_to_json(review)
    draft.review = data
    draft.version += 1
    draft.save(update_fields=["review", "version"])
