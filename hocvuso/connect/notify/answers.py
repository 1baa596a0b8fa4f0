"""Asking over HTTP and reading the JSON that comes back, for the channels that go that way. Every fault is a `NotDelivered`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hocvuso.connect.notify.seam import NotDelivered

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 50_000


def asked(client: httpx.Client, address: str, **request: Any) -> dict[str, Any]:
    """POST and give back the object of an answer 2xx; one that is no object is an empty one. The codes of failures name nobody."""
    import httpx

    try:
        answer = client.post(address, **request)
    except httpx.TimeoutException:
        raise NotDelivered("timeout") from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise NotDelivered("no_answer") from None
    if not answer.is_success:
        raise NotDelivered(f"http_{answer.status_code}")
    try:
        data = answer.json() if len(answer.content) <= MOST_BYTES else {}
    except ValueError:
        data = {}
    return data if isinstance(data, dict) else {}


def is_down(code: str) -> bool:
    """Nobody is there, or they have trouble of their own: the next one would fare no better."""
    return code in {"timeout", "no_answer", "http_429"} or code.startswith("http_5")
