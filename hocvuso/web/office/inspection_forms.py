"""Forms of an inspection: opening a round, what was found, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hocvuso.inspection.rules import Kind, State
from hocvuso.places.models import Place
from hocvuso.web.shared.tags import place_key
from hocvuso.web.shared.uploads import PlainFileField

DAY = {"type": "date"}


class RoundForm(forms.Form):
    title = forms.CharField(label=_("Tên cuộc kiểm tra"), max_length=200)
    document = forms.CharField(label=_("Số, ngày của quyết định"), max_length=160)
    members = forms.CharField(label=_("Thành phần đoàn"), max_length=500, required=False)
    first = forms.DateField(label=_("Từ ngày"), widget=forms.DateInput(attrs=DAY))
    last = forms.DateField(label=_("Đến ngày"), widget=forms.DateInput(attrs=DAY))
    places = forms.MultipleChoiceField(
        label=_("Nơi được kiểm tra"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].choices = [(place_key(one), one.name) for one in places]  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại nhận xét"))
    text = forms.CharField(label=_("Nội dung"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    due = forms.DateField(
        label=_("Khắc phục đến hết ngày"),
        required=False,
        help_text=_("Bắt buộc với hạn chế."),
        widget=forms.DateInput(attrs=DAY),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {Kind.SHORTCOMING: _("hạn chế"), Kind.STRENGTH: _("ưu điểm")}
        self.fields["kind"].choices = [(kind.value, word) for kind, word in words.items()]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    state = forms.ChoiceField(label=_("Kết quả"))
    text = forms.CharField(
        label=_("Đã làm gì, hoặc vì sao chưa được"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    document = forms.CharField(label=_("Số, ngày văn bản (nếu có)"), max_length=160, required=False)
    file = PlainFileField(label=_("Tệp kèm theo"), required=False, help_text=_("PDF, Word, Excel hoặc ảnh, đến 20 MB."))

    def __init__(self, *args: Any, states: Sequence[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            State.REMEDIED: _("đã khắc phục"),
            State.CONFIRMED: _("xác nhận đã khắc phục"),
            State.SENT_BACK: _("chưa đạt, cần làm thêm"),
        }
        self.fields["state"].choices = [(state.value, words[state]) for state in states]  # type: ignore[attr-defined]
