"""The fixed cast: Hoa (commune officer), Bình (province officer), Dũng (department), Tuấn (officer next door, a stranger here)."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from hocvuso.lib import clock
from hocvuso.people.actions import NewPerson, add_totp_device, enrol_persons, grant_role, open_account
from hocvuso.people.models import Account, Person, RoleKind
from hocvuso.places.models import Organisation, Place, Unit, place_fields
from hocvuso.places.rules import MERGERS

BY = ":test"
PASSWORD = "mot-mat-khau-dai"
TODAY = dt.date(2025, 10, 17)


def account(username: str, kind: RoleKind, place: Place) -> Account:
    made = open_account(username, full_name=username.title(), password=PASSWORD, by=BY)
    add_totp_device(made, by=BY)
    grant_role(made, kind, by=BY, valid_from=MERGERS, **place_fields(place))
    return made


def person(
    name: str, unit: Unit | None, *, ref: str = "", org: Organisation | None = None, group: str = "", born: int = 1980
) -> Person:
    ref = ref or name
    enrol_persons(
        [
            NewPerson(
                name=name, birth_year=born, sex="f", unit=unit, org=org, group=group, source="danh-sach", source_ref=ref
            )
        ],
        by=BY,
        today=TODAY,
    )
    return Person.objects.get(source="danh-sach", source_ref=ref)


def signed_in(who: Account) -> Client:
    """A client that has passed both factors, without walking through the pages."""
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.get(user=who).persistent_id
    session.save()
    return client


def visiting(who: Person, *, shared: bool = False) -> Client:
    """A client whose session names this citizen, without walking through VNeID."""
    client = Client()
    session = client.session
    session["person"], session["shared_phone"], session["seen"] = str(who.pk), shared, clock.real_now().timestamp()
    session.save()
    return client
