"""Pages that are asked for again and again: the answer carries a mark (ETag), and whoever has it already is told so (304)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

import hocvuso
from hocvuso.lib import clock
from hocvuso.measure.queries import current_snapshot, flag_sheet_mark
from hocvuso.messages.queries import unread_notices
from hocvuso.people.queries import roles_of
from hocvuso.plans.queries import plans_mark
from hocvuso.web.shared.rights import account_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def unless_known(view: View[P]) -> View[P]:
    """Put under @official. Only for pages that show nothing but figures, flags and plans: what their mark is made of, beside how many
    notices are unread, which every page shows."""

    @wraps(view)
    def marked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        # A message that waits to be shown ("saved") makes this answer one of its own.
        if request.method not in ("GET", "HEAD") or len(get_messages(request)):
            return view(request, *args, **kwargs)
        mark = _mark(request)
        known = get_conditional_response(request, etag=mark)
        response = known if known is not None else view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["ETag"] = mark
            response.headers["Cache-Control"] = "private, no-cache"
        return response

    return cast("View[P]", marked)


def _mark(request: HttpRequest) -> str:
    """Who asks, as what, in which language, for which page; and everything the page is made from."""
    account = account_of(request)
    made_from = (
        hocvuso.__version__, static("hocvuso.css"), request.get_full_path(), get_language(), clock.today().isoformat(), account.pk,
        account.full_name, request.session.session_key, current_snapshot().name, flag_sheet_mark(), plans_mark(),
        unread_notices(account),
        *((role.pk, role.kind) for role in roles_of(account, on=clock.today())),
    )  # fmt: skip
    return f'"{hashlib.sha256(repr(made_from).encode()).hexdigest()[:32]}"'
