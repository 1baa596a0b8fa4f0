from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import django_otp
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from hocvuso.lib import clock
from hocvuso.people.actions import note_sign_in
from hocvuso.people.models import Account
from hocvuso.people.queries import rights_of
from hocvuso.web.shared.address import inside
from hocvuso.web.shared.rights import public, start_page

WAIT_FOR_CODE = 5 * 60  # seconds between the password and the one-time code
# Why somebody finds himself on the sign-in page, by the word in its address.
NOTICES = {
    "chua-luu": _(
        "Phiên đăng nhập đã hết hạn, nên nội dung vừa gửi chưa được lưu. Hãy đăng nhập lại rồi nhập và gửi lần nữa; "
        "những gì đã lưu trước đó vẫn còn."
    ),
    "het-han": _("Phiên đăng nhập đã hết hạn. Hãy đăng nhập lại; những gì đã lưu vẫn còn."),
    "cham-ma": _("Đã quá 5 phút mà chưa nhập mã. Hãy nhập lại mật khẩu."),
    "chua-co-ma": _(
        "Tài khoản này chưa gắn ứng dụng tạo mã nên chưa đăng nhập được. Hãy nhờ người quản trị tài khoản gắn lại."
    ),
}


class PasswordForm(forms.Form):
    username = forms.CharField(
        max_length=64, widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
    )
    password = forms.CharField(
        max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*\d{3}\s*\d{3}\s*$",
        error_messages={"invalid": _("Mã gồm 6 chữ số."), "required": _("Hãy nhập mã gồm 6 chữ số.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


@dataclass(frozen=True, slots=True)
class DemoAccount:
    username: str
    full_name: str
    role: str
    place: str


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(
            request, username=form.cleaned_data["username"].strip(), password=form.cleaned_data["password"]
        )
        if account is not None:
            request.session.cycle_key()
            request.session["pending"] = {
                "account": account.pk,
                "since": clock.real_now().timestamp(),
                "next": _next(request),
            }
            return redirect("one_time_code")
        form.add_error(None, _("Tên đăng nhập hoặc mật khẩu không đúng."))
    context = {
        "form": form,
        "next": _next(request),
        "notice": next((text for key, text in NOTICES.items() if key in request.GET), ""),
        "demo_accounts": _demo_accounts(),
        "demo_password": settings.DEMO_PASSWORD,
    }
    return render(request, "public/sign_in.html", context, status=400 if form.errors else 200)


@public
@never_cache
def one_time_code(request: HttpRequest) -> HttpResponse:
    pending = request.session.get("pending") or {}
    device = _device(pending)
    if device is None:
        return _back_to_password(request, pending)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        allowed, why = device.verify_is_allowed()
        if not allowed:
            form.add_error("code", _wait(why or {}))
        elif device.verify_token(form.cleaned_data["code"].replace(" ", "")):
            del request.session["pending"]
            login(request, device.user, backend="django.contrib.auth.backends.ModelBackend")
            django_otp.login(request, device)
            note_sign_in(device.user)
            return redirect(pending["next"] or start_page(rights_of(device.user, on=clock.today())))
        else:
            form.add_error("code", _("Mã không đúng hoặc đã dùng. Hãy chờ mã mới trong ứng dụng rồi nhập lại."))
    context = {"form": form, "demo_code": _demo_code(device)}
    return render(request, "public/one_time_code.html", context, status=400 if form.errors else 200)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("front_page")


def _next(request: HttpRequest) -> str:
    """Where to go afterwards; only inside this site."""
    return inside(request, request.POST.get("next") or request.GET.get("next") or "")


def _is_too_late(pending: dict[str, Any]) -> bool:
    return clock.real_now().timestamp() - float(pending["since"]) > WAIT_FOR_CODE


def _back_to_password(request: HttpRequest, pending: dict[str, Any]) -> HttpResponse:
    """To the first step again, saying why; who never gave a password is told nothing."""
    if not pending:
        return redirect("sign_in")
    why = "cham-ma" if _is_too_late(pending) else "chua-co-ma"
    del request.session["pending"]
    wanted = {"next": pending["next"]} if pending["next"] else {}
    return redirect(f"{reverse('sign_in')}?{urlencode({why: '1', **wanted})}")


def _wait(why: dict[str, Any]) -> str:
    """After wrong codes the device answers later and later; the right code is refused, too, until then."""
    until = why.get("locked_until")
    seconds = max(1, math.ceil((until - clock.real_now()).total_seconds())) if until else 60
    if seconds < 120:
        text = ngettext(
            "Đã nhập sai mã. Hãy chờ %(n)s giây rồi nhập mã đang hiện trong ứng dụng.",
            "Đã nhập sai mã. Hãy chờ %(n)s giây rồi nhập mã đang hiện trong ứng dụng.",
            seconds,
        )
        return text % {"n": seconds}
    minutes = math.ceil(seconds / 60)
    text = ngettext(
        "Đã nhập sai mã nhiều lần. Hãy chờ %(n)s phút rồi nhập mã đang hiện trong ứng dụng.",
        "Đã nhập sai mã nhiều lần. Hãy chờ %(n)s phút rồi nhập mã đang hiện trong ứng dụng.",
        minutes,
    )
    return text % {"n": minutes}


def _device(pending: dict[str, Any]) -> TOTPDevice | None:
    """The one-time-code device of whoever gave the right password a few minutes ago."""
    if not pending or _is_too_late(pending):
        return None
    device: TOTPDevice | None = (
        TOTPDevice.objects.filter(user=pending["account"], user__is_active=True, confirmed=True)
        .select_related("user")
        .first()
    )
    return device


def _demo_accounts() -> list[DemoAccount]:
    if not settings.DEMO:
        return []
    found = []
    for account in Account.objects.filter(is_demo=True).order_by("pk"):
        role = account.roles.select_related("unit", "org").first()
        if role:
            found.append(
                DemoAccount(account.username, account.full_name, role.get_kind_display(), str(role.unit or role.org))
            )
    return found


def _demo_code(device: TOTPDevice) -> str:
    """The code a phone would show; only in the demo, only for demo accounts."""
    if not (settings.DEMO and device.user.is_demo):
        return ""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = clock.real_now().timestamp()
    return f"{totp.token():06d}"
