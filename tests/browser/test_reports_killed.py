"""The server is killed while reports are handed in: each is handed in whole or still a draft. And of two who press at once, one does."""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.browser.site import EA_KAR, ROOT, Site, copy_of, environment, request_of, running_site

pytestmark = pytest.mark.browser

BEGIN = """
import json, django
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import _get_new_csrf_string
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from hocvuso.people.models import Account
hoa = Account.objects.get(username="hoa")
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(hoa.pk), hoa.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.get(user=hoa).persistent_id
session.create()
print(json.dumps([session.session_key, _get_new_csrf_string()]))
"""
FRIDAYS = [
    "2025-07-25",
    "2025-08-01",
    "2025-08-08",
    "2025-08-15",
    "2025-08-22",
    "2025-08-29",
    "2025-09-26",
    "2025-10-03",
]


@dataclass(frozen=True)
class Officer:
    session: str
    token: str

    def hand_in(self, site: Site, day: str) -> str:
        """Save and hand in, as the button does; the status and where it leads, or an error of the line when the server is gone."""
        body = urlencode({"csrfmiddlewaretoken": self.token, "version": 0, "steering": f"Tuần {day}", "viec": "trinh"})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"hvs_session={self.session}; csrftoken={self.token}",
        }
        place = site.code_of_unit(EA_KAR)
        address = f"/dieu-hanh/bao-cao/dak-lak-100-ngay/v1-hang-tuan/{place}/{day}/"
        reply = request_of(site.url, "POST", address, body, headers)
        return f"{reply.status} {reply.headers['Location']}"


STATE = """
SELECT r.due, r.steering,
  (SELECT count(*) FROM reports_reportstep s WHERE s.report_id = r.id),
  (SELECT count(*) FROM reports_frozenreport f JOIN reports_reportstep s ON s.id = f.step_id
   WHERE s.report_id = r.id AND f.digest = s.digest AND f.text LIKE '%"steering":"' || r.steering || '"%'),
  (SELECT count(*) FROM audit_entry e WHERE e.verb = 'report_submitted' AND e.object_id LIKE '%/' || u.code || '/' || r.due)
FROM reports_report r JOIN places_unit u ON u.id = r.unit_id WHERE u.name = ? AND r.steering LIKE 'Tuần %'
"""


def _handed_in(site: Site) -> set[str]:
    """Days whose report is handed in; each must be so wholly or not at all."""
    rows = site.ask(STATE, EA_KAR)
    assert all((steps, frozen, told) in {(0, 0, 0), (1, 1, 1)} for _, _, steps, frozen, told in rows), rows
    assert all(words == f"Tuần {due}" for due, words, *_ in rows)
    return {str(due) for due, _, steps, *_ in rows if steps}


def test_a_killed_server_leaves_each_report_handed_in_or_a_draft(prepared: Path, tmp_path: Path) -> None:
    home = copy_of(prepared, tmp_path / "home")
    env = {**environment(home), "DJANGO_SETTINGS_MODULE": "hocvuso.config.settings"}
    said = subprocess.run([sys.executable, "-c", BEGIN], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    hoa = Officer(*json.loads(said.stdout.splitlines()[-1]))
    dice, done = random.Random(20251017), set[str]()
    for _kill in range(2):
        with running_site(home, tmp_path / "log") as site:
            waiting = [day for day in FRIDAYS if day not in _handed_in(site)]
            try:
                for count, day in enumerate(waiting):
                    if count == 1:  # it has answered by now; the blow falls while a later one is under way
                        threading.Timer(dice.uniform(0.0, 0.4), site.kill).start()
                    assert hoa.hand_in(site, day).startswith("302 /dieu-hanh/bao-cao/")
                    done.add(day)
            except (OSError, http.client.HTTPException):
                pass
            assert done <= _handed_in(site)
    assert done
    with running_site(home, tmp_path / "log") as site:
        left = [day for day in FRIDAYS if day not in _handed_in(site)]
        with ThreadPoolExecutor(4) as presses:  # those that are left, pressed twice each at the same moment
            answers = list(presses.map(lambda day: hoa.hand_in(site, day), [day for day in left for _twice in (1, 2)]))
        assert {answer[:3] for answer in answers} <= {"302", "400"}
        assert _handed_in(site) == set(FRIDAYS)
        assert site.ask("PRAGMA integrity_check") == [("ok",)]
