"""The stand-in of VNeID from outside: it runs for the demo only, and ends with whoever started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.browser.site import ROOT
from tests.config.test_settings import PRODUCTION
from tests.make.network import free_port


def start(home: Path, *words: str, **given: str) -> subprocess.Popen[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HOCVUSO_", "DJANGO_"))}
    return subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env={**clean, "HOCVUSO_HOME": str(home), **given}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.parametrize("given", [{"HOCVUSO_DEMO": "0"}, PRODUCTION], ids=["no demo", "production"])
def test_outside_the_demo_it_does_not_run(tmp_path: Path, given: dict[str, str]) -> None:
    done = start(tmp_path, "-m", "hocvuso", "migrate", **given)
    done.communicate(timeout=120)
    refused = start(tmp_path, "-m", "hocvuso", "vneid-standin", "--port", str(free_port()), **given)
    out, err = refused.communicate(timeout=60)
    assert (out, refused.returncode) == ("", 2), err
    assert "chỉ chạy cho bản mẫu" in err


STARTER = """
import os, subprocess, sys, time
os.environ["HOCVUSO_SUPERVISOR"] = str(os.getpid())
print(subprocess.Popen([sys.executable, "-c", sys.argv[1]]).pid, flush=True)
time.sleep(60)
"""
STANDIN = """
import os
from hocvuso.config.supervised import end_with_supervisor
from hocvuso.connect.vneid.standin.provider import Client
from hocvuso.connect.vneid.standin.server import bound_server
end_with_supervisor()
server = bound_server("127.0.0.1", {port})
server.play(Client("a", "b", ()), ())
server.serve_forever()
"""


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def becomes(port: int, wanted: bool) -> bool:
    until = time.monotonic() + 20
    while answers(port) is not wanted and time.monotonic() < until:
        time.sleep(0.1)
    return answers(port) is wanted


def test_it_ends_when_its_supervisor_was_killed(tmp_path: Path) -> None:
    port = free_port()
    supervisor = start(tmp_path, "-c", STARTER, STANDIN.format(port=port))
    try:
        assert supervisor.stdout is not None
        child = int(supervisor.stdout.readline())
        assert becomes(port, True)
        supervisor.send_signal(signal.SIGKILL)
        supervisor.communicate(timeout=10)
        assert becomes(port, False), f"process {child} is still there"
    finally:
        supervisor.kill()
