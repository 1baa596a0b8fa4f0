from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hocvuso.fieldwork.jobs import apply_events
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.sync.actions import store_file
from hocvuso.sync.rules import read_file
from hocvuso.web.shared.rights import member
from hocvuso.web.shared.uploads import PlainFileField, takes_files
from hocvuso.web.shared.visitor import visitor_of

MOST = 5_000_000  # bytes


class FileForm(forms.Form):
    file = PlainFileField(
        widget=forms.FileInput(attrs={"accept": "application/json,.json"}),
        error_messages={
            "required": gettext_lazy("Hãy chọn tệp."),
            "empty": gettext_lazy("Tệp này trống."),
        },
    )


@member
@takes_files(MOST)
def send_file(request: HttpRequest) -> HttpResponse:
    """“Gửi tệp từ máy khác”: what another phone could not send itself. It stays that phone's work."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            stored = store_file(
                read_file(file.read(MOST)), sender=visitor_of(request), now=clock.real_now(), today=clock.today()
            )
        except HocVuSoError as error:
            form.add_error("file", str(error))
        else:
            apply_events()
            messages.success(request, _said(stored))
            return redirect("team_home")
    return render(request, "team/send_file.html", {"form": form}, status=400 if form.errors else 200)


def _said(count: int) -> str:
    if not count:
        return _("Máy chủ đã có đủ những việc trong tệp này từ trước.")
    return ngettext("Đã nhận %(n)s việc từ tệp.", "Đã nhận %(n)s việc từ tệp.", count) % {"n": count}
