from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hocvuso.people.rules import Right
from hocvuso.reports.actions import make_calendar_feed, stop_calendar_feed
from hocvuso.reports.queries import feed_of
from hocvuso.web.shared.rights import account_of, official


@official(Right.SIGN_IN)
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The secret address of the account's own calendar: made, renewed, stopped. It is shown once, in the answer to the form."""
    account, address = account_of(request), ""
    if request.method == "POST":
        if "dung" in request.POST:
            stop_calendar_feed(account, by=account.actor)
            messages.success(request, _("Địa chỉ lịch không còn dùng được."))
            return redirect("my_calendar")
        token = make_calendar_feed(account, by=account.actor)
        address = settings.PUBLIC_URL + reverse("calendar_feed", args=[token])
    return render(request, "office/my_calendar.html", {"feed": feed_of(account), "address": address})
