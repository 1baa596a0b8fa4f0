"""The learner's door: a lesson page and an answer against bare Django views, in one run; how much a first visit loads.

Granian with one worker and one thread serves, in turns, our whole application, a bare Django as `startproject` makes it, and the floor:
Django without any middleware on our own database settings (`bench/bare_web.py`). `_ms` is CPU of the server processes for one request
over a kept connection; `_ratio` is ours over the bare one, `_over_floor` ours over the floor, each the median of the rounds. The answer
is a real one: signed in, CSRF checked, stored with `synchronous=FULL`. Sizes are bytes as they travel, compressed as for a browser,
headers not counted.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin

COURSE = TEST = "nam-ky-nang"
LIMITS = {
    "lesson_ratio": 2.5, "answer_ratio": 3.0, "first_visit_bytes": 60_000, "first_visit_requests": 6, "lesson_bytes": 40_000,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench web", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--requests", type=int, default=400, help="requests of a kind in each round (400)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds; the median counts (5)")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="hocvuso-bench-"))
    for name in [name for name in os.environ if name.startswith("HOCVUSO_")]:
        del os.environ[name]
    os.environ |= {"HOCVUSO_HOME": str(home), "HOCVUSO_DEMO": "1", "DJANGO_SETTINGS_MODULE": "hocvuso.config.settings"}
    try:
        print(json.dumps(measure(home, options.requests, options.rounds), indent=2))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def measure(home: Path, requests: int, rounds: int) -> dict[str, Any]:
    import django

    django.setup()
    from hocvuso.config.prepare import prepare

    prepare(persons=1500)
    learner = Learner.begin()
    from django.db import connections

    connections.close_all()
    with ExitStack() as servers:
        ours = servers.enter_context(served("hocvuso.config.wsgi:application"))
        bare, floor = (
            servers.enter_context(served("bench.bare_web:application", **bare_home(home, kind)))
            for kind in ("startproject", "floor")
        )
        found: dict[str, Any] = {"requests": requests, "rounds": rounds, "load_before": round(os.getloadavg()[0], 1)}
        found |= compare(
            "lesson",
            lambda n: ours.get(learner.lesson, learner.cookie),
            lambda server, n: server.get("/read/"),
            (ours, bare, floor),
            requests,
            rounds,
        )
        found |= compare(
            "answer",
            learner.answers(ours),
            lambda server, n: server.post("/write/", {"name": f"m{n}"}),
            (ours, bare, floor),
            requests,
            rounds,
        )
        found |= sizes(ours)
    found["within"] = {name: found[name] <= limit for name, limit in LIMITS.items()}
    return found


def bare_home(home: Path, kind: str) -> dict[str, str]:
    """A folder with a migrated database and one row to read; what tells the bare server of it."""
    folder = home / kind
    folder.mkdir()
    script = (
        "import bench.bare_web; from django.core.management import call_command; call_command('migrate', verbosity=0); "
        "from django.contrib.contenttypes.models import ContentType as C; "
        "C.objects.get_or_create(pk=1, defaults={'app_label': 'a', 'model': 'b'})"
    )
    environment = {"BARE_HOME": str(folder), "BARE": kind}
    clean = {**os.environ, **environment}
    clean.pop("DJANGO_SETTINGS_MODULE")
    subprocess.run([sys.executable, "-c", script], check=True, env=clean)  # noqa: S603  our own words
    return environment


class Server:
    """A granian under our eyes: kept connection, CPU of it and its children."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.line = process, http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.url = f"http://127.0.0.1:{port}"

    def ask(self, method: str, address: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
        self.line.request(method, address, body or None, {"Accept-Encoding": "gzip", **headers})
        answer = self.line.getresponse()
        return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read()

    def get(self, address: str, cookie: str = "") -> None:
        status, _, _ = self.ask("GET", address, **({"Cookie": cookie} if cookie else {}))
        if status != 200:
            raise SystemExit(f"{address} answered {status}")

    def post(self, address: str, form: dict[str, str], cookie: str = "") -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded", **({"Cookie": cookie} if cookie else {})}
        status, _, _ = self.ask("POST", address, urlencode(form).encode() or b"x=1", **headers)
        if status not in {201, 302}:
            raise SystemExit(f"{address} answered {status}")

    def cpu(self) -> float:
        return sum(_cpu_of(pid) for pid in _family(self.process.pid))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(application: str, **environment: str) -> Iterator[Server]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("granian")),
        application,
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    env = {**os.environ, **environment}
    if environment:
        env.pop("DJANGO_SETTINGS_MODULE", None)
    process = subprocess.Popen(  # noqa: S603  our own command
        [*command, "--workers", "1", "--blocking-threads", "1"], env=env, stdout=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with closing(socket.socket()) as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(timeout=20)


def compare(
    name: str, our: Callable[[int], None], its: Callable[[Server, int], None], servers: tuple[Server, Server, Server],
    requests: int, rounds: int,
) -> dict[str, float]:  # fmt: skip
    """CPU a request, in turns; a first round fills the caches and does not count."""
    ours, bare, floor = servers
    works = ((bare, lambda n: its(bare, n)), (ours, our), (floor, lambda n: its(floor, n)))
    taken: dict[Server, list[float]] = {server: [] for server in servers}
    count = 0
    for turn in range(rounds + 1):
        for server, work in works:
            before = server.cpu()
            for _ in range(requests):
                count += 1
                work(count)
            if turn:
                taken[server].append(1000 * (server.cpu() - before) / requests)
    over_bare, over_floor = (
        statistics.median(mine / its for mine, its in zip(taken[ours], taken[other], strict=True))
        for other in (bare, floor)
    )
    what = "read" if name == "lesson" else "write"
    return {
        f"{name}_ms": round(statistics.median(taken[ours]), 2),
        f"bare_{what}_ms": round(statistics.median(taken[bare]), 2),
        f"floor_{what}_ms": round(statistics.median(taken[floor]), 2),
        f"{name}_ratio": round(over_bare, 2),
        f"{name}_over_floor": round(over_floor, 2),
    }


class Learner:
    """Somebody of the demo who has signed in and sits a test."""

    def __init__(self, cookie: str, token: str, attempt: str, form: list[Any]) -> None:
        self.cookie, self.token, self.attempt, self.form = cookie, token, attempt, form
        self.lesson = f"/hoc/bai/{COURSE}/{_first_lesson()}/2/"  # the first one would not ask how far she is

    @classmethod
    def begin(cls) -> Learner:
        from django.contrib.sessions.backends.db import SessionStore
        from django.middleware.csrf import _get_new_csrf_string

        from hocvuso.assessment.actions import begin_attempt
        from hocvuso.assessment.queries import blueprint_named
        from hocvuso.learning.actions import finish_step
        from hocvuso.learning.queries import course_named
        from hocvuso.lib import clock
        from hocvuso.people.models import Person

        person = Person.objects.filter(birth_year__lt=1970, unit__isnull=False).order_by("pk")[0]
        session = SessionStore()
        session["person"], session["seen"] = str(person.pk), clock.real_now().timestamp()
        session.create()
        token = _get_new_csrf_string()
        course = course_named(COURSE)
        finish_step(
            person,
            course=course,
            lesson=course.lessons[0],
            step=1,
            by=":bench",
            now=clock.real_now(),
            today=clock.today(),
        )
        attempt = begin_attempt(person, blueprint_named(TEST), by=":bench", now=clock.real_now())
        return cls(f"hvs_session={session.session_key}; csrftoken={token}", token, str(attempt.pk), attempt.form)

    def answers(self, server: Server) -> Callable[[int], None]:
        def answer(n: int) -> None:
            position = n % len(self.form)
            chosen = str(self.form[position][1][0])
            fields = {"csrfmiddlewaretoken": self.token, "seq": str(n), "chosen": chosen}
            server.post(f"/hoc/bai-lam/{self.attempt}/{position + 1}/", fields, self.cookie)

        return answer


def _first_lesson() -> str:
    from hocvuso.learning.queries import course_named

    return course_named(COURSE).lessons[0].key


LOADED = re.compile(r'<(?:link[^>]* href|script[^>]* src|img[^>]* src)="([^"]+)"')


def sizes(server: Server) -> dict[str, int]:
    """Bytes and requests of a first visit without anything in the cache, and of the heaviest lesson page."""
    from hocvuso.learning.queries import course_named

    first, count = _load(server, "/hoc/", "")
    lessons = course_named(COURSE).lessons
    pages = [f"/hoc/bai/{COURSE}/{lesson.key}/{n + 1}/" for lesson in lessons for n in range(len(lesson.steps))]
    heaviest = max(_load(server, page, "")[0] for page in pages)
    return {
        "first_visit_bytes": first,
        "first_visit_requests": count,
        "lesson_bytes": heaviest,
        "lesson_pages": len(pages),
    }


def _load(server: Server, address: str, cookie: str) -> tuple[int, int]:
    _, headers, body = server.ask("GET", address, **({"Cookie": cookie} if cookie else {}))
    import gzip

    html = (gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body).decode()
    parts = {urljoin(address, part) for part in LOADED.findall(html)}
    return len(body) + sum(len(server.ask("GET", part)[2]) for part in parts), 1 + len(parts)


if __name__ == "__main__":
    main()
