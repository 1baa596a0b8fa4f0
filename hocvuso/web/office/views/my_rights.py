from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.lib import clock
from hocvuso.people.queries import roles_of
from hocvuso.people.rules import RIGHTS_OF_ROLE, Right
from hocvuso.web.shared.rights import account_of, official


@official(Right.SIGN_IN)
def my_rights(request: HttpRequest) -> HttpResponse:
    """What the account may see and do, and where: said plainly, so that nobody has to guess."""
    roles = [(role, sorted(RIGHTS_OF_ROLE[role.kind])) for role in roles_of(account_of(request), on=clock.today())]
    return render(request, "office/my_rights.html", {"roles": roles})
