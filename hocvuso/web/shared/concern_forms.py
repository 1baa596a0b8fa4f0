"""Forms of difficulties and proposals, for offices and teams alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hocvuso.attachments.rules import LARGEST
from hocvuso.concerns.actions import File
from hocvuso.concerns.models import ConcernKind
from hocvuso.concerns.queries import themes
from hocvuso.concerns.rules import MOST_TEXT, has_phone
from hocvuso.lib.ids import new_id
from hocvuso.web.shared.concern_tags import concern_kind
from hocvuso.web.shared.tags import titled
from hocvuso.web.shared.uploads import PlainFileField

NOTHING = gettext_lazy("Hãy ghi nội dung.")


class Worded(forms.Form):
    """A text that many will read. A phone number in it is asked about once, and kept if whoever writes says so."""

    text = forms.CharField(
        max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 5}), error_messages={"required": NOTHING}
    )
    keep_phone = forms.BooleanField(required=False)
    asks_about_phone = False

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if has_phone(self.cleaned_data.get("text", "")) and not self.cleaned_data.get("keep_phone"):
            self.asks_about_phone = True
            self.add_error(
                "text",
                _("Trong nội dung có số điện thoại. Nhiều nơi sẽ đọc được: hãy bỏ đi, hoặc đánh dấu là vẫn giữ."),
            )
        return given


class RaiseForm(Worded):
    """`id` was made with the form, so that pressing the button twice raises one."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    kind = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Hãy chọn khó khăn hay kiến nghị.")}
    )
    theme = forms.ChoiceField(error_messages={"required": gettext_lazy("Hãy chọn lĩnh vực.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, concern_kind(kind.value)) for kind in ConcernKind]  # type: ignore[attr-defined]
        self.fields["theme"].choices = [("", ""), *((key, titled(theme)) for key, theme in themes().items())]  # type: ignore[attr-defined]


class AnswerForm(Worded):
    file = PlainFileField(required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError(
                _("Tệp quá nặng; chỉ nhận tệp đến %(most)s MB.") % {"most": LARGEST // 1_000_000}
            )
        return file

    def told_file(self) -> File | None:
        file = self.cleaned_data["file"]
        return File(file.name, file.read()) if file else None


class ReopenForm(Worded):
    """Why who raised it is not content."""


class CloseForm(forms.Form):
    text = forms.CharField(max_length=MOST_TEXT, required=False)
