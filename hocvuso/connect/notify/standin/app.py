"""The stand-in as a WSGI program: a token door and a message door as Zalo has them, a door for SMS, and a page for people."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from hocvuso.connect.notify.standin import pages
from hocvuso.lib import clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST_BYTES, MOST_SHOWN = 20_000, 200
SECONDS = 90_000


class Mood(StrEnum):
    """What both of them do with the next messages."""

    WELL = "tot"
    REFUSES = "tu-choi"
    BREAKS = "loi"
    FORGETS = "quen-khoa"  # the access token is not taken any more


@dataclass(frozen=True, slots=True)
class Shown:
    """What would have reached a telephone."""

    channel: str
    number: str  # with its last three digits only
    text: str
    reference: str
    at: str


class Standin:
    """`seen` holds what was taken, each reference once, the newest last."""

    def __init__(self, *, app_id: str, secret: str, refresh: str, sms_secret: str) -> None:
        self.mood = Mood.WELL
        self.seen: dict[str, Shown] = {}
        self._app, self._secret, self._first, self._sms = app_id, secret, refresh, sms_secret
        self._spent: set[str] = set()
        self._forgotten: set[str] = set()
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status, body, kind = self._answer(environ)
        headers = [
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
        ]
        if status == HTTPStatus.SEE_OTHER:
            headers.append(("Location", "/"))
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> tuple[int, bytes, str]:
        door = (environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""))
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > MOST_BYTES:
            return _json({"error": "too_large"}, 413)
        body = environ["wsgi.input"].read(int(length))
        if door == ("GET", "/"):
            return 200, pages.front(self.mood, list(self.seen.values())[::-1]).encode(), "text/html; charset=utf-8"
        if door == ("POST", "/"):
            return self._set_mood(_form(body))
        if door == ("POST", "/zalo/token"):
            return self._token(environ.get("HTTP_SECRET_KEY", ""), _form(body))
        if door == ("POST", "/zalo/tin"):
            return self._zalo(environ.get("HTTP_ACCESS_TOKEN", ""), _object(body))
        if door == ("POST", "/sms"):
            return self._take_sms(environ.get("HTTP_AUTHORIZATION", ""), _object(body))
        return 404, pages.front(self.mood, []).encode(), "text/html; charset=utf-8"

    def _set_mood(self, form: Mapping[str, str]) -> tuple[int, bytes, str]:
        if form.get("kieu") in set(Mood):
            self.mood = Mood(form["kieu"])
        return HTTPStatus.SEE_OTHER, b"", "text/plain"

    def _made(self, what: str, of: str) -> str:
        return hashlib.sha256(f"{self._secret}:{what}:{of}".encode()).hexdigest()

    def _token(self, secret: str, form: Mapping[str, str]) -> tuple[int, bytes, str]:
        """A refresh token serves once. It says itself that it is one of ours: a stand-in started again still knows it."""
        given = form.get("refresh_token", "")
        root, _, mark = given.partition(".")
        is_ours = given == self._first or (mark != "" and mark == self._made("refresh", root))
        good = secret == self._secret and form.get("app_id") == self._app and form.get("grant_type") == "refresh_token"
        with self._lock:
            if not good or not is_ours or given in self._spent:
                return _json({"error": -14014, "error_name": "Invalid refresh token"})
            self._spent.add(given)
        following = hashlib.sha256(given.encode()).hexdigest()[:16]
        access = f"{following}.{self._made('access', following)}"
        refresh = f"{following}.{self._made('refresh', following)}"
        return _json({"access_token": access, "refresh_token": refresh, "expires_in": str(SECONDS)})

    def _zalo(self, token: str, sent: Mapping[str, Any]) -> tuple[int, bytes, str]:
        root, _, mark = token.partition(".")
        if self.mood is Mood.FORGETS:
            self._forgotten.add(token)
            self.mood = Mood.WELL
        if not root or mark != self._made("access", root) or token in self._forgotten:
            return _json({"error": -124, "message": "Access token invalid"})
        phone, data, reference = sent.get("phone"), sent.get("template_data"), sent.get("tracking_id")
        if not isinstance(phone, str) or not re.fullmatch(r"84[0-9]{9}", phone):
            return _json({"error": -108, "message": "Phone number invalid"})
        if not isinstance(data, dict) or not data or not isinstance(reference, str) or not sent.get("template_id"):
            return _json({"error": -112, "message": "Template data invalid"})
        if self.mood is Mood.BREAKS:
            return _json({"error": "internal"}, 500)
        if self.mood is Mood.REFUSES:
            return _json({"error": -118, "message": "Zalo account not existed"})
        self._show("Zalo", phone, "\n".join(f"{name}: {value}" for name, value in data.items()), reference)
        return _json({"error": 0, "message": "Success", "data": {"msg_id": self._made("tin", reference)[:16]}})

    def _take_sms(self, authorization: str, sent: Mapping[str, Any]) -> tuple[int, bytes, str]:
        if authorization != f"Bearer {self._sms}":
            return _json({"status": "unauthorized"}, 401)
        to, text, reference = sent.get("to"), sent.get("text"), sent.get("reference")
        if not isinstance(to, str) or not re.fullmatch(r"\+84[0-9]{9}", to):
            return _json({"status": "refused"})
        if not isinstance(text, str) or not text or not isinstance(reference, str) or self.mood is Mood.BREAKS:
            return _json({"status": "error"}, 500)
        if self.mood is Mood.REFUSES:
            return _json({"status": "refused"})
        self._show("SMS", to, text, reference)
        return _json({"status": "accepted"})

    def _show(self, channel: str, number: str, text: str, reference: str) -> None:
        at = f"{clock.real_now().astimezone(clock.HANOI):%d/%m/%Y %H:%M}"
        with self._lock:
            self.seen.setdefault(reference, Shown(channel, f"…{number[-3:]}", text, reference, at))
            for old in list(self.seen)[:-MOST_SHOWN]:
                del self.seen[old]


def _json(data: Any, status: int = 200) -> tuple[int, bytes, str]:
    return status, json.dumps(data, ensure_ascii=False).encode(), "application/json"


def _form(body: bytes) -> dict[str, str]:
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _object(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
