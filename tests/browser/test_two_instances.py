"""A province and the level above, two real programs: what is sent arrives once and unchanged, whoever is killed on the way."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.browser.site import ROOT, Site, copy_of, environment, request_of, running_site

pytestmark = pytest.mark.browser


class Between:
    """A line between the two that a test holds: it knows what went over it, and may do something just before it hands a request on."""

    def __init__(self) -> None:
        self.target = ""
        self.passed: list[str] = []
        self.before: Callable[[int], None] = lambda number: None
        self.change: Callable[[bytes], bytes] = lambda body: body
        self._carrying = threading.Lock()

    @property
    def packages(self) -> list[str]:
        return [path for path in self.passed if "/goi/" in path]

    def carry(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        with self._carrying:
            self.before(len(self.passed))
            reply = request_of(self.target, "POST", path, self.change(body), headers, patience=60)
            self.passed.append(path)
        return reply.status, reply.body

    def wait_until_empty(self) -> None:
        """What a sender that was killed had still handed over arrives first."""
        with self._carrying:
            pass


@contextmanager
def held(line: Between) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told = {name: self.headers[name] for name in ("Hocvuso-Key", "Hocvuso-Signature", "Content-Type")}
            try:
                status, said = line.carry(self.path, body, told)
            except (OSError, http.client.HTTPException):
                self.close_connection = True  # nobody there: nobody answers
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def begin(home: Path, *words: str, demo: bool = True) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "hocvuso", *words], cwd=ROOT, env=environment(home, demo=demo), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def say(home: Path, *words: str, demo: bool = True) -> tuple[int, str]:
    started = begin(home, *words, demo=demo)
    said, _ = started.communicate(timeout=120)
    return started.returncode, said


def counts_at(home: Path, unit: str, *, demo: bool) -> dict[str, Any]:
    code, said = say(home, "measure", "show", "--unit", unit, "--on", "2025-10-17", "--json", demo=demo)
    assert code == 0, said
    return {
        f"{one['metric']} {one['level']}": [
            one["proven"], *((one[name] or {}).get("count") for name in ("imported", "declared", "population")), one["simulated"],
        ]
        for one in json.loads(said)["figures"]
    }  # fmt: skip


def test_killed_on_either_side_it_goes_on_and_the_sums_are_equal(prepared: Path, tmp_path: Path) -> None:
    province, above = copy_of(prepared, tmp_path / "province"), tmp_path / "above"
    line = Between()
    code, key = say(province, "measure", "key")
    assert code == 0

    with held(line) as address:
        push = ("measure", "push", "--unit", "66", "--to", address)

        # The receiver is killed in the middle.
        with running_site(above, tmp_path / "log-1", demo=False) as site:
            line.target = site.url
            code, said = say(province, *push)
            assert (code, "chưa biết khóa này" in said) == (2, True), said
            assert (
                say(above, "measure", "accept-from", "dak-lak", "--unit", "66", "--key", key.strip(), demo=False)[0]
                == 0
            )
            line.passed.clear()
            line.before = lambda number: site.kill() if number == 3 else None
            code, said = say(province, *push)
            assert (code, "Chạy lại lệnh để gửi tiếp" in said) == (2, True), said
            assert len(line.packages) == 2

        with running_site(above, tmp_path / "log-2", demo=False) as site:
            # The sender is killed in the middle.
            line.target = site.url
            line.passed.clear()
            sender = begin(province, *push)
            line.before = lambda number: sender.kill() if number == 2 else None
            sender.communicate(timeout=120)
            assert sender.returncode == -9
            line.wait_until_empty()
            kept = _kept(above)
            assert not (above / "received" / "current.json").exists()

            # It goes on.
            line.before = lambda number: None
            line.passed.clear()
            code, said = say(province, *push)
            assert code == 0, said
            manifest = json.loads((above / "received" / "66" / "manifest.json").read_bytes())
            assert len(line.packages) == len(manifest["packages"]) - kept
            for unit in ("66", "VN"):
                assert counts_at(above, unit, demo=False) == counts_at(province, unit, demo=True)

            # The same again is nothing new.
            line.passed.clear()
            before = (above / "received" / "current.json").read_bytes()
            code, said = say(province, *push)
            assert (code, "Không có gì mới" in said, line.packages) == (0, True, []), said

            # A byte that was changed on the way.
            line.change = lambda body: body[:-9] + bytes([body[-9] ^ 1]) + body[-8:]
            code, said = say(province, *push)
            assert (code, "Chữ ký không đúng" in said) == (2, True), said
            assert (above / "received" / "current.json").read_bytes() == before
            _demand_words(site)


def _kept(above: Path) -> int:
    return len(list((above / "received" / "66" / "packages").glob("*.csv.gz")))


def _demand_words(site: Site) -> None:
    """The receiver holds nobody's name, and its pages say that the figures are simulated."""
    assert site.ask("SELECT count(*) FROM people_person") == [(0,)]
    assert "dữ liệu mô phỏng" in request_of(site.url, "GET", "/").body.decode().lower()
