"""The forms of a report's page: its words, and one for each step that wants to know something."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hocvuso.reports.actions import Paper
from hocvuso.reports.life import LONGEST_REMARKS, Act, State
from hocvuso.web.shared.uploads import PlainFileField

TOO_OLD = _("Trang đã mở quá lâu nên chưa gửi được. Hãy quay lại, tải lại trang rồi gửi lần nữa. Chưa có gì thay đổi.")


def _box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _section(label: Any) -> forms.CharField:
    return forms.CharField(max_length=8000, required=False, widget=_box(5), label=label)


class WordsForm(forms.Form):
    """What a machine cannot know. `version` guards against two people writing over each other."""

    steering = _section(_("Công tác chỉ đạo, điều hành"))
    practices = _section(_("Mô hình, cách làm hay"))
    difficulties = _section(_("Khó khăn, vướng mắc, nguyên nhân"))
    next_steps = _section(_("Nhiệm vụ kỳ tới"))
    proposals = _section(_("Kiến nghị, đề xuất"))
    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), TOO_OLD),
    )


def paper_of(form: forms.Form) -> Paper | None:
    file = form.cleaned_data.get("file")
    return Paper(file.read(), file.name or "") if file else None


class SignForm(forms.Form):
    signer = forms.CharField(
        max_length=120, label=_("Họ tên người ký"), error_messages={"required": _("Hãy ghi họ tên người ký.")}
    )
    office = forms.CharField(
        max_length=400, widget=_box(3), label=_("Thẩm quyền, chức vụ"),
        help_text=_("Mỗi dòng một ý, như trên văn bản: TM. ỦY BAN NHÂN DÂN, rồi CHỦ TỊCH."),
        error_messages={"required": _("Hãy ghi thẩm quyền, chức vụ người ký.")},
    )  # fmt: skip
    file = PlainFileField(
        required=False, label=_("Bản đã ký (PDF), nếu có"), help_text=_("Tệp PDF đến 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf"}), error_messages={"empty": _("Tệp này trống.")},
    )  # fmt: skip


class NumberForm(forms.Form):
    number = forms.CharField(
        max_length=12, label=_("Số của văn bản"), widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Hãy ghi số của văn bản.")},
    )  # fmt: skip
    dated = forms.DateField(
        label=_("Ngày của văn bản"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages=dict.fromkeys(("required", "invalid"), _("Hãy ghi ngày của văn bản.")),
    )  # fmt: skip
    file = PlainFileField(
        required=False, label=_("Bản đã ký, đóng dấu (PDF), nếu có"), help_text=_("Tệp PDF đến 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf"}), error_messages={"empty": _("Tệp này trống.")},
    )  # fmt: skip


class PlainForm(forms.Form):
    """A step that asks nothing."""


class _RemarksForm(forms.Form):
    remarks = forms.CharField(max_length=LONGEST_REMARKS, widget=_box(3))


class ReturnForm(_RemarksForm):
    remarks = forms.CharField(
        max_length=LONGEST_REMARKS, widget=_box(3), label=_("Cần sửa gì"),
        error_messages={"required": _("Hãy ghi cần sửa hoặc bổ sung gì.")},
    )  # fmt: skip


class SendBackForm(_RemarksForm):
    remarks = forms.CharField(
        max_length=LONGEST_REMARKS, widget=_box(3), label=_("Cần bổ sung gì"),
        error_messages={"required": _("Hãy ghi cần sửa hoặc bổ sung gì.")},
    )  # fmt: skip
    edition = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), TOO_OLD),
    )


class AcceptForm(forms.Form):
    edition = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), TOO_OLD),
    )


class ReplaceForm(_RemarksForm):
    remarks = forms.CharField(max_length=LONGEST_REMARKS, required=False, widget=_box(2), label=_("Vì sao phải thay"))


class DeclareForm(forms.Form):
    line = forms.ChoiceField(
        label=_("Chỉ tiêu"), widget=forms.Select(attrs={"lang": "vi"}),  # titles of targets are the plan's own words
        error_messages={"required": _("Hãy chọn chỉ tiêu.")},
    )  # fmt: skip
    count = forms.IntegerField(
        min_value=0, label=_("Số của đơn vị (lũy kế đến hết kỳ)"), widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), _("Hãy ghi một số nguyên, chỉ gồm chữ số.")),
    )  # fmt: skip
    reason = forms.CharField(
        max_length=500, widget=_box(3), label=_("Lý do khác với số trong hệ thống"),
        error_messages={"required": _("Hãy ghi lý do số này khác với số trong hệ thống.")},
    )  # fmt: skip
    document = forms.CharField(
        max_length=160, label=_("Số, ngày của văn bản"), help_text=_("Ví dụ: 12/DS-UBND, 16/10/2025."),
        error_messages={"required": _("Hãy ghi số, ngày của văn bản kèm theo.")},
    )  # fmt: skip
    file = PlainFileField(
        label=_("Tệp văn bản"), help_text=_("PDF, Word, Excel hoặc ảnh, đến 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"}),
        error_messages={"required": _("Hãy chọn tệp của văn bản."), "empty": _("Tệp này trống.")},
    )  # fmt: skip

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ""), *lines]


_FORMS: dict[Act, type[forms.Form]] = {
    Act.RETURNED: ReturnForm,
    Act.SIGNED: SignForm,
    Act.NUMBERED: NumberForm,
    Act.SENT: PlainForm,
    Act.ACCEPTED: AcceptForm,
    Act.SENT_BACK: SendBackForm,
    Act.REPLACED: ReplaceForm,
}


def form_of(act: Act, state: State) -> type[forms.Form] | None:
    """What a step asks for; None for handing in, which belongs to the words. What was sent back needs no other reason."""
    if act is Act.REPLACED and state is State.SENT_BACK:
        return PlainForm
    return _FORMS.get(act)


# The word in the route of each step.
WORDS_OF_ADDRESS = {
    "tra-lai": Act.RETURNED, "ky": Act.SIGNED, "cap-so": Act.NUMBERED, "gui": Act.SENT, "tiep-nhan": Act.ACCEPTED,
    "tra-bo-sung": Act.SENT_BACK, "thay-the": Act.REPLACED,
}  # fmt: skip
