from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hocvuso.attachments.actions import add_attachment
from hocvuso.attachments.models import Attachment
from hocvuso.attachments.rules import Kind
from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.places.models import Place
from hocvuso.plans.models import Duty
from hocvuso.reports.actions.declared import carry_over, state_declared
from hocvuso.reports.actions.notices import tell
from hocvuso.reports.actions.shared import Paper, demand_draft, locked_life, name_in_audit
from hocvuso.reports.frozen import content_as_text, digest_of
from hocvuso.reports.life import LONGEST_REMARKS, WANTS_REMARKS, Act, State, may_follow
from hocvuso.reports.models import FrozenReport, Report, ReportStep
from hocvuso.reports.queries import demand_over, owed_report
from hocvuso.reports.queries.life import Life, content_of_edition, draft_content, life_of

MOST_LINES, LONGEST_LINE = 4, 90
LARGEST_NUMBER = 99_999


def submit_report(duty: Duty, *, place: Place, due: dt.date, version: int, by: str, today: dt.date) -> ReportStep:
    """Hand the report in to who signs: from here on it says what it says now. `version` is the one that was looked at."""
    demand_over(owed_report(duty, place, due=due), today=today)
    # Counting takes a while; the lock is only held to see that nothing was changed meanwhile.
    text = content_as_text(draft_content(duty, place, due=due, life=life_of(duty, place, due=due)))
    with transaction.atomic():
        report, life = locked_life(duty, place, due)
        demand_draft(life)
        if version != report.version:
            raise Refused(_("Có người vừa lưu thêm vào báo cáo này. Hãy tải lại trang, đọc lại rồi trình."))
        digest = digest_of(text)
        step = _take(report, life, Act.SUBMITTED, by=by, today=today, digest=digest)
        FrozenReport.objects.create(step=step, text=text, digest=digest)
        tell(step, place, by=by, today=today)
    return step


@transaction.atomic
def return_report(duty: Duty, *, place: Place, due: dt.date, remarks: str, by: str, today: dt.date) -> ReportStep:
    """Give it back to who wrote it, before it leaves the house. A number it had is spent."""
    report, life = locked_life(duty, place, due)
    step = _take(report, life, Act.RETURNED, by=by, today=today, remarks=remarks)
    tell(step, place, by=by, today=today)
    return step


@transaction.atomic
def sign_report(
    duty: Duty, *, place: Place, due: dt.date, signer: str, office: str, by: str, today: dt.date, paper: Paper | None = None
) -> ReportStep:  # fmt: skip
    """`office` goes from “TM.”, “KT.” … down to the signer's office, one a line. A signed PDF may come with it."""
    lines = [" ".join(line.split()) for line in office.splitlines() if line.strip()]
    signer = " ".join(signer.split())
    if not signer or len(signer) > 120 or not signer.isprintable():
        raise BadInput(_("Hãy ghi họ tên người ký."))
    if not 1 <= len(lines) <= MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        raise BadInput(_("Hãy ghi thẩm quyền, chức vụ người ký: từ 1 đến 4 dòng, mỗi dòng đến 90 ký tự."))
    report, life = locked_life(duty, place, due)
    handed_in = life.last(Act.SUBMITTED)
    step = _take(
        report, life, Act.SIGNED, by=by, today=today, signer=signer, office="\n".join(lines),
        digest=_unchanged(handed_in) if handed_in else "", attachment=_signed_file(paper, by),
    )  # fmt: skip
    tell(step, place, by=by, today=today)
    return step


@transaction.atomic
def number_report(
    duty: Duty, *, place: Place, due: dt.date, number: str, dated: dt.date, by: str, today: dt.date, paper: Paper | None = None
) -> ReportStep:  # fmt: skip
    """The records clerk's number and the day on the document. The symbol is the issuer's; a number is given once a year."""
    digits = number.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 8 or not 0 < int(digits) <= LARGEST_NUMBER:
        raise BadInput(_("Số của văn bản chỉ gồm chữ số, từ 1 đến 99999; ký hiệu đã có sẵn."))
    report, life = locked_life(duty, place, due)
    signed = life.last(Act.SIGNED)
    content = content_of_edition(life, life.edition)
    if signed and content and life.state is State.SIGNED:
        if not signed.on <= dated <= today:
            raise BadInput(
                _("Ngày của văn bản phải từ ngày ký (%(signed)s) đến hôm nay.") % {"signed": f"{signed.on:%d/%m/%Y}"}
            )
        _demand_free(content.issuer.agency_name, content.issuer.symbol, dated.year, int(digits))
    issuer, symbol = (content.issuer.agency_name, content.issuer.symbol) if content else ("", "")
    try:
        with transaction.atomic():
            step = _take(
                report, life, Act.NUMBERED, by=by, today=today, number=int(digits), dated=dated, year=dated.year, issuer=issuer,
                symbol=symbol, digest=signed.digest if signed else "", attachment=_signed_file(paper, by),
            )  # fmt: skip
    except IntegrityError:  # two reports of one issuer, at the same moment: each holds the lock of its own row only
        raise Refused(_taken(symbol, int(digits))) from None
    tell(step, place, by=by, today=today)
    return step


@transaction.atomic
def send_report(duty: Duty, *, place: Place, due: dt.date, by: str, today: dt.date) -> ReportStep:
    """It leaves the house: what it declares becomes a stated total, and where it arrives somebody is told."""
    report, life = locked_life(duty, place, due)
    handed_in = life.last(Act.SUBMITTED)
    step = _take(report, life, Act.SENT, by=by, today=today, digest=_unchanged(handed_in) if handed_in else "")
    sent = content_of_edition(life, life.edition)
    assert sent is not None  # the step was possible, so it was handed in
    state_declared(
        report, on=sent.span.last, by=by, today=today
    )  # its own days: a request that was taken back moves nothing
    tell(step, place, by=by, today=today)
    return step


@transaction.atomic
def accept_report(duty: Duty, *, place: Place, due: dt.date, by: str, today: dt.date, edition: int) -> ReportStep:
    """The level above accepts it. `edition` is the one that was looked at."""
    report, life = locked_life(duty, place, due)
    _demand_edition(life, edition)
    step = _take(report, life, Act.ACCEPTED, by=by, today=today)
    tell(step, place, by=by, today=today)
    return step


@transaction.atomic
def send_back_report(
    duty: Duty, *, place: Place, due: dt.date, remarks: str, by: str, today: dt.date, edition: int
) -> ReportStep:
    """The level above wants it completed: what was sent stays as it is, and the office makes the next edition."""
    report, life = locked_life(duty, place, due)
    _demand_edition(life, edition)
    step = _take(report, life, Act.SENT_BACK, by=by, today=today, remarks=remarks)
    tell(step, place, by=by, today=today)
    return step


@transaction.atomic
def replace_report(duty: Duty, *, place: Place, due: dt.date, by: str, today: dt.date, remarks: str = "") -> ReportStep:
    """Begin the next edition with the words and declared figures of this one, which stays readable as it was sent."""
    report, life = locked_life(duty, place, due)
    if life.state in (State.SENT, State.ACCEPTED) and not remarks.strip():
        raise BadInput(_("Hãy ghi vì sao phải thay báo cáo đã gửi."))
    step = _take(report, life, Act.REPLACED, by=by, today=today, remarks=remarks)
    carry_over(report, by=by)
    report.edition += 1
    report.version += 1
    report.updated_at = clock.real_now()
    report.save()
    return step


def _take(
    report: Report, life: Life, act: Act, *, by: str, today: dt.date, remarks: str = "", **more: Any
) -> ReportStep:
    """The step itself, if it may follow what was last done. The row's lock is held."""
    remarks = remarks.replace("\r\n", "\n").strip()
    if not may_follow(act, life.state):
        raise Refused(
            _("Bước này không làm được nữa: người khác vừa xử lý báo cáo. Hãy tải lại trang để xem tình trạng mới.")
        )
    if act in WANTS_REMARKS and not remarks:
        raise BadInput(_("Hãy ghi cần sửa hoặc bổ sung gì."))
    if len(remarks) > LONGEST_REMARKS:
        raise BadInput(_("Ý kiến dài quá %(most)s ký tự.") % {"most": LONGEST_REMARKS})
    step = ReportStep.objects.create(
        report=report, seq=len(life.steps) + 1, edition=life.edition, act=act, on=today, by=by, remarks=remarks,
        recorded_at=clock.real_now(), **more,
    )  # fmt: skip
    name = name_in_audit(report.duty, report.place, report.due)
    record_act(f"report_{act.value}", by=by, object_type="report", object_id=name, fields=[f"edition {life.edition}"])
    return step


def _unchanged(handed_in: ReportStep) -> str:
    """The digest of what was handed in, if the text still has it: nobody signs or sends what somebody altered in the database."""
    frozen = handed_in.frozen
    if not digest_of(frozen.text) == frozen.digest == handed_in.digest:
        raise Refused(_("Nội dung đã trình không còn nguyên vẹn. Hãy báo người quản trị kiểm tra nhật ký."))
    return handed_in.digest


def _demand_edition(life: Life, edition: int) -> None:
    if life.edition != edition:
        raise Refused(_("Nơi gửi đã làm bản khác thay bản này. Hãy tải lại trang để xem bản mới."))


def _demand_free(issuer: str, symbol: str, year: int, number: int) -> None:
    if ReportStep.objects.filter(act=Act.NUMBERED, issuer=issuer, symbol=symbol, year=year, number=number).exists():
        raise Refused(_taken(symbol, number))


def _taken(symbol: str, number: int) -> str:
    return _("Văn bản khác đã có số %(number)s/%(symbol)s; trong một năm mỗi số chỉ cấp một lần.") % {
        "number": f"{number:02d}",
        "symbol": symbol,
    }


def _signed_file(paper: Paper | None, by: str) -> Attachment | None:
    if paper is None:
        return None
    kept = add_attachment(paper.data, name=paper.name, by=by)
    if kept.kind != Kind.PDF:
        raise BadInput(_("Bản đã ký phải là tệp PDF."))
    return kept
