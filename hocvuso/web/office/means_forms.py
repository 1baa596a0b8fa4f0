"""Forms for money, gifts in kind and the signal in a village."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hocvuso.means.queries import years_of
from hocvuso.means.rules import MOST_DONG, Gift, Signal, Source, Stage
from hocvuso.plans.models import Plan
from hocvuso.web.shared.means_tags import gift_word, money_source, money_stage, signal_word

DAY = {"type": "date"}


class MoneyForm(forms.Form):
    task = forms.ChoiceField(
        label=_("Cho nhiệm vụ"),
        required=False,
        widget=forms.Select(attrs={"lang": "vi"}),  # titles of the plan
    )
    year = forms.TypedChoiceField(label=_("Năm"), coerce=int)
    source = forms.ChoiceField(label=_("Nguồn"))
    stage = forms.ChoiceField(label=_("Bước"))
    dong = forms.CharField(
        label=_("Số tiền (đồng)"),
        max_length=24,
        help_text=_("Viết cả số, ví dụ 120.000.000."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    document = forms.CharField(
        label=_("Số, ngày của văn bản"),
        max_length=160,
        help_text=_("Quyết định giao, chứng từ hoặc biên bản quyết toán."),
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, plan: Plan, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tasks = plan.tasks.filter(kind="task").order_by("position")
        self._choose("task", [("", _("(chung cho cả kế hoạch)")), *((task.key, task.title) for task in tasks)])
        self._choose("year", [(str(one), str(one)) for one in years_of(plan)])
        self._choose("source", [("", "—"), *((one.value, money_source(one)) for one in Source)])
        self._choose("stage", [("", "—"), *((one.value, money_stage(one)) for one in Stage)])
        self.fields["year"].initial = str(year)

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_dong(self) -> int:
        """120.000.000 and 120 000 000 are the same; anything but a whole number is told."""
        digits = str(self.cleaned_data["dong"]).replace(".", "").replace(" ", "").replace("\u00a0", "")
        if not digits.isascii() or not digits.isdecimal() or not 0 < int(digits) <= MOST_DONG:
            raise forms.ValidationError(_("Số tiền phải là số đồng nguyên, lớn hơn 0 và không quá mười nghìn tỷ."))
        return int(digits)


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("Vì sao dòng này sai"), max_length=300)


class GiftForm(forms.Form):
    partner = forms.CharField(label=_("Ai đóng góp"), max_length=160)
    gift = forms.ChoiceField(label=_("Loại"))
    what = forms.CharField(
        label=_("Đóng góp gì"), max_length=200, help_text=_("Ví dụ: Wi-Fi miễn phí tại nhà sinh hoạt cộng đồng.")
    )
    count = forms.IntegerField(label=_("Bao nhiêu"), min_value=1, max_value=1_000_000, required=False)
    counted = forms.CharField(label=_("Đơn vị tính (người, máy, điểm …)"), max_length=40, required=False)
    first = forms.DateField(label=_("Từ ngày"), required=False, widget=forms.DateInput(attrs=DAY))
    last = forms.DateField(label=_("Đến ngày"), required=False, widget=forms.DateInput(attrs=DAY))
    document = forms.CharField(label=_("Văn bản, thỏa thuận (nếu có)"), max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gift"].choices = [("", "—"), *((one.value, gift_word(one)) for one in Gift)]  # type: ignore[attr-defined]


class ReceiveForm(forms.Form):
    count = forms.IntegerField(label=_("Thực nhận bao nhiêu"), min_value=0, max_value=1_000_000, required=False)
    document = forms.CharField(label=_("Biên bản, văn bản (nếu có)"), max_length=160, required=False)


class SignalForm(forms.Form):
    signal = forms.ChoiceField(label=_("Điện thoại ở đây"))
    note = forms.CharField(
        label=_("Ghi chú"), max_length=200, required=False, help_text=_("Mạng nào, chỗ gần nhất có sóng ở đâu.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signal"].choices = [("", "—"), *((one.value, signal_word(one)) for one in Signal)]  # type: ignore[attr-defined]
