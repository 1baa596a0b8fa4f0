"""Who may send figures here and what is sent: through the console, refused in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Say
from tests.make.places import Country
from tests.make.upward import ABOVE, KEY, line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("measure_dir")]
HERE = ("--unit", "66", "--to", ABOVE)


@pytest.fixture(autouse=True)
def homes(settings: Any, tmp_path: Path) -> None:
    settings.UPWARD_KEY, settings.RECEIVED_DIR = KEY, tmp_path / "received"


def test_from_key_to_figures_and_the_end_of_it(land: Country, say: Say) -> None:
    key = say("measure", "key").out.strip()
    assert say("measure", "accept-from", "dak-lak", "--unit", "66", "--key", key).code == 0
    with line():
        pushed = json.loads(say("measure", "push", *HERE, "--json").out)
        assert (pushed["state"], pushed["sent"]) == ("in_force", pushed["packages"])
        assert "Không có gì mới" in say("measure", "push", *HERE).out
    (sender,) = json.loads(say("measure", "senders", "--json").out)
    assert (sender["name"], sender["unit"], sender["on"]) == ("dak-lak", "66", "2025-10-17")
    assert "số liệu đến 17/10/2025" in say("measure", "show", "--unit", "VN").out
    assert say("measure", "accept-from", "dak-lak", "--end").code == 0
    assert json.loads(say("measure", "senders", "--json").out) == []
    with line():
        assert "chưa biết khóa này" in say("measure", "push", *HERE).err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("accept-from", "dak-lak", "--unit", "66"), "--key KHÓA"),
        (("accept-from", "dak-lak", "--unit", "66", "--key", "abc"), "43 ký tự"),
        (("accept-from", "dak-lak", "--unit", "24373", "--key", "abc"), "không phải cấp tỉnh"),
        (("accept-from", "Đắk Lắk", "--unit", "66", "--key", "abc"), "như dak-lak"),
        (("accept-from", "ai-do", "--end"), "Không có nơi gửi “ai-do”"),
        (("push", "--unit", "66"), "--to ĐỊA-CHỈ"),
        (("push", "--unit", "66", "--to", "ftp://a.vn"), "https://"),
        (("push", "--unit", "24373", "--to", ABOVE), "không phải cấp tỉnh"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_line(land: Country, say: Say, words: tuple[str, ...], says: str) -> None:
    said = say("measure", *words)
    assert (said.code, says in said.err, len(said.err.splitlines())) == (2, True, 1), said
