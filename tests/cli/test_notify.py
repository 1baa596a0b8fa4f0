"""The ways out of the house from the console: how they stand, sending again, the stand-in."""

from __future__ import annotations

import json

import pytest

from hocvuso.messages.actions import note_dispatch_failed
from hocvuso.messages.models import Dispatch
from hocvuso.people.models import ContactChannel
from tests.cli.conftest import Say
from tests.make.messages import message
from tests.make.notify import telephone
from tests.make.people import person
from tests.make.places import Country

pytestmark = pytest.mark.django_db


def given_up(land: Country) -> None:
    message(telephone(person("Lan Niê", land.villages[0]), ContactChannel.SMS))
    dispatch = Dispatch.objects.get()
    note_dispatch_failed(dispatch, error="sms_refused", now=dispatch.next_try, for_good=True)


def test_status_says_what_is_off_why_and_what_got_stuck(land: Country, say: Say) -> None:
    given_up(land)
    read = json.loads(say("notify", "status", "--json").out)
    assert read["sms"] == {
        "open": False, "closed_why": "chưa đặt HOCVUSO_SMS_URL", "quiet": read["sms"]["quiet"], "waiting": 0, "sent": 0,
        "held_back": 0, "dead": 1, "failures": {"sms_refused": 1},
    }  # fmt: skip
    said = say("notify", "status").out
    assert "Thư điện tử: tắt (chưa đặt HOCVUSO_SMTP_HOST)" in said
    assert "không gửi được 1 (sms_refused: 1)" in said


def test_what_was_given_up_is_put_back(land: Country, say: Say) -> None:
    given_up(land)
    assert say("notify", "retry", "--channel", "sms").out == "Sẽ gửi lại 1 tin.\n"
    assert say("notify", "retry", "--channel", "sms").out == "Sẽ gửi lại 0 tin.\n"
    assert Dispatch.objects.get().state == "waiting"


def test_the_stand_in_runs_for_the_demo_only(land: Country, say: Say) -> None:
    said = say("notify", "standin")
    assert said.code == 2
    assert "chỉ chạy cho bản mẫu" in said.err
