"""A person's messages, and where else they want to be reached."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hocvuso.lib.errors import BadInput
from hocvuso.messages.actions import mark_read
from hocvuso.messages.queries import messages_of
from hocvuso.people.actions import agree_to_contact, withdraw_contact
from hocvuso.people.models import ContactChannel
from hocvuso.people.queries import contact_of
from hocvuso.web.shared.rights import learner
from hocvuso.web.shared.visitor import visitor_of


@learner
def message_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(messages_of(visitor_of(request)), 20).get_page(request.GET.get("trang"))
    return render(request, "learner/message_list.html", {"page": page})


@learner
def message(request: HttpRequest, message: uuid.UUID) -> HttpResponse:
    person = visitor_of(request)
    found = get_object_or_404(messages_of(person), pk=message)
    mark_read(found, by=person.actor)
    return render(request, "learner/message.html", {"message": found})


@learner
def contact(request: HttpRequest) -> HttpResponse:
    """Give an address, or take it back. Nothing is agreed to without a tick that the person made."""
    person, error = visitor_of(request), ""
    if request.method == "POST" and "thoi" in request.POST:
        withdraw_contact(person, ContactChannel.EMAIL, by=person.actor)
        notices.success(request, _("Đã xóa địa chỉ. Bạn không nhận thư nữa; tin nhắn vẫn ở đây."))
        return redirect("contact")
    if request.method == "POST":
        try:
            if "dong-y" not in request.POST:
                raise BadInput(_("Nếu muốn nhận thư, hãy đánh dấu vào ô đồng ý."))
            agree_to_contact(person, ContactChannel.EMAIL, request.POST.get("dia-chi", ""), by=person.actor)
        except BadInput as refusal:
            error = str(refusal)
        else:
            notices.success(request, _("Đã ghi. Khi có tin, bạn sẽ nhận thêm một bức thư."))
            return redirect("contact")
    context = {
        "contact": contact_of(person, ContactChannel.EMAIL),
        "error": error,
        "typed": request.POST.get("dia-chi", "")[:254],
        "is_connected": bool(settings.SMTP_HOST),
        "where": "dong-y" if error and "dong-y" not in request.POST else "dia-chi",
    }
    return render(request, "learner/contact.html", context, status=400 if error else 200)
