"""The stand-in as a WSGI program: a few addresses, nothing of Django."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from hocvuso.connect.vneid.standin import pages
from hocvuso.connect.vneid.standin.provider import NotInOrder, StandinProvider
from hocvuso.connect.vneid.standin.receiver import Mood, StandinReceiver

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    location: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    query: Mapping[str, str]
    body: bytes
    authorization: str

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


def _html(text: str, status: int = 200) -> Answer:
    return Answer(status, text.encode())


def _json(data: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(data, ensure_ascii=False).encode(), "application/json")


class Standin:
    def __init__(self, provider: StandinProvider, receiver: StandinReceiver) -> None:
        self.provider = provider
        self.receiver = receiver
        self._doors: dict[tuple[str, str], Callable[[Request], Answer]] = {
            ("GET", "/"): lambda request: _html(pages.front()),
            ("GET", "/.well-known/openid-configuration"): lambda request: _json(provider.description()),
            ("GET", "/khoa"): lambda request: _json(provider.keys()),
            ("GET", "/dang-nhap"): self._choose,
            ("POST", "/dang-nhap"): self._chosen,
            ("POST", "/doi-ma"): self._redeem,
            ("POST", "/xac-nhan"): self._receive,
            ("GET", "/quan-tri"): lambda request: _html(pages.moods(receiver.mood, receiver.kept)),
            ("POST", "/quan-tri"): self._set_mood,
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._answer(environ)
        headers = [
            ("Content-Type", answer.kind),
            ("Content-Length", str(len(answer.body))),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
        ]
        if answer.location:
            headers.append(("Location", answer.location))
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [answer.body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        door = self._doors.get((environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")))
        length = environ.get("CONTENT_LENGTH") or "0"
        if door is None:
            return _html(pages.not_in_order("Trang này không có."), 404)
        if not length.isdigit() or int(length) > MOST_BYTES:
            return _json({"error": "invalid_request"}, 400)
        query = dict(parse_qsl(environ.get("QUERY_STRING", "")))
        body = environ["wsgi.input"].read(int(length))
        return door(Request(query, body, environ.get("HTTP_AUTHORIZATION", "")))

    def _choose(self, request: Request) -> Answer:
        try:
            self.provider.read_request(request.query)
        except NotInOrder as error:
            return _html(pages.not_in_order(error.plain), 400)
        return _html(pages.choose_citizen(self.provider.citizens, request.query))

    def _chosen(self, request: Request) -> Answer:
        chosen = request.form.get("nguoi", "")
        try:
            asked = self.provider.read_request(request.form)
            there = self.provider.grant(asked, chosen) if chosen else self.provider.decline(asked)
        except NotInOrder as error:
            return _html(pages.not_in_order(error.plain), 400)
        return Answer(303, location=there)

    def _redeem(self, request: Request) -> Answer:
        if not self.provider.knows(request.authorization):
            return _json({"error": "invalid_client"}, 401)
        try:
            return _json(self.provider.redeem(request.form))
        except NotInOrder as error:
            return _json({"error": error.error}, 400)

    def _receive(self, request: Request) -> Answer:
        if not self.provider.knows(request.authorization):
            return _json({"error": "invalid_client"}, 401)
        try:
            sent = json.loads(request.body)
        except ValueError:
            sent = None
        reply = self.receiver.receive(sent)
        time.sleep(reply.after)
        return _json(reply.body, reply.status)

    def _set_mood(self, request: Request) -> Answer:
        chosen = request.form.get("kieu", "")
        if chosen not in set(Mood):
            return _html(pages.not_in_order("Không có cách trả lời này."), 400)
        self.receiver.mood = Mood(chosen)
        return Answer(303, location="/quan-tri")
