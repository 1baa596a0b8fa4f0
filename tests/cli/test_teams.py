"""Teams and their members, through the console."""

from __future__ import annotations

import datetime as dt

import pytest

from hocvuso.fieldwork.models import Membership, Team
from tests.cli.conftest import Say
from tests.make.people import person
from tests.make.places import Country

pytestmark = pytest.mark.django_db

FOUND = (
    "teams",
    "found",
    "24373-01",
    "--name",
    "Tổ công nghệ số thôn 1",
    "--document",
    "12/QĐ-UBND",
    "--dated",
    "2025-08-01",
)


def test_a_team_is_founded_gets_a_leader_and_loses_one(say: Say, land: Country) -> None:
    person("Y Minh Êban", land.villages[0], ref="7")
    assert "Tổ công nghệ số thôn 1, theo 12/QĐ-UBND ngày 01/08/2025." in say(*FOUND).out
    added = say("teams", "add", "24373-01", "danh-sach", "7", "--leader", "--from", "2025-08-05")
    assert "tổ trưởng từ ngày 05/08/2025" in added.out
    assert "1" in say("teams", "list", "24373").out
    assert "thôi là thành viên" in say("teams", "end", "24373-01", "danh-sach", "7").out
    assert Membership.objects.get().valid_to == dt.date(2025, 10, 16)


def test_what_is_not_there_is_named(say: Say, land: Country) -> None:
    for words, why in (
        (("teams", "add", "24373-01", "danh-sach", "7"), "chưa có tổ"),
        (("teams", "found", "24373", *FOUND[3:]), "thôn, buôn"),
        (("teams", "found", "99999", *FOUND[3:]), "99999"),
    ):
        said = say(*words)
        assert (said.code, why in said.err) == (2, True), said
    say(*FOUND)
    assert "Không có người mang mã" in say("teams", "add", "24373-01", "danh-sach", "7").err
    person("Y Minh Êban", land.villages[0], ref="7")
    assert "không phải thành viên" in say("teams", "end", "24373-01", "danh-sach", "7").err
    assert Team.objects.count() == 1
