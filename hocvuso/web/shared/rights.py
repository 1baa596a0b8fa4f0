"""Every route says who may come in. A guard test refuses a route that does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from hocvuso.fieldwork.queries import is_member
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError, Refused
from hocvuso.measure.models import Sender
from hocvuso.measure.upward.queries import sender_with_key
from hocvuso.measure.upward.rules import BODY_AT_MOST, is_signed
from hocvuso.people.models import Account
from hocvuso.people.queries import has_right
from hocvuso.people.rules import Right
from hocvuso.web.shared import visitor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
PUBLIC = "public"
LEARNER = "learner"  # a citizen who has signed in; sees and does what is their own
MEMBER = "member"  # a citizen who has signed in and belongs to a team today
MACHINE = "machine"  # another instance, known by the key its request is signed with
READER = "reader"  # another system that reads figures, known by its token
RENEW_AFTER = 10 * 60  # seconds; a session is prolonged while somebody works, and not written for every page


def public(view: View[P]) -> View[P]:
    """Anyone may come in."""
    view.right = PUBLIC  # type: ignore[attr-defined]
    return view


def official(right: Right) -> Callable[[View[P]], View[P]]:
    """Only an account that signed in with both factors and holds the right somewhere; which rows it sees is the query's business."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not _signed_in(request):
                return redirect(
                    f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path(), **_why_out(request)})}"
                )
            if not has_right(account_of(request), right, on=clock.today()):
                raise Http404
            _stay_signed_in(request)
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        guarded.right = right  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return guard


def learner(view: View[P]) -> View[P]:
    """Only a citizen who has signed in; the page is about nobody but them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if visitor.visitor(request) is None:
            wanted = {"next": request.get_full_path()} if request.method == "GET" else {"next": "/hoc/"}
            return redirect(f"{reverse('learner_sign_in')}?{urlencode({**wanted, **_why_out(request)})}")
        visitor.stay(request)
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    guarded.right = LEARNER  # type: ignore[attr-defined]
    return cast("View[P]", guarded)


def member(view: View[P]) -> View[P]:
    """Only a citizen who has signed in and belongs to a team today; for everybody else the page is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = visitor.visitor(request)
        if person is None:
            wanted = {"next": request.get_full_path()} if request.method == "GET" else {"next": "/to/"}
            return redirect(f"{reverse('learner_sign_in')}?{urlencode({**wanted, **_why_out(request)})}")
        if not is_member(person, on=clock.today()):
            raise Http404
        visitor.stay(request)
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    guarded.right = MEMBER  # type: ignore[attr-defined]
    return cast("View[P]", guarded)


def member_api(view: View[P]) -> View[P]:
    """The same for a program that calls: 401 and 404 with a sentence instead of a page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = visitor.visitor(request)
        if person is None:
            return JsonResponse({"error": _("Hãy đăng nhập lại.")}, status=401)
        if not is_member(person, on=clock.today()):
            return JsonResponse({"error": _("Bạn không còn là thành viên của tổ nào.")}, status=404)
        visitor.stay(request)
        try:
            response = view(request, *args, **kwargs)
        except HocVuSoError as error:
            return JsonResponse({"error": str(error)}, status=400)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    guarded.right = MEMBER  # type: ignore[attr-defined]
    return cast("View[P]", guarded)


def machine(purpose: str) -> Callable[[View[P]], View[P]]:
    """Only another instance whose key was accepted here, and which signed just this body for this purpose.

    `purpose` may name words of the route ("package:{package}"). The view finds the sender in `sender_of`. No session, no cookie: so no
    token of a form either.
    """

    def guard(view: View[P]) -> View[P]:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if int(request.headers.get("Content-Length") or 0) > BODY_AT_MOST:
                return _refusal("Gói tin quá lớn; chưa nhận gì.", status=413)
            sender = sender_with_key(request.headers.get("Hocvuso-Key", ""))
            if sender is None:
                return _refusal("Nơi nhận chưa biết khóa này; hãy gửi khóa công khai cho nơi nhận đăng ký.", status=401)
            try:
                body = request.body
            except (RequestDataTooBig, UnreadablePostError):
                return _refusal("Gói tin quá lớn hoặc bị cắt ngang; chưa nhận gì.", status=413)
            if not is_signed(
                sender.public_key, purpose.format(**kwargs), body, request.headers.get("Hocvuso-Signature", "")
            ):
                return _refusal("Chữ ký không đúng: nội dung đã bị thay đổi, hoặc ký bằng khóa khác.", status=401)
            request.sender = sender  # type: ignore[attr-defined]
            try:
                return view(request, *args, **kwargs)
            except Refused as error:
                return _refusal(str(error), status=409)
            except HocVuSoError as error:
                return _refusal(str(error), status=400)

        guarded.right = MACHINE  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return guard


def _refusal(sentence: str, *, status: int) -> HttpResponse:
    """For a program that carries it to whoever started it."""
    return JsonResponse({"error": sentence}, status=status, json_dumps_params={"ensure_ascii": False})


def sender_of(request: HttpRequest) -> Sender:
    return cast(Sender, request.sender)  # type: ignore[attr-defined]


def _signed_in(request: HttpRequest) -> bool:
    verified = getattr(request.user, "is_verified", None)
    return bool(request.user.is_authenticated and request.user.is_active and verified and verified())


def _why_out(request: HttpRequest) -> dict[str, str]:
    """What the sign-in page should say. A form that was sent is lost, and whoever sent it must know."""
    if request.method == "POST":
        return {"chua-luu": "1"}
    # Somebody who still carries a session cookie was signed in and has been away too long.
    return {"het-han": "1"} if settings.SESSION_COOKIE_NAME in request.COOKIES else {}


def _stay_signed_in(request: HttpRequest) -> None:
    """A session ends so long after the last page, not after the sign-in: writing `seen` into it begins its time anew."""
    now = clock.real_now().timestamp()
    if now - request.session.get("seen", 0) >= min(RENEW_AFTER, settings.SESSION_COOKIE_AGE / 4):
        request.session["seen"] = now


def account_of(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def declared_right(view: Any) -> str | None:
    return getattr(view, "right", None)


def start_page(rights: frozenset[Right]) -> str:
    """The name of the page where an account with these rights begins."""
    if Right.FIGURES in rights:
        return "overview"
    return "my_rights" if Right.SIGN_IN in rights else "front_page"
