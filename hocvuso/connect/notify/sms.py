"""SMS under the office's brand name, through the gateway of a provider. What it wants to be asked stands in a file (`sms_form`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from hocvuso.connect.http import open_client
from hocvuso.connect.notify.answers import asked, is_down
from hocvuso.connect.notify.seam import NotDelivered, Post, Session
from hocvuso.connect.notify.sms_form import SmsForm, parse_sms_form
from hocvuso.connect.notify.texts import written_sms
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.people.models import ContactChannel

if TYPE_CHECKING:
    import httpx


class Sms:
    key = ContactChannel.SMS

    @property
    def closed_why(self) -> str:
        return "" if settings.SMS_URL else "chưa đặt HOCVUSO_SMS_URL"

    @property
    def per_minute(self) -> int:
        limit: int = settings.SMS_PER_MINUTE
        return limit

    @contextmanager
    def opened(self) -> Iterator[Session]:
        with open_client() as client:
            yield _Messages(client, sms_form(settings.SMS_FORM))


@cache
def sms_form(file: Path) -> SmsForm:
    """Raises `BadInput`."""
    return parse_sms_form(read_yaml(file), name=file.name)


class _Messages:
    def __init__(self, client: httpx.Client, form: SmsForm) -> None:
        self.is_lost = False
        self._client = client
        self._form = form

    def send(self, post: Post) -> None:
        sms = written_sms(post.subject, accents=settings.SMS_ACCENTS, most_segments=settings.SMS_SEGMENTS)
        headers, fields = self._form.filled(
            {
                "phone": post.to, "text": sms.text, "brand": settings.SMS_BRAND, "reference": post.reference,
                "user": settings.SMS_USER, "secret": settings.SMS_SECRET, "unicode": str(int(sms.is_unicode)),
            }
        )  # fmt: skip
        request = {"json": fields} if self._form.body == "json" else {"data": fields}
        try:
            answer = asked(self._client, settings.SMS_URL, headers=headers, **request)
        except NotDelivered as error:
            self.is_lost = is_down(error.code)
            raise
        outcome, code = self._form.outcome(answer)
        if outcome != "accepted":
            raise NotDelivered(f"sms_{code}", for_good=outcome == "refused")
