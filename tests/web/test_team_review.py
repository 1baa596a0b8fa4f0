"""What teams' phones sent and nobody could apply, and names nobody knows yet: the commune's officer looks at both."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hocvuso.evidence.models import Evidence
from hocvuso.fieldwork.actions import end_membership
from hocvuso.fieldwork.jobs import apply_events
from hocvuso.fieldwork.models import ClassSession
from hocvuso.fieldwork.queries import unmatched_names
from hocvuso.lib import clock
from hocvuso.people.models import Account, RoleKind
from hocvuso.sync.actions import store_events
from hocvuso.sync.queries import set_aside_events
from tests.make.fieldwork import BY, TODAY, Phone, Village, told, village
from tests.make.people import account, person, signed_in
from tests.make.places import Country

pytestmark = pytest.mark.django_db
REVIEW = reverse("team_review")


@pytest.fixture
def home(land: Country) -> Village:
    return village(land)


@pytest.fixture
def hoa(land: Country) -> Account:
    return account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)


@pytest.fixture
def tuan(land: Country) -> Account:
    return account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop)


def _send(home: Village, *bodies: object, kind: str = "class_held") -> None:
    phone = Phone(clock.real_now())
    for body in bodies:
        phone.note(body, kind=kind)
    store_events(phone.batch(), sender=home.minh, now=phone.clock, today=TODAY)
    apply_events()


def test_the_officer_sees_what_was_set_aside_and_tries_it_again_when_its_cause_is_gone(
    home: Village, hoa: Account
) -> None:
    held = home.minh.memberships.get()
    end_membership(held, by=BY, today=TODAY)
    _send(home, told(home, home.lan))
    client = signed_in(hoa)
    page = client.get(REVIEW).content.decode()
    assert "không phải thành viên" in page
    assert home.minh.name in page
    address = reverse("settle_event", args=[set_aside_events().get().pk])
    assert "Vẫn chưa ghi nhận được" in client.post(address, {"what": "again"}, follow=True).content.decode()
    held.valid_to = None
    held.save()
    assert "Đã ghi nhận buổi học." in client.post(address, {"what": "again"}, follow=True).content.decode()
    assert Evidence.objects.filter(kind="skill_guided", subject=home.lan.pk).count() == 1
    assert client.post(address, {"what": "again"}).status_code == 404  # it waits no longer


def test_what_is_not_to_be_counted_needs_a_reason(home: Village, hoa: Account) -> None:
    _send(home, {"gi": "do"}, kind="tham-ho")
    client = signed_in(hoa)
    assert "Không đọc được nội dung" in client.get(REVIEW).content.decode()
    address = reverse("settle_event", args=[set_aside_events().get().pk])
    assert "Hãy ghi lý do" in client.post(address, {"what": "again"}, follow=True).content.decode()
    assert "Đã ghi là không tính" in client.post(address, {"reason": "máy thử"}, follow=True).content.decode()
    assert not set_aside_events().exists()
    assert not ClassSession.objects.exists()


def test_the_officer_says_who_a_written_name_is(home: Village, hoa: Account) -> None:
    _send(home, told(home, names=["lan nie"]))
    client = signed_in(hoa)
    note = unmatched_names().get()
    address = reverse("match_name", args=[note.pk])
    assert address in client.get(REVIEW).content.decode()
    assert "Lan Niê" in client.get(address).content.decode()  # found by the name as it was written
    client.post(address, {"what": "match", "person": str(home.lan.pk)})
    assert Evidence.objects.filter(kind="skill_guided", subject=home.lan.pk).count() == 1
    assert client.get(address).status_code == 404


def test_a_name_nobody_knows_is_let_go(home: Village, hoa: Account) -> None:
    _send(home, told(home, names=["Bà Hai"]))
    address = reverse("match_name", args=[unmatched_names().get().pk])
    assert "không tính ở đâu" in signed_in(hoa).post(address, {"what": "close"}, follow=True).content.decode()
    assert not Evidence.objects.filter(kind="skill_guided").exists()


def test_a_name_is_matched_with_somebody_of_the_commune_only(home: Village, hoa: Account, land: Country) -> None:
    _send(home, told(home, names=["Bà Hai"]))
    address = reverse("match_name", args=[unmatched_names().get().pk])
    stranger = person("Bà Hai", land.villages[2])
    client = signed_in(hoa)
    assert str(stranger.pk) not in client.get(address).content.decode()
    for chosen in (str(stranger.pk), "x", ""):
        assert client.post(address, {"what": "match", "person": chosen}).status_code == 404


def test_the_officer_next_door_finds_nothing(home: Village, tuan: Account) -> None:
    _send(home, told(home, names=["Bà Hai"]), told(home, skill="nau-an"))
    client = signed_in(tuan)
    page = client.get(REVIEW).content.decode()
    assert "Bà Hai" not in page
    assert home.team.name not in page
    assert client.get(reverse("match_name", args=[unmatched_names().get().pk])).status_code == 404
    assert client.post(reverse("settle_event", args=[set_aside_events().get().pk])).status_code == 404


def test_the_page_of_people_leads_there(home: Village, hoa: Account) -> None:
    _send(home, told(home, names=["Bà Hai"]), told(home, skill="nau-an"))
    page = signed_in(hoa).get(reverse("people")).content.decode()
    assert REVIEW in page
    assert "2 việc chờ xem" in page
