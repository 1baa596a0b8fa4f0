"""Pages of trouble: not found, refused, form too old, locked out, our fault. Plain words, what happened, what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hocvuso.lib.errors import HocVuSoError
from hocvuso.web.shared.rights import public


def _trouble(request: HttpRequest, title: str, text: str, status: int) -> HttpResponse:
    return render(request, "shared/trouble.html", {"title": title, "text": text}, status=status)


def refused(request: HttpRequest, error: HocVuSoError, *, status: int) -> HttpResponse:
    return _trouble(request, _("Không thực hiện được"), str(error), status)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    text = _("Trang này không có, hoặc tài khoản của bạn không được xem. Hãy quay lại trang trước hoặc về trang đầu.")
    return _trouble(request, _("Không tìm thấy trang"), text, 404)


@public
def our_fault(request: HttpRequest) -> HttpResponse:
    # Rendered without context processors: whatever broke may be what they need.
    return render(None, "shared/our_fault.html", status=500)


@public
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _("Trang đã mở quá lâu nên chưa gửi được. Hãy quay lại, tải lại trang rồi gửi lần nữa. Chưa có gì thay đổi.")
    return _trouble(request, _("Phiên làm việc đã cũ"), text, 403)


def too_large(request: HttpRequest, *, most: int) -> HttpResponse:
    """`most` is in bytes."""
    text = _(
        "Tệp gửi lên quá nặng; trang này chỉ nhận đến %(most)s MB. Chưa có gì thay đổi. Hãy quay lại và chọn tệp nhẹ hơn."
    )
    return _trouble(request, _("Tệp quá nặng"), text % {"most": most // 1_000_000}, 413)


@public
def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    text = _("Đã nhập sai quá nhiều lần. Vì an toàn, hãy thử lại sau 15 phút hoặc nhờ người quản trị tài khoản.")
    return _trouble(request, _("Tạm khóa đăng nhập"), text, 429)
