from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, BadRow, Refused
from hocvuso.lib.ids import new_id
from hocvuso.lib.text import fold
from hocvuso.people.models import (
    Account,
    Contact,
    ContactChannel,
    ExternalIdentity,
    Household,
    KeyMark,
    Person,
    Role,
    RoleKind,
    Sex,
)
from hocvuso.people.queries import kept_subject, vault, written_under_another_key
from hocvuso.people.rules import GROUPS_OF_PERSON, PLACES_OF_ROLE, mobile_number
from hocvuso.places.models import Organisation, Unit

BATCH = 2000


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person's row as a list, a form or a simulation brings it. (`source`, `source_ref`) names it once and for all."""

    name: str
    birth_year: int | None
    sex: str
    unit: Unit | None
    org: Organisation | None
    group: str
    source: str
    source_ref: str
    identity_number: str = ""
    household: uuid.UUID | None = None
    id: uuid.UUID | None = None  # where the source already gives one (`lib.ids.derived_id`); else a new one is made


@dataclass(frozen=True, slots=True)
class NewHousehold:
    id: uuid.UUID
    unit: Unit
    label: str = ""


@dataclass(frozen=True, slots=True)
class Enrolled:
    new: int
    known: int


@transaction.atomic
def enrol_persons(rows: Sequence[NewPerson], *, by: str, today: dt.date) -> Enrolled:
    """Add people; a row sent twice changes nothing. One bad row refuses the whole list, naming its line, not its content."""
    made = [_person(row, line, today) for line, row in enumerate(rows, start=1)]
    before = Person.objects.count()
    with_number = [person for person in made if person.identity_match]
    taken: dict[str, tuple[str, str]] = {}
    for start in range(0, len(with_number), 500):
        chunk = with_number[start : start + 500]
        found = Person.objects.filter(identity_match__in=[p.identity_match for p in chunk])
        taken |= {
            match: (source, ref)
            for match, source, ref in found.values_list("identity_match", "source", "source_ref")
            if match
        }
    for line, person in enumerate(made, start=1):
        key = (person.source, person.source_ref)
        if person.identity_match and taken.setdefault(person.identity_match, key) != key:
            raise BadRow(
                _("Dòng %(line)s: số định danh này đã thuộc về một người khác trong hệ thống.") % {"line": line},
                row=line,
            )
    # Rows without (source, source_ref) twins are inserted; a twin is left exactly as it stands.
    Person.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    new = Person.objects.count() - before
    record_act(
        "enrol_persons", by=by, object_type="people", object_id=rows[0].source if rows else "-", fields=[str(new)]
    )
    return Enrolled(new=new, known=len(rows) - new)


def _person(row: NewPerson, line: int, today: dt.date) -> Person:
    if not row.name.strip() or not row.source or not row.source_ref:
        raise BadRow(_("Dòng %(line)s: thiếu họ tên hoặc mã nguồn.") % {"line": line}, row=line)
    if len(row.name.strip()) > 120 or len(row.source) > 40 or len(row.source_ref) > 80:
        raise BadRow(_("Dòng %(line)s: họ tên hoặc mã nguồn quá dài.") % {"line": line}, row=line)
    if row.sex not in Sex.values:
        raise BadRow(_("Dòng %(line)s: giới tính ghi “f” (nữ), “m” (nam) hoặc để trống.") % {"line": line}, row=line)
    if row.group not in GROUPS_OF_PERSON:
        groups = ", ".join(sorted(GROUPS_OF_PERSON - {""}))
        raise BadRow(
            _("Dòng %(line)s: nhóm phải là một trong %(groups)s hoặc để trống.") % {"line": line, "groups": groups},
            row=line,
        )
    if row.birth_year is not None and not 1900 <= row.birth_year <= today.year:
        raise BadRow(
            _("Dòng %(line)s: năm sinh phải từ 1900 đến %(year)s.") % {"line": line, "year": today.year}, row=line
        )
    if row.unit is None and row.org is None:
        raise BadRow(_("Dòng %(line)s: chưa ghi nơi ở hoặc đơn vị.") % {"line": line}, row=line)
    person = Person(
        id=row.id or new_id(),
        name=row.name.strip(),
        folded=fold(row.name),
        birth_year=row.birth_year,
        sex=row.sex,
        unit=row.unit,
        org=row.org,
        group=row.group,
        household_id=row.household,
        source=row.source,
        source_ref=row.source_ref,
        recorded_at=clock.real_now(),
    )
    if row.identity_number:
        try:
            person.identity_match = vault().match(row.identity_number)
        except BadInput as error:
            raise BadRow(_("Dòng %(line)s: %(error)s") % {"line": line, "error": error}, row=line) from None
        person.identity_sealed = vault().seal(row.identity_number)
    return person


@transaction.atomic
def add_households(rows: Sequence[NewHousehold], *, by: str) -> Enrolled:
    """Households of villages; one known by its id is left as it stands."""
    before = Household.objects.count()
    made = [Household(id=row.id, unit=row.unit, label=row.label) for row in rows]
    Household.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    new = Household.objects.count() - before
    record_act("add_households", by=by, object_type="households", object_id="-", fields=[str(new)])
    return Enrolled(new=new, known=len(rows) - new)


@transaction.atomic
def open_account(
    username: str, *, full_name: str, password: str, by: str, demo: bool = False, check_password: bool = True
) -> Account:
    """Make an account that can sign in once it has a one-time-code device (`add_totp_device`)."""
    if Account.objects.filter(username=username).exists():
        raise Refused(_("Tên đăng nhập “%(username)s” đã có người dùng.") % {"username": username})
    account = Account(username=username, full_name=full_name, is_demo=demo, created_at=clock.real_now())
    if check_password:
        _demand_good(password, account)
    account.password = make_password(password)
    account.save()
    record_act("open_account", by=by, object_type="account", object_id=account.pk)
    return account


def _demand_good(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages)) from None


@transaction.atomic
def new_password(account: Account, password: str, *, by: str) -> None:
    """Whoever is signed in with the old password is signed out by it."""
    _demand_open(account)
    _demand_good(password, account)
    account.password = make_password(password)
    account.save(update_fields=["password"])
    record_act("new_password", by=by, object_type="account", object_id=account.pk)


@transaction.atomic
def close_account(account: Account, *, by: str) -> None:
    """Nobody comes in with it any more, from the next page on. It stays, for the audit names it; closing it again changes nothing."""
    if not account.is_active:
        return
    account.is_active = False
    account.save(update_fields=["is_active"])
    TOTPDevice.objects.filter(user=account).delete()
    record_act("close_account", by=by, object_type="account", object_id=account.pk)


def _demand_open(account: Account) -> None:
    if not account.is_active:
        raise Refused(_("Tài khoản “%(username)s” đã đóng.") % {"username": account.username})


@transaction.atomic
def add_totp_device(account: Account, *, by: str, key: str = "") -> TOTPDevice:
    """A new device for one-time codes replaces the old one; who came in with that is signed out. `key` is hexadecimal; empty = random."""
    _demand_open(account)
    TOTPDevice.objects.filter(user=account).delete()
    device = TOTPDevice(user=account, name="Ứng dụng tạo mã", confirmed=True)
    if key:
        device.key = key
    device.save()
    record_act("add_totp_device", by=by, object_type="account", object_id=account.pk)
    return device


@transaction.atomic
def grant_role(
    account: Account,
    kind: RoleKind,
    *,
    by: str,
    valid_from: dt.date,
    unit: Unit | None = None,
    org: Organisation | None = None,
) -> Role:
    if (unit is None) == (org is None):
        raise BadInput(_("Một vai trò phải gắn với đúng một đơn vị hoặc một tổ chức."))
    if (unit.level if unit else "org") not in PLACES_OF_ROLE[kind]:
        raise BadInput(
            _("Vai trò “%(role)s” không giao được tại %(place)s.") % {"role": kind.label, "place": unit or org}
        )
    role, new = Role.objects.get_or_create(
        account=account, kind=kind, unit=unit, org=org, valid_to=None, defaults={"valid_from": valid_from}
    )
    if new:
        record_act("grant_role", by=by, object_type="account", object_id=account.pk, fields=[kind])
    return role


def note_sign_in(account: Account) -> None:
    """Remember in the audit that the account came in with both factors."""
    record_act("sign_in", by=account.actor, object_type="account", object_id=account.pk)


def note_look(account: Account, person: Person) -> None:
    """Remember in the audit who opened whose page."""
    record_act("look_at_person", by=account.actor, object_type="person", object_id=person.pk)


def note_visit(person: Person) -> None:
    """Remember in the audit that a citizen came in."""
    record_act("visit", by=person.actor, object_type="person", object_id=person.pk)


@transaction.atomic
def link_identity(person: Person, *, issuer: str, subject: str, by: str) -> ExternalIdentity:
    """From now on the provider's name for somebody means this person; the same link again changes nothing."""
    link, new = ExternalIdentity.objects.get_or_create(
        issuer=issuer, subject=kept_subject(subject), defaults={"person": person, "linked_at": clock.real_now()}
    )
    if link.person_id != person.pk:
        raise Refused(_("Tài khoản định danh này đã gắn với một người khác trong hệ thống."))
    if new:
        record_act("link_identity", by=by, object_type="person", object_id=person.pk, fields=["external_identity"])
    return link


@transaction.atomic
def agree_to_contact(person: Person, channel: ContactChannel, value: str, *, by: str) -> Contact:
    """The person wants to be reached there; another address on the same channel takes the place of the first."""
    value = _good_address(value) if channel == ContactChannel.EMAIL else _good_number(value)
    contact, new = Contact.objects.get_or_create(
        person=person, channel=channel, defaults={"value": value, "agreed_at": clock.real_now()}
    )
    if not new and contact.value == value:
        return contact
    contact.value, contact.agreed_at = value, clock.real_now()
    contact.save(update_fields=["value", "agreed_at"])
    record_act("agree_to_contact", by=by, object_type="person", object_id=person.pk, fields=[channel.value])
    return contact


def _good_address(value: str) -> str:
    value = value.strip()
    try:
        validate_email(value)
        MaxLengthValidator(254)(value)
    except ValidationError:
        raise BadInput(_("Địa chỉ thư chưa đúng. Địa chỉ đúng có dạng ten@noi-gui.vn.")) from None
    return value


def _good_number(value: str) -> str:
    number = mobile_number(value)
    if number is None:
        raise BadInput(
            _(
                "Số điện thoại chưa đúng. Hãy ghi số di động Việt Nam gồm 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09."
            )
        )
    return number


@transaction.atomic
def agree_to_letters(account: Account, address: str, *, by: str) -> None:
    """The account wants letters at this address from now on; the same address again changes nothing."""
    address = _good_address(address)
    if account.email == address and account.email_agreed_at:
        return
    account.email, account.email_agreed_at = address, clock.real_now()
    account.save(update_fields=["email", "email_agreed_at"])
    record_act("agree_to_letters", by=by, object_type="account", object_id=account.pk, fields=["email"])


@transaction.atomic
def withdraw_letters(account: Account, *, by: str) -> None:
    """The address is deleted with the agreement; withdrawing what is not there changes nothing."""
    if not account.email and not account.email_agreed_at:
        return
    account.email, account.email_agreed_at = "", None
    account.save(update_fields=["email", "email_agreed_at"])
    record_act("withdraw_letters", by=by, object_type="account", object_id=account.pk, fields=["email"])


@transaction.atomic
def withdraw_contact(person: Person, channel: ContactChannel, *, by: str) -> None:
    """The address is deleted, not marked; withdrawing what is not there changes nothing."""
    gone, _rows = Contact.objects.filter(person=person, channel=channel).delete()
    if gone:
        record_act("withdraw_contact", by=by, object_type="person", object_id=person.pk, fields=[channel.value])


@transaction.atomic
def end_role(role: Role, *, by: str, today: dt.date) -> None:
    """The role's last day is yesterday; what was done under it stays in the audit."""
    role.valid_to = today - dt.timedelta(days=1)
    role.save(update_fields=["valid_to"])
    record_act("end_role", by=by, object_type="account", object_id=role.account_id, fields=[role.kind])


def forget_ended_sessions() -> None:
    """Delete sessions that have run out: what they held of somebody (a name, which person) has no use any more."""
    SessionStore.clear_expired()


def mark_key() -> None:
    """Remember which identity key this database is written under; the start is refused under another one."""
    if written_under_another_key():
        return
    KeyMark.objects.get_or_create(fingerprint=vault().fingerprint, defaults={"recorded_at": clock.real_now()})
