"""The server is killed between answers, as often as one likes: what was acknowledged is there, nothing is there twice, she goes on."""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.browser.site import ROOT, Site, copy_of, environment, request_of, running_site

pytestmark = pytest.mark.browser

BEGIN = """
import json, django
django.setup()
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import _get_new_csrf_string
from hocvuso.assessment.actions import begin_attempt
from hocvuso.assessment.queries import blueprint_named
from hocvuso.lib import clock
from hocvuso.people.models import Person
person = Person.objects.filter(birth_year__lt=1970, unit__isnull=False).order_by("pk")[0]
session = SessionStore()
session["person"], session["seen"] = str(person.pk), clock.real_now().timestamp()
session.create()
attempt = begin_attempt(person, blueprint_named("nam-ky-nang"), by=":test", now=clock.real_now())
print(json.dumps([session.session_key, _get_new_csrf_string(), str(attempt.pk), attempt.form]))
"""


@dataclass(frozen=True)
class Sitting:
    session: str
    token: str
    attempt: str
    form: list[tuple[int, list[int]]]

    def send(self, site: Site, seq: int, position: int) -> str:
        """One answer; where the program leads on to, or an error of the line when the server is gone."""
        body = urlencode({"csrfmiddlewaretoken": self.token, "seq": seq, "chosen": self.form[position][1][0]})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"hvs_session={self.session}; csrftoken={self.token}",
        }
        reply = request_of(site.url, "POST", f"/hoc/bai-lam/{self.attempt}/{position + 1}/", body, headers, patience=10)
        return f"{reply.status} {reply.headers['Location']}"

    def stored(self, position: int) -> str:
        """What the program says when it has the answer: on to the next question, or to the overview."""
        after = f"{position + 2}/" if position + 1 < len(self.form) else ""
        return f"302 /hoc/bai-lam/{self.attempt}/{after}"


def _stored(site: Site) -> list[tuple[int, int]]:
    return [
        (int(seq), int(position))
        for seq, position in site.ask("SELECT seq, position FROM assessment_response ORDER BY seq")
    ]


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    return copy_of(prepared, tmp_path / "home")


def test_no_acknowledged_answer_is_lost_and_none_is_there_twice(home: Path, tmp_path: Path) -> None:
    env = {**environment(home), "DJANGO_SETTINGS_MODULE": "hocvuso.config.settings"}
    said = subprocess.run([sys.executable, "-c", BEGIN], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    sitting = Sitting(*json.loads(said.stdout.splitlines()[-1]))
    # Twice each question, in no order: an answer and the same answer sent again.
    sends = [(position + 1, position) for position in range(20)] * 2
    dice = random.Random(20251017)
    dice.shuffle(sends)
    acknowledged: set[tuple[int, int]] = set()
    tried: set[tuple[int, int]] = set()  # with those that were under way when the line broke: they may be there or not
    for _kill in range(3):
        with running_site(home, tmp_path / "log") as site:
            try:
                for count, (seq, position) in enumerate(sends):
                    tried.add((seq, position))
                    if count == 2:  # it has answered by now; the blow falls while later ones are under way
                        threading.Timer(dice.uniform(0.0, 0.1), site.kill).start()
                    assert sitting.send(site, seq, position) == sitting.stored(position)
                    acknowledged.add((seq, position))
                    time.sleep(0.01)
            except (OSError, http.client.HTTPException):
                pass
            stored = _stored(site)
            assert acknowledged <= set(stored) <= tried
            assert len(stored) == len(set(stored))
            dice.shuffle(sends)
    assert acknowledged
    with running_site(home, tmp_path / "log") as site:
        for seq, position in sends:
            assert sitting.send(site, seq, position) == sitting.stored(position)
        assert _stored(site) == [(n + 1, n) for n in range(20)]
        assert site.ask("PRAGMA integrity_check") == [("ok",)]
