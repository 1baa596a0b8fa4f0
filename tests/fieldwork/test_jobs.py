"""From the phone into the ledger: once, whatever the line does; and what cannot be applied stops nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from hocvuso.evidence.models import Evidence
from hocvuso.fieldwork import jobs
from hocvuso.fieldwork.actions import end_membership
from hocvuso.fieldwork.jobs import apply_event, apply_events
from hocvuso.fieldwork.models import ClassSession
from hocvuso.fieldwork.queries import active_memberships, set_aside_seen
from hocvuso.lib import clock
from hocvuso.lib.ids import new_id
from hocvuso.people.models import RoleKind
from hocvuso.sync.actions import store_events
from hocvuso.sync.models import Outcome, Result
from hocvuso.sync.queries import set_aside_events, waiting_events
from tests.make.fieldwork import BY, Phone, Village, told, village
from tests.make.people import account, person
from tests.make.places import Country

pytestmark = [pytest.mark.django_db, pytest.mark.both]

TODAY = dt.date(2025, 10, 17)
DAY = dt.timedelta(days=1)


@pytest.fixture
def home(land: Country) -> Village:
    return village(land)


@pytest.fixture
def phone() -> Phone:
    return Phone(clock.real_now())


def _send(phone: Phone, home: Village, *events: dict[str, Any]) -> None:
    store_events(phone.batch(*events), sender=home.minh, now=phone.clock, today=clock.today())


def _results() -> list[str]:
    return list(Outcome.objects.order_by("pk").values_list("result", flat=True))


def test_a_class_from_a_phone_is_applied_on_the_day_it_was_recorded(phone: Phone, home: Village) -> None:
    phone.clock -= 3 * DAY
    phone.note(told(home, home.lan))
    phone.clock += 3 * DAY
    _send(phone, home)
    assert apply_events() == 1
    session = ClassSession.objects.get()
    assert (str(session.pk), session.on, session.held_by) == (phone.events[0]["id"], TODAY - 3 * DAY, home.minh)
    row = Evidence.objects.get(kind="skill_guided")
    assert (row.on, row.device, row.by) == (TODAY - 3 * DAY, str(phone.key), f"person:{home.minh.pk}")
    assert (_results(), waiting_events(jobs.KINDS).count()) == (["applied"], 0)


def test_the_day_somebody_chose_goes_before_the_day_of_recording(phone: Phone, home: Village) -> None:
    phone.note(told(home, home.lan, on="2025-10-11"))
    _send(phone, home)
    apply_events()
    assert ClassSession.objects.get().on == dt.date(2025, 10, 11)


def test_a_class_sent_three_times_counts_once(phone: Phone, home: Village) -> None:
    phone.note(told(home, home.lan))
    for _ in range(3):
        _send(phone, home)
        apply_events()
    assert (ClassSession.objects.count(), Evidence.objects.filter(kind="skill_guided").count()) == (1, 1)
    assert _results() == ["applied"]


def test_the_same_class_under_a_second_number_is_known_already(phone: Phone, home: Village) -> None:
    key, body = new_id(), told(home, home.lan)
    phone.note(body, key=key)
    phone.note(body, key=key)
    _send(phone, home)
    apply_events()
    assert (_results(), ClassSession.objects.count()) == (["applied", "known"], 1)


def _cut_off(home: Village) -> None:
    end_membership(active_memberships(home.minh, on=TODAY).get(), by=BY, today=TODAY - DAY)


def _gone(home: Village) -> None:
    home.lan.delete()


@pytest.mark.parametrize(
    ("before", "change", "why"),
    [
        (_cut_off, {}, "không phải thành viên"),
        (_gone, {}, "không còn trong danh sách"),
        (None, {"on": "2025-10-18"}, "muộn hơn"),
        (None, {"skill": "nau-an"}, "năm kỹ năng"),
        (None, {"came": [], "names": []}, "đánh dấu"),
        (None, {"came": ["x"]}, "không đọc được"),
    ],
)
def test_what_cannot_be_applied_is_set_aside_and_blocks_nothing(
    phone: Phone, home: Village, before: Callable[[Village], None] | None, change: dict[str, Any], why: str
) -> None:
    good = {**told(home, home.nam), "on": "2025-10-10"}
    phone.note({**told(home, home.lan), **change})
    phone.note(good)
    if before:
        before(home)
    _send(phone, home)
    assert apply_events() == 2
    assert _results() == ["set_aside", "applied"]
    assert why in set_aside_events().get().reason  # type: ignore[attr-defined]
    assert apply_events() == 0


def test_a_fault_of_ours_is_set_aside_too(phone: Phone, home: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    phone.note(told(home, home.lan))
    _send(phone, home)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "hold_class", broken)
        apply_events()
    event = set_aside_events().get()
    assert "Lỗi của hệ thống" in event.reason  # type: ignore[attr-defined]
    assert apply_event(event, by="7") is Result.APPLIED
    assert not set_aside_events().exists()


def test_while_the_database_is_busy_the_event_waits(
    phone: Phone, home: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    phone.note(told(home, home.lan))
    _send(phone, home)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "hold_class", busy)
        with pytest.raises(OperationalError):
            apply_events()
    assert waiting_events(jobs.KINDS).count() == 1
    assert apply_events() == 1
    assert ClassSession.objects.count() == 1


def test_an_officer_sees_what_was_set_aside_in_the_own_commune_only(phone: Phone, home: Village, land: Country) -> None:
    phone.note(told(home, skill="nau-an"))
    _send(phone, home)
    apply_events()
    _cut_off(home)  # somebody cut off is still the commune's business
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    tuan = account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop)
    assert [set_aside_seen(who, on=TODAY).count() for who in (hoa, tuan)] == [1, 0]
    person("Không liên quan", land.villages[2])
