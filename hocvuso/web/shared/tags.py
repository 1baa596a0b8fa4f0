"""Template tags and filters: numbers and days as Vietnam writes them, words for rungs, grades and lights."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hocvuso.credentials.models import Certificate
from hocvuso.credentials.queries import certification_rules
from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import Grade
from hocvuso.lib.text import share_as_written, vn_number, vn_percent
from hocvuso.measure.queries import Standing
from hocvuso.measure.rules import Figure
from hocvuso.places.models import Place, Unit
from hocvuso.plans.carry import Difference
from hocvuso.tasks.models import Alert
from hocvuso.tasks.queries import TaskHere, task_rules
from hocvuso.tasks.rules import Tell

register = template.Library()


@register.filter
def number(value: float | int | str | None, digits: int = 0) -> str:
    """12345 → "12.345" (in English "12,345"); nothing → "—". A template gives "" for what is not there."""
    if value is None or isinstance(value, str):
        return "—"
    return f"{value:,.{digits}f}" if get_language() == "en" else vn_number(value, digits)


@register.filter
def percent(value: float | str | None) -> str:
    if value is None or isinstance(value, str):
        return "—"
    return f"{share_as_written(value):.1f}%".replace(".0%", "%") if get_language() == "en" else vn_percent(value)


@register.filter(expects_localtime=True)
def day(value: dt.date | None) -> str:
    if value is None:
        return "—"
    return value.strftime("%d/%m/%Y")


@register.filter(expects_localtime=True)
def weekday(value: dt.date) -> str:
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
    return names[value.weekday()]


@register.filter
def days_left(value: int | None) -> str:
    """ "còn 8 ngày", "hạn hôm nay", "quá hạn 3 ngày"."""
    if value is None:
        return _("không ghi hạn")
    if value == 0:
        return _("hạn hôm nay")
    if value > 0:
        return ngettext("còn %(n)s ngày", "còn %(n)s ngày", value) % {"n": value}
    return ngettext("quá hạn %(n)s ngày", "quá hạn %(n)s ngày", -value) % {"n": -value}


@register.filter
def rung(key: str) -> str:
    return {
        "reached": _("được tiếp cận"),
        "guided": _("được hướng dẫn"),
        "learned": _("đã học"),
        "assessed": _("đạt đánh giá"),
        "certified": _("đạt chuẩn do hệ thống cấp"),
        "confirmed": _("được xác nhận trên VNeID"),
        "using": _("có sử dụng"),
        "act": _("việc đã thực hiện"),
    }.get(key, key)


@register.filter
def grade(key: str) -> str:
    return {
        "proven": _("có minh chứng"),
        "imported": _("nhập từ hệ thống khác"),
        "declared": _("đơn vị tự báo cáo"),
    }.get(key, key)


@register.filter
def level(key: str) -> str:
    return {"usable": _("mức sử dụng được"), "proficient": _("mức sử dụng tốt")}.get(key, "")


@register.filter
def light_word(key: str) -> str:
    return {
        "reached": _("Đã đạt"),
        "on_track": _("Đúng tiến độ"),
        "at_risk": _("Có nguy cơ chậm"),
        "behind": _("Chậm tiến độ"),
        "missed": _("Quá hạn, chưa đạt"),
        "not_due": _("Chưa đến kỳ"),
        "no_deadline": _("Không chấm tiến độ"),
        "not_measured": _("Chưa đo được"),
    }.get(key, key)


@register.filter
def task_state(key: str) -> str:
    return {
        "not_started": _("chưa thực hiện"),
        "under_way": _("đang thực hiện"),
        "done": _("đã hoàn thành"),
        "confirmed": _("đã được xác nhận"),
        "returned": _("trả lại để bổ sung"),
    }.get(key, key)


@register.filter
def told_whom(alert: Alert) -> str:
    """What a reminder or an escalation was, and who heard of it."""
    if alert.stage < 0:
        return ngettext("nhắc trước hạn %(n)s ngày", "nhắc trước hạn %(n)s ngày", -alert.stage) % {"n": -alert.stage}
    return {
        Tell.PLACE: _("báo người phụ trách và nơi thực hiện"),
        Tell.LEAD: _("báo cơ quan chủ trì"),
        Tell.STEERING: _("báo nơi chỉ đạo và Ban Chỉ đạo"),
    }[task_rules().tell(alert.stage)]


@register.filter
def named(names: dict[str, str], actor: str) -> str:
    """Who wrote a row: an account by its name, a program as such."""
    return names.get(actor) or _("hệ thống")


@register.filter
def document_name(key: str) -> str:
    """A sort of document that can show a task is done, in the reader's language."""
    found = task_rules().document(key)
    return titled(found) if found else key


@register.filter
def relation(key: str) -> str:
    """How a plan's target or task stands to the one of the plan above."""
    return {
        "carried": _("giữ nguyên"),
        "stronger": _("yêu cầu cao hơn"),
        "weaker": _("yêu cầu thấp hơn"),
        "mixed": _("có điểm cao hơn, có điểm thấp hơn"),
        "not_comparable": _("không so sánh trực tiếp được"),
        "missing": _("chưa có"),
    }.get(key, key)


@register.filter
def task_relation(key: str) -> str:
    return {
        "carried": _("đã có"),
        "stronger": _("hạn sớm hơn"),
        "weaker": _("hạn muộn hơn"),
        "missing": _("chưa có"),
    }.get(key, key)


@register.filter
def relation_tag(key: str) -> str:
    """The look of the word; the word itself says the same."""
    return {"missing": "bad", "weaker": "warn", "mixed": "warn", "carried": "ok", "stronger": "ok"}.get(key, "")


@register.filter
def point(difference: Difference) -> str:
    weaker, stronger = {
        "value": (_("mức thấp hơn"), _("mức cao hơn")),
        "deadline": (_("hạn muộn hơn hoặc không ghi hạn"), _("hạn sớm hơn")),
        "group": (_("đối tượng hẹp hơn"), _("đối tượng rộng hơn")),
        "level": (_("mức kỹ năng thấp hơn"), _("mức kỹ năng cao hơn")),
        "verbs": (_("bớt yêu cầu"), _("thêm yêu cầu")),
        "firmness": (_("chỉ là phấn đấu"), _("không chỉ là phấn đấu")),
    }[difference.point]
    return weaker if difference.is_weaker else stronger


@register.filter
def comparator(key: str) -> str:
    return {"=": "", ">": _("trên"), ">=": _("ít nhất"), "<": _("dưới"), "<=": _("không quá")}.get(key, key)


@register.filter
def source_name(keys: str) -> str:
    """ "mo-phong vnnic" → the sources' names."""
    known = catalogue().sources
    english = get_language() == "en"
    names = [(known[key].title_en if english else known[key].title) if key in known else key for key in keys.split()]
    return "; ".join(names)


@register.filter
def titled(thing: Any) -> str:
    """A metric's, kind's or funnel's title in the reader's language."""
    return str(thing.title_en if get_language() == "en" else thing.title)


@register.filter
def kind_name(key: str) -> str:
    kind = catalogue().kinds.get(key)
    return titled(kind) if kind else key


@register.filter
def skill_name(key: str) -> str:
    skill = catalogue().skills.get(key)
    return titled(skill) if skill else key


@register.filter
def place_key(place: Place) -> str:
    """How an address names a place: "24133" for a unit, "o:66-so-khcn" for an organisation."""
    return place.code if isinstance(place, Unit) else f"o:{place.code}"


@register.filter
def share_of(part: float | int | None, whole: float | int | None) -> float:
    """Part of whole in percent, between 0 and 100: for drawing, never for reading."""
    if not part or not whole:
        return 0.0
    return round(min(100.0, 100.0 * part / whole), 2)


@register.filter
def clause(text: str) -> str:
    """Where a number stands in the document. It is the document's own language: mark it `lang="vi"`."""
    return text.replace("(dash)", "(gạch đầu dòng)").replace("closing paragraph", "đoạn kết")


@register.filter
def group_name(key: str) -> str:
    """The words for a group of the population, in the reader's language."""
    return {
        "residents": _("người dân"),
        "adults": _("người trưởng thành"),
        "residents_15": _("người từ 15 tuổi"),
        "residents_16": _("công dân từ 16 tuổi"),
        "smartphone": _("người dùng điện thoại thông minh"),
        "households": _("hộ gia đình"),
        "businesses": _("hộ kinh doanh"),
        "officials": _("cán bộ, công chức, viên chức"),
        "staff": _("người lao động trong cơ quan nhà nước"),
        "pupils": _("học sinh tiểu học"),
        "students": _("học sinh trung học, sinh viên"),
        "workers": _("người lao động trong doanh nghiệp, hợp tác xã"),
    }.get(key, key)


@register.filter
def role_name(name: str) -> str:
    """A role's label, in the reader's language."""
    return {
        "thành viên Ban Chỉ đạo": _("thành viên Ban Chỉ đạo"),
        "cán bộ thường trực cấp tỉnh": _("cán bộ thường trực cấp tỉnh"),
        "cán bộ sở, ban, ngành": _("cán bộ sở, ban, ngành"),
        "cán bộ cấp xã": _("cán bộ cấp xã"),
        "lãnh đạo ký": _("lãnh đạo ký"),
        "văn thư": _("văn thư"),
        "đầu mối đơn vị": _("đầu mối đơn vị"),
        "quản trị tài khoản": _("quản trị tài khoản"),
    }.get(name, name)


@register.filter
def right_name(key: str) -> str:
    return {
        "sign_in": _("đăng nhập vào trang điều hành"),
        "figures": _("xem số liệu, nhiệm vụ của nơi này và các nơi bên trong"),
        "people": _("xem tên những người của chính nơi này"),
        "targets": _("chia chỉ tiêu của nơi này cho các nơi bên trong"),
        "tasks": _(
            "ghi tiến độ, chia bước, cử người phụ trách nhiệm vụ của nơi này; xác nhận kết quả của nơi mình chỉ đạo"
        ),
        "answer_concerns": _("trả lời khó khăn, kiến nghị gửi đến nơi này, chuyển tiếp, gộp ý kiến giống nhau"),
        "reports": _("xem và tải báo cáo"),
        "write_reports": _("viết báo cáo, trình lãnh đạo, thay báo cáo đã gửi"),
        "sign_reports": _("ký báo cáo hoặc trả lại người viết"),
        "number_reports": _("cấp số, ngày và gửi báo cáo"),
        "receive_reports": _("tiếp nhận báo cáo gửi đến nơi này hoặc trả lại để bổ sung"),
        "imports": _("nhập số của hệ thống khác cho nơi này và các nơi bên trong"),
        "plans": _("đọc kế hoạch từ văn bản của nơi này, xem lại và ban hành vào hệ thống"),
        "oversee": _("xem kinh phí, đóng góp và kiểm tra của nơi này và các nơi bên trong"),
        "means": _("ghi kinh phí, đóng góp, tình trạng sóng của nơi này"),
        "inspect": _("mở cuộc kiểm tra các nơi bên trong, ghi nhận xét"),
        "accounts": _("mở tài khoản, giao vai trò"),
    }.get(key, key)


@register.filter
def proven_share(figure: Figure) -> float | None:
    return figure.share(Grade.PROVEN)


@register.filter
def down(y: float, height: int) -> float:
    """A height of 0–100 as a drawing's y, which grows downwards: 0 → `height`, 100 → 0."""
    return round(height * (100.0 - y) / 100.0, 2)


@register.filter
def light_class(key: str) -> str:
    """The stylesheet knows six looks; the word beside them tells the rest."""
    return {
        "reached": "reached",
        "on_track": "on-track",
        "at_risk": "at-risk",
        "behind": "late",
        "missed": "late",
        "not_due": "not-due",
    }.get(key, "not-measured")


@register.filter
def result_of(certificate: Certificate) -> str:
    """What somebody was certified in, in the reader's language while its rule still says the same; else as it was said then."""
    rule = next((rule for rule in certification_rules() if rule.key == certificate.rule), None)
    if rule and rule.title == certificate.title and get_language() == "en":
        return rule.title_en
    return certificate.title


@register.filter
def revocation_reason(key: str) -> str:
    return {
        "mistake": _("cấp nhầm"),
        "details": _("ghi sai thông tin"),
        "result": _("kết quả đánh giá không còn giá trị"),
        "asked": _("người được cấp đề nghị"),
    }.get(key, key)


@register.filter
def delivery_state(key: str) -> str:
    """How far a result is on its way to VNeID."""
    return {
        "waiting": _("chờ gửi"), "sent": _("đã gửi, chưa có trả lời"), "confirmed": _("VNeID đã xác nhận"),
        "refused": _("VNeID từ chối"), "dead": _("không gửi được"),
    }[key]  # fmt: skip


@register.filter
def task_tag(here: TaskHere) -> str:
    if here.is_late:
        return "bad"
    if here.is_done:
        return "ok"
    if here.state == "returned":
        return "warn"
    return "info" if here.state == "under_way" or (here.below and here.below.under_way) else ""


@dataclass(frozen=True, slots=True)
class Bar:
    grade: str
    width: float


@dataclass(frozen=True, slots=True)
class Bullet:
    """Widths in percent of the track, for drawing only. The track is everybody asked for, or the goal where a count is promised."""

    bars: list[Bar]
    goal: float | None
    label: str
    late_text: bool


@register.filter
def bars(row: Standing) -> Bullet | None:
    """The three grades of a standing on one track, with the goal's mark."""
    figure = row.figure
    if figure is None or row.goal is None or row.measure == "units":
        return None
    whole = (
        (figure.population.count if figure.population else 0)
        if row.measure == "%"
        else max(row.goal, figure.headline or 0)
    )
    if not whole:
        return None
    drawn = [Bar(grade, share_of(count, whole)) for grade in Grade if (count := figure.count(grade)) is not None]
    mark = min(99.0, round(row.goal if row.measure == "%" else 100 * row.goal / whole, 1))
    label = percent(row.goal) if row.measure == "%" else number(row.goal)
    return Bullet(drawn, mark, label, mark > 85) if drawn else None


@register.filter
def absolute(value: int) -> int:
    return abs(value)


@register.filter
def part_name(key: str, dimension: str) -> str:
    """The words for one part of a breakdown, or for what it is broken down by."""
    words: dict[str, dict[str, str]] = {
        "dimension": {
            "group": _("nhóm"), "sex": _("giới tính"), "age": _("nhóm tuổi"), "area": _("loại xã"), "org": _("cơ quan, đơn vị"),
        },
        "sex": {"f": _("nữ"), "m": _("nam"), "": _("chưa ghi")},
        "age": {
            "0-14": _("dưới 15 tuổi"), "15": _("15 tuổi"), "16-17": _("16–17 tuổi"), "18-59": _("18–59 tuổi"), "60+": _("từ 60 tuổi"),
            "": _("chưa ghi năm sinh"),
        },
        "area": {"xã": _("các xã"), "phường": _("các phường"), "đặc khu": _("các đặc khu"), "": _("chưa rõ")},
        "kind": {
            "agency": _("cơ quan, đơn vị"), "school": _("cơ sở giáo dục"), "enterprise": _("doanh nghiệp"), "cooperative": _("hợp tác xã"),
        },
    }  # fmt: skip
    if dimension == "group":
        return group_name(key) if key else _("người dân khác")
    return words.get(dimension, {}).get(key, key)


@register.filter
def verdict_word(key: str) -> str:
    return {
        "open": _("đang rà soát"),
        "explained": _("đã giải trình"),
        "corrected": _("đã chỉnh sửa"),
    }.get(key, key)


@register.filter
def severity_word(level: int) -> str:
    return {1: _("nhẹ"), 2: _("vừa"), 3: _("nặng")}.get(int(level), "")


@register.filter
def cell(value: float | int | None, is_share: bool) -> str:
    """A number of a drawing or a table that is sometimes percent and sometimes a count."""
    return percent(value) if is_share else number(value)


@register.filter
def mark_class(entries: tuple[str, ...]) -> str:
    """The looks of a marked run of text: of what kind the first entry is ("c1" is a target)."""
    return {"c": "of-target", "n": "of-task", "b": "of-duty", "d": "of-point"}.get(
        entries[0][:1] if entries else "", ""
    )


@register.filter
def entry_state(state: str) -> str:
    """What somebody decided about an entry of a draft."""
    return {
        "open": _("chưa xem"),
        "accepted": _("đã nhận"),
        "corrected": _("đã sửa"),
        "added": _("đã thêm"),
        "rejected": _("đã bỏ"),
    }.get(state, state)


@register.filter
def point_state(state: str) -> str:
    """What somebody decided about a contradiction of a draft."""
    return {
        "open": _("chưa xem"),
        "kept_open": _("để ngỏ"),
        "settled": _("đã ghi nhận cách đọc"),
        "dismissed": _("không phải mâu thuẫn"),
    }.get(state, state)
