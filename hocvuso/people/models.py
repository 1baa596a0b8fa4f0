from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from hocvuso.lib import ids
from hocvuso.places.models import Dated, Organisation, Unit


class Household(models.Model):
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="households")
    label = models.CharField(max_length=120, blank=True)


class Sex(models.TextChoices):
    FEMALE = "f", "nữ"
    MALE = "m", "nam"
    UNKNOWN = "", "chưa rõ"


class Person(models.Model):
    """Somebody of the movement. Lives in a village (`unit`), may belong to an organisation; `group` says as what."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120, db_index=True)  # for search without diacritics
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="persons")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="persons")
    group = models.CharField(
        max_length=16, blank=True
    )  # officials, staff, pupils, students, workers; blank = resident only
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    identity_match = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    identity_sealed = models.BinaryField(null=True, blank=True, editable=False)
    source = models.CharField(max_length=40)
    source_ref = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_ref"], name="person_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> str:
        """How the audit and the ledger name a citizen who acts: the plain id."""
        return f"person:{self.pk}"


class Alias(models.Model):
    """Two records found to be one person: `merged` counts as `kept` from then on. Evidence rows stay as they are."""

    append_only = True

    merged = models.UUIDField(unique=True)
    kept = models.UUIDField()
    recorded_at = models.DateTimeField()


class ExternalIdentity(models.Model):
    """By which name an outside identity provider knows a person: issuer and subject as it gives them, never an identity number."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="external_identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="external_identity_once")]


class ContactChannel(models.TextChoices):
    EMAIL = "email", "thư điện tử"
    ZALO = "zalo", "Zalo"
    SMS = "sms", "tin nhắn SMS"


class Contact(models.Model):
    """Where messages may reach a person. The row is the agreement: asked for, never pre-ticked; taking it back deletes the row.

    `value` is an address, or a mobile number as +84 and nine digits.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    channel = models.CharField(max_length=10, choices=ContactChannel)
    value = models.CharField(max_length=254)
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="contact_once_a_channel")]


class KeyMark(models.Model):
    """The fingerprint of the identity key this database was written under. A start under another key is refused."""

    fingerprint = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser):
    """An official's way in: password and one-time code. Rights come from roles, never from flags."""

    username = models.CharField(max_length=64, unique=True)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    email_agreed_at = models.DateTimeField(null=True, blank=True)  # without it no letter goes there
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.full_name

    @property
    def actor(self) -> str:
        """How the audit names this account."""
        return str(self.pk)


class RoleKind(models.TextChoices):
    STEERING = "steering", "thành viên Ban Chỉ đạo"
    PROVINCE_OFFICER = "province_officer", "cán bộ thường trực cấp tỉnh"
    DEPARTMENT_OFFICER = "department_officer", "cán bộ sở, ban, ngành"
    COMMUNE_OFFICER = "commune_officer", "cán bộ cấp xã"
    LEADER = "leader", "lãnh đạo ký"
    RECORDS_CLERK = "records_clerk", "văn thư"
    ORGANISATION_CONTACT = "organisation_contact", "đầu mối đơn vị"
    ADMINISTRATOR = "administrator", "quản trị tài khoản"


class Role(Dated):
    """An account holds a role at a unit or at an organisation, from a day to a day."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=24, choices=RoleKind)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None), name="role_at_one_place"
            ),
        ]

    @staticmethod
    def held(day: dt.date) -> Q:
        return Dated.in_force(day)
