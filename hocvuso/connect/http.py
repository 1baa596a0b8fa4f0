"""The one way out to other systems over HTTP. Tests put a transport of their own in its place (`through`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

CONNECT, ANSWER = 4.0, 10.0  # seconds

_instead: httpx.BaseTransport | None = None


def open_client() -> httpx.Client:
    """Never follows a redirect: an answer from another place than the one that was asked is no answer. No proxy from the environment."""
    import httpx

    return httpx.Client(
        timeout=httpx.Timeout(ANSWER, connect=CONNECT),
        follow_redirects=False,
        transport=_instead,
        trust_env=False,
        headers={"Accept": "application/json", "User-Agent": "hocvuso"},
    )


@contextmanager
def through(transport: httpx.BaseTransport) -> Iterator[None]:
    global _instead
    before, _instead = _instead, transport
    try:
        yield
    finally:
        _instead = before
