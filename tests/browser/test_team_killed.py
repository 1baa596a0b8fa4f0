"""The server is killed while a phone sends its classes: what it acknowledged it has, and every class is there once in the end."""

from __future__ import annotations

import http.client
import json
import random
import threading
from pathlib import Path

import pytest
from django.utils.crypto import get_random_string

from hocvuso.lib import clock
from tests.browser.site import Site, copy_of, request_of, running_site, visiting_cookie
from tests.browser.test_team import minh_of
from tests.make.fieldwork import Phone

pytestmark = pytest.mark.browser

CLASSES = 24


def _send(site: Site, phone: Phone, numbers: list[int], *, session: str, token: str) -> int:
    """Up to which number the server has everything; an error of the line when it is gone."""
    events = [phone.events[number - 1] for number in numbers]
    headers = {
        "Content-Type": "application/json",
        "Cookie": f"hvs_session={session}; csrftoken={token}",
        "X-CSRFToken": token,
    }
    reply = request_of(site.url, "POST", "/api/dong-bo/", json.dumps(phone.request(*events)), headers, patience=10)
    told = json.loads(reply.body)
    assert (reply.status, told["set_aside"]) == (200, [])
    return int(told["acknowledged"])


def test_no_acknowledged_class_is_lost_and_none_is_there_twice(prepared: Path, tmp_path: Path) -> None:
    home = copy_of(prepared, tmp_path / "home")
    with running_site(home, tmp_path / "log") as site:
        minh, token = minh_of(site), get_random_string(32)
        session = visiting_cookie(site, minh)["value"]
        team = site.ask("SELECT team_id FROM fieldwork_membership WHERE person_id = ?", minh)[0][0]
    phone = Phone(clock.real_now())
    for number in range(CLASSES):
        phone.note(
            {"team": team, "skill": "an-toan", "on": None, "place": f"Lớp {number}", "came": [minh], "names": []}
        )
    dice, acknowledged = random.Random(20251017), 0
    for _kill in range(3):
        with running_site(home, tmp_path / "log") as site:
            try:
                for count in range(40):
                    if count == 2:  # it has answered by now; the blow falls while later ones are under way
                        threading.Timer(dice.uniform(0.0, 0.1), site.kill).start()
                    some = dice.sample(range(1, CLASSES + 1), 3)  # in no order, acknowledged ones, too
                    acknowledged = max(acknowledged, _send(site, phone, some, session=session, token=token))
            except (OSError, http.client.HTTPException):
                pass
            kept = {int(seq) for (seq,) in site.ask("SELECT seq FROM sync_rawevent")}
            assert set(range(1, acknowledged + 1)) <= kept
    with running_site(home, tmp_path / "log") as site:
        for first in range(1, CLASSES + 1, 6):
            acknowledged = _send(site, phone, list(range(first, first + 6)), session=session, token=token)
        assert acknowledged == CLASSES
        assert site.ask("SELECT count(*), count(DISTINCT seq) FROM sync_rawevent") == [(CLASSES, CLASSES)]
        assert site.ask("SELECT count(*), count(DISTINCT place) FROM fieldwork_classsession") == [(CLASSES, CLASSES)]
        counted = site.ask(
            "SELECT kind, count(*) FROM evidence_evidence WHERE source = 'to-cong-nghe-so' GROUP BY kind"
        )
        assert dict(counted) == {"class_held": CLASSES, "skill_guided": CLASSES}
        assert site.ask("SELECT DISTINCT result FROM sync_outcome") == [("applied",)]
        assert site.ask("PRAGMA integrity_check") == [("ok",)]
