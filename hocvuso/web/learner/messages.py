"""A person's messages, and where else they want to be reached."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hocvuso.connect.notify.channels import open_channels
from hocvuso.lib.errors import BadInput
from hocvuso.messages.actions import mark_read
from hocvuso.messages.queries import messages_of
from hocvuso.people.actions import agree_to_contact, withdraw_contact
from hocvuso.people.models import ContactChannel
from hocvuso.people.rules import spoken_number
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
    """Give an address or a number, or take it back, for each way by itself. Nothing is agreed to without a tick that the person made."""
    person, error = visitor_of(request), ""
    channel = _channel_of(request.POST.get("kenh", ContactChannel.EMAIL))
    if request.method == "POST" and "thoi" in request.POST:
        withdraw_contact(person, channel, by=person.actor)
        notices.success(request, _words(channel).gone)
        return redirect("contact")
    if request.method == "POST":
        try:
            if "dong-y" not in request.POST:
                raise BadInput(_("Nếu muốn nhận tin, hãy đánh dấu vào ô đồng ý."))
            if channel not in open_channels() and channel != ContactChannel.EMAIL:
                raise BadInput(_("Nơi này chưa gửi được tin theo cách này."))
            agree_to_contact(person, channel, request.POST.get("dia-chi", ""), by=person.actor)
        except BadInput as refusal:
            error = str(refusal)
        else:
            notices.success(request, _words(channel).kept)
            return redirect("contact")
    kept = {one.channel: spoken_number(one.value) for one in person.contacts.all()}
    typed = {channel: request.POST.get("dia-chi", "")[:254]} if error else {}
    ways = [
        Way(one, _words(one), kept.get(one, ""), one in open_channels(), typed.get(one, "")) for one in ContactChannel
    ]
    where = f"{'dong-y' if 'dong-y' not in request.POST else 'dia-chi'}-{channel}"
    context = {"ways": ways, "error": error, "wrong": channel if error else "", "where": where}
    return render(request, "learner/contact.html", context, status=400 if error else 200)


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says of one way, in the reader's language."""

    title: str
    field: str
    agree: str
    sent_to: str
    stop: str
    closed: str
    kept: str
    gone: str


@dataclass(frozen=True, slots=True)
class Way:
    key: ContactChannel
    words: Words
    sent_to: str  # empty: not agreed to
    is_open: bool
    typed: str


def _channel_of(word: str) -> ContactChannel:
    try:
        return ContactChannel(word)
    except ValueError:
        raise BadInput(_("Không có cách nhận tin này.")) from None


def _words(channel: ContactChannel) -> Words:
    """An unchecked default is no wish: what is agreed to is said in full, for each way."""
    match channel:
        case ContactChannel.EMAIL:
            return Words(
                title=_("Thư điện tử (email)"),
                field=_("Địa chỉ thư điện tử của bạn"),
                agree=_("Tôi đồng ý nhận thư về việc học và giấy xác nhận của mình ở địa chỉ này"),
                sent_to=_("Đang gửi thư đến:"),
                stop=_("Thôi nhận thư"),
                closed=_("Nơi này chưa gửi được thư điện tử. Bạn vẫn đọc được tin ở mục Tin nhắn."),
                kept=_("Đã ghi. Khi có tin, bạn sẽ nhận thêm một bức thư."),
                gone=_("Đã xóa địa chỉ. Bạn không nhận thư nữa; tin nhắn vẫn ở đây."),
            )
        case ContactChannel.ZALO:
            return Words(
                title=_("Zalo"),
                field=_("Số điện thoại dùng Zalo của bạn"),
                agree=_("Tôi đồng ý nhận tin Zalo về việc học và giấy xác nhận của mình ở số này"),
                sent_to=_("Đang gửi tin Zalo đến số:"),
                stop=_("Thôi nhận tin Zalo"),
                closed=_("Nơi này chưa gửi được tin Zalo."),
                kept=_("Đã ghi. Khi có tin, bạn sẽ nhận thêm một tin Zalo, không vào ban đêm."),
                gone=_("Đã xóa số. Bạn không nhận tin Zalo nữa; tin nhắn vẫn ở đây."),
            )
        case ContactChannel.SMS:
            return Words(
                title=_("Tin nhắn SMS"),
                field=_("Số điện thoại di động của bạn"),
                agree=_("Tôi đồng ý nhận tin SMS về việc học và giấy xác nhận của mình ở số này"),
                sent_to=_("Đang gửi tin SMS đến số:"),
                stop=_("Thôi nhận tin SMS"),
                closed=_("Nơi này chưa gửi được tin SMS."),
                kept=_("Đã ghi. Khi có tin, bạn sẽ nhận thêm một tin SMS, không vào ban đêm."),
                gone=_("Đã xóa số. Bạn không nhận tin SMS nữa; tin nhắn vẫn ở đây."),
            )
