from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hocvuso.credentials.actions import ask_confirmation
from hocvuso.credentials.drawings import certificate_pdf, offline_code, qr_svg, short_link
from hocvuso.credentials.models import Certificate
from hocvuso.credentials.queries import certificates_of, confirmed_on, delivery_of, is_revoked
from hocvuso.lib import clock
from hocvuso.web.shared.rights import learner
from hocvuso.web.shared.visitor import actor_of, visitor_of


@learner
def certificate_list(request: HttpRequest) -> HttpResponse:
    """The visitor's own certificates, and how far each is on its way to VNeID."""
    rows = [(one, is_revoked(one), confirmed_on(one)) for one in certificates_of(visitor_of(request))]
    return render(request, "learner/certificate_list.html", {"rows": rows})


@learner
def learner_certificate(request: HttpRequest, certificate: str) -> HttpResponse:
    """One certificate with its two codes; the last step, sending it to VNeID, is a button here."""
    person = visitor_of(request)
    found = _own(request, certificate)
    # Without an identity number VNeID could not tell whom it is about.
    sendable = bool(person.identity_match) and not is_revoked(found)
    if request.method == "POST" and sendable:
        ask_confirmation(found, by=actor_of(person), now=clock.now())
        return redirect("learner_certificate", found.pk)
    context = {
        "certificate": found,
        "revoked": is_revoked(found),
        "delivery": delivery_of(found),
        "sendable": sendable,
        "link": short_link(found),
        "link_svg": qr_svg(short_link(found)),
        "code_svg": qr_svg(offline_code(found)),
    }
    return render(request, "learner/learner_certificate.html", context)


@learner
def certificate_paper(request: HttpRequest, certificate: str) -> HttpResponse:
    """To print. A certificate that was revoked is printed no more."""
    found = _own(request, certificate)
    if is_revoked(found):
        raise Http404
    response = HttpResponse(certificate_pdf(found), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="giay-xac-nhan-{found.pk}.pdf"'
    return response


def _own(request: HttpRequest, public_id: str) -> Certificate:
    return get_object_or_404(certificates_of(visitor_of(request)), pk=public_id)
