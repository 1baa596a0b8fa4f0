"""The forms of a draft: an entry's values, the header, the decision about a contradiction. A form gives frozen values back (`values()`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hocvuso.lib.text import sort_key
from hocvuso.measure.queries import metrics
from hocvuso.plans.drafts.queries import field_labels
from hocvuso.plans.drafts.review import DutyValues, Header, Point, Review, TargetValues, TaskValues, Values
from hocvuso.plans.drafts.steps import LONGEST
from hocvuso.plans.reader.model import Deadline
from hocvuso.web.office import draft_words as words
from hocvuso.web.shared.tags import titled

TOO_OLD = gettext_lazy(
    "Trang đã mở quá lâu nên chưa gửi được. Hãy quay lại, tải lại trang rồi gửi lần nữa. Chưa có gì thay đổi."
)
MOST_PLACES = 6  # digits behind the comma


class Amount(forms.CharField):
    """A number as Vietnam writes it: 85, 85,5, 5.000. A point before three digits parts thousands."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **more)

    def prepare_value(self, value: Any) -> Any:
        return words.amount(value) if isinstance(value, float | int) else value

    def clean(self, value: Any) -> float | None:
        text = re.sub(r"[\s\u00a0%]", "", super().clean(value))
        if not text:
            return None
        if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+(,\d+)?", text):
            text = text.replace(".", "").replace(",", ".")
        elif not re.fullmatch(r"\d+\.\d+", text):
            raise forms.ValidationError(_("Hãy ghi một số, ví dụ 85 hoặc 85,5 hoặc 5.000."))
        return round(float(text), MOST_PLACES)


OWN_WORDS = {
    "title", "detail", "unit", "horizon", "clause", "leads", "coordinators", "implementers", "directing_body", "result", "who", "to",
    "due_rule", "due_text", "channel", "short_title", "issuer", "lead_agency", "signer", "reason",
}  # fmt: skip


class SelectOfTitles(forms.Select):
    """Its options are titles in the document's language, but the empty one."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["lang"] = "vi"
        return option


class Names(forms.CharField):
    """Offices, one a line: their names may hold commas."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext_lazy("Mỗi dòng một cơ quan."), **more,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(line.strip() for line in super().clean(value).splitlines() if line.strip())


def _choice(choices: words.Choices, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(choices.items()), required="" not in choices, **more)


def _text(name: str, *, required: bool = False, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(max_length=LONGEST.get(name, 300), required=required, widget=widget)


def _day() -> forms.DateField:
    """A day in words, not in a browser's calendar: on an English system that would show the month first."""
    return forms.DateField(
        required=False,
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"inputmode": "numeric", "class": "medium"}, format="%d/%m/%Y"),
        help_text=gettext_lazy("Ngày/tháng/năm, ví dụ 25/10/2025."),
        error_messages={"invalid": gettext_lazy("Hãy ghi ngày/tháng/năm, ví dụ 25/10/2025.")},
    )


def _yes() -> forms.BooleanField:
    return forms.BooleanField(required=False)


class _Form(forms.Form):
    version = forms.IntegerField(
        min_value=0, widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), TOO_OLD),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = field_labels()
        for name, field in self.fields.items():
            if name in labels and field.label is None:
                field.label = labels[name]
            if name in OWN_WORDS:  # the document's own language, whatever the reader's is
                field.widget.attrs["lang"] = "vi"

    def knows(self, version: int) -> None:
        """The page that comes back has seen the newer version: saving once more, with both values in sight, is meant."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.data = data


class _Dated(_Form):
    """With a deadline of five parts; in the values it is one."""

    due = _day()
    before = forms.BooleanField(required=False, label=gettext_lazy("Phải xong trước ngày này (“trước ngày …”)"))
    precision = _choice(words.PRECISIONS, label=gettext_lazy("Ngày này là cuối của"))
    start = _day()
    recurring = forms.BooleanField(required=False, label=gettext_lazy("Làm thường xuyên, không có hạn cuối"))
    relative = forms.BooleanField(required=False, label=gettext_lazy("Hạn tính theo một việc khác (“sau khi …”)"))
    due_text = forms.CharField(max_length=200, required=False)

    def deadline(self) -> Deadline:
        said = self.cleaned_data
        return Deadline(
            due=said["due"], precision=said["precision"], before=said["before"], start=said["start"],
            recurring=said["recurring"], relative=said["relative"], text=said["due_text"],
        )  # fmt: skip


DEADLINE = ("due", "before", "precision", "start", "recurring", "relative", "due_text")


class TargetForm(_Dated):
    kind = "target"
    values_class = TargetValues
    field_order = (
        "title",
        "value",
        "unit",
        "comparator",
        "aspirational",
        "group",
        "metric",
        "level",
        "scope",
        *DEADLINE,
    )

    title = _text("title", required=True, rows=3)
    value = Amount(required=True)
    unit = forms.CharField(max_length=40, help_text=gettext_lazy("Ví dụ: %, người, hộ, lớp."))
    comparator = _choice(words.COMPARATORS)
    aspirational = forms.BooleanField(required=False, label=gettext_lazy("Văn bản viết “phấn đấu”"))
    group = _choice(words.GROUPS)
    metric = forms.ChoiceField(
        required=False, help_text=gettext_lazy("Hệ thống sẽ đếm theo thước đo này. Chọn sai thì số liệu sai.")
    )
    level = _choice(words.LEVELS)
    scope = _choice(words.SCOPES)
    horizon = _text("horizon")
    clause = _text("clause")
    leads = Names()
    coordinators = Names()
    implementers = Names()
    directing_body = _text("directing_body")
    task = forms.ChoiceField(required=False, widget=SelectOfTitles)
    repeats = forms.ChoiceField(
        required=False,
        widget=SelectOfTitles,
        help_text=gettext_lazy("Chọn khi câu này chỉ nói lại một chỉ tiêu đã có, để không tính hai lần."),
    )

    def __init__(self, *args: Any, review: Review, entry: str = "", proposed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("metric", metric_choices(proposed))
        self._offer("task", _entry_choices(review, "task", but="", none=_("không nằm trong nhiệm vụ nào")))
        self._offer("repeats", _entry_choices(review, "target", but=entry, none=_("không nhắc lại chỉ tiêu nào")))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class TaskForm(_Dated):
    kind = "task"
    values_class = TaskValues
    field_order = ("title", "detail", "leads", "coordinators", "directing_body", *DEADLINE)

    title = _text("title", required=True, rows=3)
    detail = forms.CharField(max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    leads = Names()
    coordinators = Names()
    directing_body = forms.CharField(max_length=160, required=False)
    result = _text("result")
    borne_by = forms.ChoiceField(
        choices=[(key, name) for key, name in words.BEARERS.items() if key != "lead_agency"],
        help_text=gettext_lazy("Nhiệm vụ sẽ hiện ở danh sách việc của những nơi này."),
    )
    clause = _text("clause")
    assigned = _yes()

    def __init__(self, *args: Any, review: Review, entry: str = "", proposed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class DutyForm(_Form):
    kind = "duty"
    values_class = DutyValues

    title = _text("title", required=True)
    frequency = _choice(words.FREQUENCIES)
    who = _text("who", required=True)
    to = _text("to", required=True)
    due_rule = _text("due_rule")
    weekday = forms.ChoiceField(
        choices=list(words.WEEKDAYS.items()), required=False, help_text=gettext_lazy("Cần có khi báo cáo hằng tuần.")
    )
    due = _day()
    channel = _text("channel")
    borne_by = forms.ChoiceField(
        choices=[(key, name) for key, name in words.BEARERS.items() if key not in {"schools", "enterprises"}],
        help_text=gettext_lazy("Báo cáo sẽ hiện ở danh sách của những nơi này."),
    )
    clause = _text("clause")

    def __init__(self, *args: Any, review: Review, entry: str = "", proposed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


EntryForm = TargetForm | TaskForm | DutyForm
FORMS: Mapping[str, type[TargetForm] | type[TaskForm] | type[DutyForm]] = {
    form.kind: form for form in (TargetForm, TaskForm, DutyForm)
}


def initial_of(values: Values) -> dict[str, Any]:
    """What the form of these values shows at first."""
    flat = {one.name: getattr(values, one.name) for one in fields(values)}
    at = flat.pop("deadline", None)
    if at is not None:
        flat |= {name: getattr(at, name) for name in DEADLINE if name != "due_text"} | {"due_text": at.text}
    return flat


def values_of(form: EntryForm, before: Values | None = None) -> Values:
    """The values a valid form holds; what the form does not ask for stays as it was."""
    given: dict[str, Any] = {one.name: getattr(before, one.name) for one in fields(before)} if before else {}
    given |= {name: value for name, value in form.cleaned_data.items() if name not in {"version", *DEADLINE}}
    if isinstance(form, _Dated):
        given["deadline"] = form.deadline()
    else:
        given["due"] = form.cleaned_data["due"]
        given["weekday"] = int(form.cleaned_data["weekday"]) if form.cleaned_data["weekday"] else None
    return form.values_class(**given)


def metric_choices(proposed: str) -> list[tuple[str, str]]:
    """The proposal first, then “none fits”, then the whole catalogue by its titles."""
    known = metrics().by_key
    rest = sorted(
        ((key, titled(one)) for key, one in known.items() if key != proposed), key=lambda one: sort_key(one[1])
    )
    first = [(proposed, _("%(title)s (máy đề xuất)") % {"title": titled(known[proposed])})] if proposed in known else []
    return [*first, ("", _("không có thước đo phù hợp")), *rest]


def _entry_choices(review: Review, kind: str, *, but: str, none: str) -> list[tuple[str, str]]:
    kept = [one for one in review.of_kind(kind) if one.id != but and one.state != "rejected"]
    kept = [one for one in kept if not (isinstance(one.values, TargetValues) and one.values.repeats)]
    return [("", none), *((one.id, f"{one.number} · {one.values.title[:90]}") for one in kept)]


class HeaderForm(_Form):
    """What the plan says of itself. Everything is kept as far as it is filled in; adopting asks for what is missing."""

    title = forms.CharField(
        max_length=300, required=False, label=gettext_lazy("Tên kế hoạch"), widget=forms.Textarea(attrs={"rows": 3})
    )
    short_title = forms.CharField(
        max_length=120,
        required=False,
        help_text=gettext_lazy("Tên hiện trên các trang, ví dụ: Đắk Lắk, kỹ năng số 2026."),
    )
    issuer = forms.CharField(max_length=200, required=False)
    issuing_system = _choice(words.SYSTEMS)
    number = forms.CharField(max_length=60, required=False, help_text=gettext_lazy("Để trống khi văn bản chưa cấp số."))
    date = _day()
    period_start = _day()
    period_end = _day()
    lead_agency = forms.CharField(max_length=160, required=False)
    signer = forms.CharField(max_length=160, required=False)
    parents = forms.CharField(
        max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Số, ký hiệu của kế hoạch cấp trên, mỗi dòng một số."),
    )  # fmt: skip
    key = forms.CharField(
        max_length=80, required=False,
        help_text=gettext_lazy("Đứng trong địa chỉ trang; chỉ gồm chữ thường không dấu, số, gạch nối. Ví dụ: ke-hoach-2026."),
    )  # fmt: skip

    def header(self) -> Header:
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "parents"}}
        lines = tuple(line.strip() for line in self.cleaned_data["parents"].splitlines() if line.strip())
        return Header(**said, parents=lines)


def header_initial(header: Header) -> dict[str, Any]:
    flat = {name: getattr(header, name) for name in HeaderForm.base_fields}
    return {**flat, "parents": "\n".join(header.parents)}


class PointForm(_Form):
    """Leave it open, record one of the readings, or say that it is no contradiction."""

    decision = forms.ChoiceField(widget=forms.RadioSelect, label=gettext_lazy("Cơ quan xử lý thế nào?"))
    reason = forms.CharField(
        max_length=1000, required=False, label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Bắt buộc, trừ khi để ngỏ."),
    )  # fmt: skip

    def __init__(self, *args: Any, point: Point, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)
        readings = [
            (f"settled:{n}", _("Ghi nhận cách đọc %(n)s: %(says)s") % {"n": n + 1, "says": reading.says})
            for n, reading in enumerate(point.readings)
        ]
        self.offered = [
            ("kept_open", _("Để ngỏ: giữ mọi cách đọc trong kế hoạch, chờ nơi ban hành làm rõ")),
            *readings,
            ("dismissed", _("Không phải mâu thuẫn: máy nhận nhầm")),
        ]
        field.choices = self.offered
