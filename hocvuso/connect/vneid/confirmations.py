"""One confirmation as it goes over the line, and what the answer means.

POST to `HOCVUSO_VNEID_CONFIRM_URL` with our name and secret (HTTP Basic), JSON. An answer of 200 with a reference is a confirmation;
the few answers that say no for good are refusals; everything else is tried again, under the same delivery id.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from hocvuso.connect.http import open_client

REFUSALS = {404, 410, 422}  # they understood, and say no: nobody of this number, not accepted
MOST_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind` is "ok", "refused" or "retry", as `credentials.actions.note_delivery_attempt` takes it; `error` a short code."""

    kind: str
    error: str = ""
    reference: str = ""
    replied_on: dt.date | None = None
    is_down: bool = False  # nobody is there: the next one would fare no better


def send_confirmation(body: dict[str, Any], *, today: dt.date) -> Outcome:
    import httpx

    try:
        with open_client() as client:
            answer = client.post(
                settings.VNEID_CONFIRM_URL, json=body, auth=(settings.VNEID_CLIENT_ID, settings.VNEID_CLIENT_SECRET)
            )
    except httpx.TimeoutException:
        return Outcome("retry", "timeout", is_down=True)
    except (httpx.HTTPError, httpx.InvalidURL):
        return Outcome("retry", "no_answer", is_down=True)
    if answer.status_code == 200:
        return _confirmed(answer, today)
    if answer.status_code in REFUSALS:
        return Outcome("refused", f"http_{answer.status_code}", replied_on=today)
    return Outcome("retry", f"http_{answer.status_code}", is_down=answer.status_code >= 500)


def _confirmed(answer: Any, today: dt.date) -> Outcome:
    """A confirmation needs a reference one can ask them about; a day that has not come yet counts as today."""
    try:
        data = answer.json() if len(answer.content) <= MOST_BYTES else {}
        reference = str(data["reference"]).strip()
        day = dt.date.fromisoformat(str(data["confirmed_on"]))
    except (ValueError, KeyError, TypeError):
        return Outcome("retry", "not_readable")
    if not reference or len(reference) > 80 or not reference.isprintable():
        return Outcome("retry", "no_reference")
    return Outcome("ok", reference=reference, replied_on=min(day, today))
