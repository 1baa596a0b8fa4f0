"""The way to VNeID and back, and where somebody lives whom nobody here knows yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hocvuso.connect.vneid.actions import Newcomer, enrol_newcomer, recognise_citizen
from hocvuso.connect.vneid.rules import Failure, SignInFailed
from hocvuso.connect.vneid.sign_in import Attempt, begin_attempt, finish_attempt
from hocvuso.lib import clock
from hocvuso.people.actions import note_visit
from hocvuso.people.models import Person
from hocvuso.places.queries import communes_with_villages, villages_of
from hocvuso.web.shared.address import inside
from hocvuso.web.shared.rights import public
from hocvuso.web.shared.visitor import begin_visit

ATTEMPTS, NEWCOMER = "vneid_attempts", "vneid_newcomer"
TO_CHOOSE = 30 * 60  # seconds a newcomer has to say where they live
AT_ONCE = 3  # attempts of one browser: a button pressed twice, a second window


@public
@never_cache
def vneid_start(request: HttpRequest) -> HttpResponse:
    """A page that leads on by itself. Not a redirect: where a form was sent, browsers hold redirects to the rule for forms (CSP)."""
    try:
        attempt, address = begin_attempt(
            redirect_uri=request.build_absolute_uri(reverse("vneid_return")), shared="chung" in request.GET,
            next_page=inside(request, request.GET.get("next", "")), now=clock.real_now(),
        )  # fmt: skip
    except SignInFailed as error:
        return _not_in(request, error.failure)
    kept = list(request.session.get(ATTEMPTS, {}).items())[-(AT_ONCE - 1) :]
    request.session[ATTEMPTS] = dict([*kept, (attempt.state, attempt.kept())])
    return render(request, "learner/vneid_start.html", {"address": address})


@public
@never_cache
def vneid_return(request: HttpRequest) -> HttpResponse:
    """The answer. What it answers is taken out of the session first, and for good."""
    attempts = request.session.get(ATTEMPTS, {})
    kept = attempts.pop(request.GET.get("state", ""), None)
    if kept is not None:
        request.session[ATTEMPTS] = attempts
        request.session.save()
    attempt = Attempt(**kept) if kept else None
    try:
        citizen = finish_attempt(attempt, request.GET.dict(), now=clock.real_now())
    except SignInFailed as error:
        return _not_in(request, error.failure, attempt)
    assert attempt is not None
    person = recognise_citizen(citizen)
    if person is None:
        after = {"shared": attempt.shared, "next": attempt.next}
        request.session[NEWCOMER] = {"who": Newcomer.of(citizen).kept(), "after": after}
        request.session.set_expiry(TO_CHOOSE)
        return redirect("vneid_home_place")
    return _come_in(request, person, shared=attempt.shared, next_page=attempt.next)


@public
@never_cache
def vneid_home_place(request: HttpRequest) -> HttpResponse:
    """Where a newcomer lives: first the commune, then the village. Only after the second is anything written."""
    kept = request.session.get(NEWCOMER)
    if kept is None:
        return redirect("learner_sign_in")
    newcomer, today = Newcomer.from_kept(kept["who"]), clock.today()
    communes = communes_with_villages(on=today)
    wanted = request.POST.get("xa") or request.GET.get("xa") or (communes[0].code if len(communes) == 1 else "")
    commune = next((one for one in communes if one.code == wanted), None)
    context: dict[str, Any] = {"name": newcomer.name, "communes": communes, "commune": commune}
    if commune is None:
        return render(request, "learner/vneid_commune.html", {**context, "missed": "xa" in request.GET})
    villages = villages_of(commune, on=today)
    if request.method == "POST" and request.POST.get("thon"):
        village = next((one for one in villages if one.code == request.POST["thon"]), None)
        if village is None:
            raise Http404
        person = enrol_newcomer(newcomer, village=village, today=today)
        answer = _come_in(request, person, shared=kept["after"]["shared"], next_page=kept["after"]["next"])
        messages.success(request, _("Đã ghi tên bạn ở %(place)s.") % {"place": f"{village.name}, {commune.name}"})
        return answer
    context |= {"villages": villages, "missed": request.method == "POST"}
    return render(request, "learner/vneid_village.html", context, status=400 if context["missed"] else 200)


def _come_in(request: HttpRequest, person: Person, *, shared: bool, next_page: str) -> HttpResponse:
    begin_visit(request, person, shared=shared)
    note_visit(person)
    return redirect(next_page or "learner_home")


def _not_in(request: HttpRequest, failure: Failure, attempt: Attempt | None = None) -> HttpResponse:
    """Nobody came in, nothing has changed: what happened, and what to do now."""
    title, text, status = _words(failure)
    context = {"title": title, "text": text, "next": attempt.next if attempt else "", "failure": failure.value}
    return render(request, "learner/vneid_failed.html", context, status=status)


def _words(failure: Failure) -> tuple[str, str, int]:
    match failure:
        case Failure.DECLINED:
            text = _("Bạn đã bấm không đồng ý ở trang VNeID. Không sao cả: khi nào muốn, bạn vào lại.")
            return _("Bạn chưa vào"), text, 200
        case Failure.NO_ANSWER:
            text = _("VNeID đang bận hoặc đường truyền yếu. Hãy chờ vài phút rồi thử lại.")
            return _("VNeID chưa trả lời"), text, 502
        case Failure.NOT_CONNECTED:
            text = _("Nơi này chưa nối với VNeID. Hãy hỏi Tổ công nghệ số cộng đồng hoặc cán bộ xã, phường.")
            return _("Chưa vào được"), text, 503
        case Failure.TOO_LATE | Failure.EXPIRED:
            return _("Đã quá lâu"), _("Trang VNeID để quá 10 phút nên không còn dùng được. Hãy vào lại từ đầu."), 400
        case Failure.NOT_ASKED:
            text = _("Lần vào này đã dùng rồi, hoặc được mở ở một máy khác. Hãy vào lại từ đầu.")
            return _("Chưa vào được"), text, 400
        case Failure.INCOMPLETE:
            text = _("VNeID không cho biết họ tên hoặc số định danh của bạn. Hãy hỏi Công an xã, phường về tài khoản.")
            return _("Tài khoản VNeID chưa đủ thông tin"), text, 400
        case _:
            text = _(
                "Câu trả lời nhận được không đúng là của VNeID cho lần vào này, nên chúng tôi không nhận. Hãy vào lại từ đầu."
            )
            return _("Chưa vào được"), text, 400
