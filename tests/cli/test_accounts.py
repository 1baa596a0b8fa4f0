"""Ways to end somebody's access, through the console: at once, in the audit, and refused plainly when the name is wrong."""

from __future__ import annotations

import sys

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from hocvuso.audit.models import Entry
from hocvuso.cli import hocvuso, run
from hocvuso.people.actions import grant_role
from hocvuso.people.models import Account, RoleKind
from tests.make.people import BY, PASSWORD, TODAY, account, signed_in
from tests.make.places import Country

pytestmark = pytest.mark.django_db

NEW = "mat-khau-moi-cua-hoa"


@pytest.fixture
def hoa(land: Country) -> Account:
    return account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)


def say(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["hocvuso", "people", *words])
    try:
        run(hocvuso)
    except SystemExit as leave:
        return int(leave.code or 0)
    return 0


def comes_in(client: Client) -> bool:
    return client.get(reverse("my_rights")).status_code == 200


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def password_is(password: str) -> bool:
    return Client().post(reverse("sign_in"), {"username": "hoa", "password": password}).status_code == 302


def test_a_closed_account_is_out_at_once_and_for_good(hoa: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(hoa)
    assert comes_in(client)
    assert say(monkeypatch, "close-account", "hoa") == 0
    assert not comes_in(client)
    assert not password_is(PASSWORD)
    assert say(monkeypatch, "close-account", "hoa") == 0
    assert verbs().count("close_account") == 1
    assert say(monkeypatch, "new-device", "hoa") == 2
    assert say(monkeypatch, "new-password", "hoa", "--password", NEW) == 2
    assert not TOTPDevice.objects.filter(user=hoa).exists()


def test_a_new_device_ends_the_old_one(
    hoa: Account, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client, before = signed_in(hoa), TOTPDevice.objects.get(user=hoa)
    assert say(monkeypatch, "new-device", "hoa") == 0
    assert "otpauth://" in capsys.readouterr().out
    assert TOTPDevice.objects.get(user=hoa).key != before.key
    assert not comes_in(client)


def test_a_new_password_ends_the_old_one(
    hoa: Account, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = signed_in(hoa)
    assert say(monkeypatch, "new-password", "hoa", "--password", "ngan") == 2
    assert comes_in(client)
    assert say(monkeypatch, "new-password", "hoa", "--password", NEW) == 0
    assert not comes_in(client)
    assert (password_is(PASSWORD), password_is(NEW)) == (False, True)
    assert NEW not in capsys.readouterr().out
    assert verbs().count("new_password") == 1


def test_a_role_ends_where_it_is_said_to(
    hoa: Account, land: Country, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    grant_role(hoa, RoleKind.COMMUNE_OFFICER, by=BY, valid_from=TODAY, unit=land.ea_knop)
    assert say(monkeypatch, "end-role", "hoa", "commune_officer") == 2
    assert "Xã Ea Kar, Xã Ea Knốp" in capsys.readouterr().err
    assert say(monkeypatch, "end-role", "hoa", "commune_officer", "--unit", "24400") == 0
    assert say(monkeypatch, "end-role", "hoa", "commune_officer", "--unit", "24400") == 2
    client = signed_in(hoa)
    shown = client.get(reverse("my_rights")).content.decode()
    assert ("Xã Ea Kar" in shown, "Xã Ea Knốp" in shown) == (True, False)
    assert say(monkeypatch, "end-role", "hoa", "commune_officer") == 0
    assert not comes_in(client)


@pytest.mark.parametrize(
    "words",
    [
        ("close-account", "khong-co"),
        ("new-device", "khong-co"),
        ("end-role", "hoa", "vua"),
        ("end-role", "hoa", "steering"),
        ("end-role", "hoa", "commune_officer", "--unit", "99999"),
    ],
)
def test_a_wrong_name_changes_nothing(hoa: Account, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    client, before = signed_in(hoa), verbs()
    assert say(monkeypatch, *words) == 2
    assert comes_in(client)
    assert verbs() == before
