"""The stand-in of VNeID, really running, and a browser's way through it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from django.test import Client as Browser

from hocvuso.connect.vneid import provider
from hocvuso.connect.vneid.standin.app import Standin
from hocvuso.connect.vneid.standin.provider import Client, StandinCitizen
from hocvuso.connect.vneid.standin.server import bound_server

CLIENT = Client("hoc-vu-so", "mot-bi-mat-cua-bai-thu", ("http://testserver/hoc/vneid/ve/",))
LAN = StandinCitizen("lan", "Lan Niê", "nữ, sinh năm 1964", "999660000001", "1964", "female")
MOI = StandinCitizen("moi", "Hoàng Văn Mới", "chưa có trong hệ thống", "999669999999", "12/05/1990", "Nam")


@dataclass(frozen=True)
class Running:
    url: str
    app: Standin

    def agree(self, address: str, key: str) -> str:
        """What a citizen does there: look at the page, press a button. Gives back the address their browser is sent to."""
        page = httpx.get(address)
        assert page.status_code == 200, page.text
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text))
        form = {name: unescape(value) for name, value in hidden.items()} | {"nguoi": key}
        answer = httpx.post(f"{self.url}/dang-nhap", data=form)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]


@contextmanager
def running_standin(
    given: Any, *, citizens: tuple[StandinCitizen, ...] = (LAN, MOI), slow: float = 30
) -> Iterator[Running]:
    """`given` are the settings of the test; they name the stand-in while it runs."""
    server = bound_server("127.0.0.1", 0)
    app = server.play(CLIENT, citizens, slow=slow)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    url = server.address
    given.VNEID_ISSUER, given.VNEID_CONFIRM_URL = url, f"{url}/xac-nhan"
    given.VNEID_CLIENT_ID, given.VNEID_CLIENT_SECRET = CLIENT.client_id, CLIENT.secret
    provider.forget()
    try:
        yield Running(url, app)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        provider.forget()


def begin(browser: Browser, **query: str) -> str:
    """Press the button on our side; gives back the address at VNeID."""
    page = browser.get("/hoc/vneid/di/", query)
    assert page.status_code == 200, page.content.decode()
    found = re.search(r'content="0;url=([^"]+)"', page.content.decode())
    assert found is not None
    return unescape(found[1])


def come_in(browser: Browser, standin: Running, key: str, **query: str) -> Any:
    """The whole way there and back; gives our answer to what came back."""
    return follow(browser, standin.agree(begin(browser, **query), key))


def follow(browser: Browser, address: str) -> Any:
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == "http://testserver"
    return browser.get(parts.path, dict(parse_qsl(parts.query)))
