"""Zalo: one template message (ZNS) a post, from the office's Official Account.

Names of fields and codes as Zalo's public documentation gives them. The template, its parameters and the price are a contract with Zalo:
they are settings. Zalo does not promise to know a `tracking_id` again, so a kill between sending and noting may show a message twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings

from hocvuso.connect.http import open_client
from hocvuso.connect.notify.answers import asked, is_down
from hocvuso.connect.notify.seam import NotDelivered, Post, Session
from hocvuso.connect.notify.texts import WARNING, WHERE, shortened
from hocvuso.connect.notify.zalo_tokens import access_token, forget_access
from hocvuso.lib import clock
from hocvuso.people.models import ContactChannel

if TYPE_CHECKING:
    import httpx

# What they say no to for good: a wrong number, a telephone or an account that takes no such message.
FOR_GOOD = {-108: "number_refused", -110: "old_zalo", -114: "not_taken", -118: "no_zalo", -119: "not_taken"}
TOKEN_REFUSED = {-124, -216, -220}
MOST_CHARACTERS = 200  # of one parameter; ours, a template may take less


class Zalo:
    key = ContactChannel.ZALO

    @property
    def closed_why(self) -> str:
        return "" if settings.ZALO_URL else "chưa đặt HOCVUSO_ZALO_URL"

    @property
    def per_minute(self) -> int:
        limit: int = settings.ZALO_PER_MINUTE
        return limit

    @contextmanager
    def opened(self) -> Iterator[Session]:
        with open_client() as client:
            yield _Messages(client, access_token(client, now=clock.real_now()))


class _Messages:
    def __init__(self, client: httpx.Client, token: str) -> None:
        self.is_lost = False
        self._client = client
        self._token = token

    def send(self, post: Post) -> None:
        body = {
            "phone": post.to.removeprefix("+"),
            "template_id": settings.ZALO_TEMPLATE,
            "template_data": template_data(post),
            "tracking_id": post.reference,
        }
        try:
            answer = asked(self._client, settings.ZALO_URL, json=body, headers={"access_token": self._token})
        except NotDelivered as fault:
            self.is_lost = is_down(fault.code)
            raise
        error = answer.get("error")
        if not isinstance(error, int) or isinstance(error, bool):
            raise NotDelivered("not_readable")
        if error in TOKEN_REFUSED:
            self.is_lost = True
            forget_access()
            raise NotDelivered("token_refused")
        if error:
            raise NotDelivered(FOR_GOOD.get(error, f"zalo{error}"), for_good=error in FOR_GOOD)


def template_data(post: Post) -> dict[str, str]:
    """What the template shows, under the names it was registered with. The body stays in the system: only the subject goes out."""
    known = {
        "name": post.name,
        "subject": post.subject,
        "where": WHERE,
        "warning": WARNING,
        "day": f"{post.at.astimezone(clock.HANOI):%d/%m/%Y}",
    }
    return {theirs: shortened(known[ours], MOST_CHARACTERS) for ours, theirs in settings.ZALO_FIELDS.items()}
