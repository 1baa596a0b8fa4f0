from __future__ import annotations

from dataclasses import dataclass

import django_otp
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from hocvuso.lib import clock
from hocvuso.people.actions import note_sign_in
from hocvuso.people.models import Account
from hocvuso.people.queries import rights_of
from hocvuso.web.shared.rights import public, start_page

WAIT_FOR_CODE = 5 * 60  # seconds between the password and the one-time code


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
        "expired": "het-han" in request.GET,
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
        return redirect("sign_in")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        allowed, _why = device.verify_is_allowed()
        if allowed and device.verify_token(form.cleaned_data["code"].replace(" ", "")):
            del request.session["pending"]
            login(request, device.user, backend="django.contrib.auth.backends.ModelBackend")
            django_otp.login(request, device)
            note_sign_in(device.user)
            return redirect(pending["next"] or start_page(rights_of(device.user, on=clock.today())))
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
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""


def _device(pending: dict[str, float]) -> TOTPDevice | None:
    """The one-time-code device of whoever gave the right password a few minutes ago."""
    if not pending or clock.real_now().timestamp() - pending["since"] > WAIT_FOR_CODE:
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
