"""The real program, started on a copy of a prepared folder, as seen from outside: an address, and the database file to look into."""

from __future__ import annotations

import datetime as dt
import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing
from django.utils.crypto import get_random_string, salted_hmac
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import TOTP
from playwright.sync_api import Error, Page

from hocvuso.lib import clock

ROOT = Path(__file__).resolve().parents[2]
PERSONS = 1500  # some fifteen people a commune: enough for two villages, an office and a school
PASSWORD = "hoc-vu-so-2025"
EA_KAR, EA_KNOP = "Xã Ea Kar", "Xã Ea Knốp"
# Pages with and without figures, for anybody and for an officer: what a first start is asked.
FIRST_ASKED = ("/", "/ket-qua/", "/dang-nhap/", "/dieu-hanh/", "/dieu-hanh/bang/66/")
PATIENCE = 30  # seconds for an answer; a busy machine needs some, a worker that hangs never gives one


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Message
    body: bytes


def request_of(
    url: str,
    method: str,
    path: str,
    body: str | bytes = "",
    headers: dict[str, str] | None = None,
    *,
    patience: float = PATIENCE,
) -> Reply:
    """One request on a line of its own, which is closed whatever happens: a line a killed server left open would fail a later test.

    Raises OSError or HTTPException when nobody answers.
    """
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=patience)) as line:
        line.request(method, path, body or None, headers or {})
        with line.getresponse() as answer:
            return Reply(answer.status, answer.headers, answer.read())


@dataclass(frozen=True)
class Prepared:
    """A small demo as its first start left it, and how that start went."""

    home: Path
    answers: dict[str, str]  # address → "200 after 0.3 s", or what came instead


def prepared_home(folder: Path) -> Prepared:
    """Made once by a first start of the program itself; workers that come later wait for the first one and use what it made."""
    home, done = folder / "demo", folder / "demo-done"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            answers = _start_from_nothing(home, folder / "demo-log")
            done.write_text(json.dumps(answers), encoding="utf-8")
    return Prepared(home, json.loads(done.read_text(encoding="utf-8")))


def _start_from_nothing(home: Path, log: Path) -> dict[str, str]:
    with running_site(home, log, "--persons", str(PERSONS), patience=400) as site:
        cookie = office_cookie(site, "binh")
        return {address: _answer(site, address, cookie) for address in FIRST_ASKED}


def _answer(site: Site, address: str, cookie: Any) -> str:
    """What one request gives. A worker that hangs would hold the whole run: it is given up after some seconds."""
    begun = time.monotonic()
    try:
        reply = request_of(site.url, "GET", address, headers={"Cookie": f"{cookie['name']}={cookie['value']}"})
    except OSError as trouble:
        return f"{type(trouble).__name__} after {time.monotonic() - begun:.1f} s"
    return f"{reply.status} after {time.monotonic() - begun:.1f} s"


def environment(home: Path, *, demo: bool = True, day: str = "") -> dict[str, str]:
    """Nothing of the tests' own settings reaches the program. `day` moves its business day."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HOCVUSO_", "DJANGO_", "PYTEST_"))}
    moved = {"HOCVUSO_TODAY": day} if day else {}
    return {**kept, **moved, "HOCVUSO_HOME": str(home), "HOCVUSO_DEMO": "1" if demo else "0"}


def run_hocvuso(home: Path, *words: str, day: str = "") -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hocvuso", *words],
        cwd=ROOT,
        env=environment(home, day=day),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"hocvuso {' '.join(words)}: {done.stdout}{done.stderr}"


@dataclass(frozen=True)
class Site:
    url: str
    home: Path
    group: int  # process group of the program and all its children

    def kill(self) -> None:
        """What a power cut does: everything is gone at once, and nobody was told."""
        os.killpg(self.group, signal.SIGKILL)

    def ask(self, sql: str, *values: Any) -> list[Any]:
        """Rows of the running program's database."""
        with closing(sqlite3.connect(self.home / "hocvuso.sqlite3", timeout=20)) as database:
            return database.execute(sql, values).fetchall()

    def change(self, sql: str, *values: Any) -> None:
        with closing(sqlite3.connect(self.home / "hocvuso.sqlite3", timeout=20, isolation_level=None)) as database:
            database.execute(sql, values)

    def code_of(self, username: str) -> str:
        """What the phone of this account shows now, computed from the device's key as any authenticator would."""
        found = self.ask(
            "SELECT key, step, t0, digits, drift FROM otp_totp_totpdevice d JOIN people_account a ON a.id = d.user_id WHERE username = ?",
            username,
        )
        key, step, t0, digits, drift = found[0]
        totp = TOTP(bytes.fromhex(key), step, t0, digits, drift)
        totp.time = clock.real_now().timestamp()
        return f"{totp.token():0{digits}d}"

    def forget_used_codes(self) -> None:
        """A code serves once and lives 30 seconds: instead of waiting for the next one, a test lets the device forget."""
        self.change(
            "UPDATE otp_totp_totpdevice SET last_t = -1, throttling_failure_count = 0, throttling_failure_timestamp = NULL"
        )

    def end_sessions(self) -> None:
        """What a night does: the cookie is still there, the session is not."""
        self.change("DELETE FROM django_session")

    def code_of_unit(self, name: str) -> str:
        rows = self.ask(
            "SELECT code FROM places_unit WHERE name = ? AND valid_to IS NULL AND path LIKE '/VN/66/%'", name
        )
        return str(rows[0][0])

    def persons_of(self, commune: str) -> list[tuple[str, str]]:
        """(id, name) of everybody who lives in a commune."""
        rows = self.ask(
            "SELECT p.id, p.name FROM people_person p JOIN places_unit u ON u.id = p.unit_id WHERE u.path LIKE ? ORDER BY p.folded",
            f"%/{self.code_of_unit(commune)}/%",
        )
        return [(str(key), str(name)) for key, name in rows]


@contextmanager
def running_site(
    home: Path, log: Path, *words: str, demo: bool = True, day: str = "", patience: float = 90
) -> Iterator[Site]:
    """`hocvuso serve` on a free port; it and its children have ended when the block has. `patience`: seconds until it must answer."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "hocvuso", "serve", "--port", str(port), *words],
            cwd=ROOT, env=environment(home, demo=demo, day=day), stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/suc-khoe/", server, log, patience)
            yield Site(url, home, server.pid)
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait(timeout=15)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        assert server.poll() is None, f"hocvuso serve ended: {log.read_text()}"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"hocvuso serve does not answer: {log.read_text()}")


def visiting_cookie(site: Site, person: str) -> Any:
    """A citizen's visit that has begun."""
    return _cookie_of(site, {"person": str(uuid.UUID(person))})


def office_cookie(site: Site, username: str) -> Any:
    """An account that has passed both steps, without walking through the pages: those have tests of their own."""
    account, password, device = site.ask(
        "SELECT a.id, a.password, d.id FROM people_account a JOIN otp_totp_totpdevice d ON d.user_id = a.id WHERE username = ?",
        username,
    )[0]
    salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
    return _cookie_of(site, {
        SESSION_KEY: str(account),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: salted_hmac(salt, password, secret=_secret_of(site), algorithm="sha256").hexdigest(),
        DEVICE_ID_SESSION_KEY: f"otp_totp.totpdevice/{device}",
    })  # fmt: skip


def _secret_of(site: Site) -> str:
    return (site.home / "keys" / "hocvuso_secret_key").read_text().strip()


def _cookie_of(site: Site, session: dict[str, str]) -> Any:
    """A session's row and its cookie, signed with the running program's own key."""
    key = get_random_string(32)
    data = signing.dumps(
        session,
        key=_secret_of(site),
        salt="django.contrib.sessions.SessionStore",
        compress=True,
        serializer=JSONSerializer,
    )
    until = clock.real_now() + dt.timedelta(hours=12)
    site.change("INSERT INTO django_session VALUES (?, ?, ?)", key, data, until.strftime("%Y-%m-%d %H:%M:%S"))
    return {"name": "hvs_session", "value": key, "url": site.url}


def copy_of(home: Path, to: Path) -> Path:
    shutil.copytree(home, to)
    return to


T = TypeVar("T")


def steadily(page: Page, look: Callable[[], T]) -> T:
    """What a look at the page finds. A click is done when the next page begins: a look that the new page interrupts is taken again."""
    for _again in range(4):
        page.wait_for_load_state("networkidle")
        try:
            return look()
        except Error:
            time.sleep(0.3)
    page.wait_for_load_state("networkidle")
    return look()
