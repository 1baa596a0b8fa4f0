from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from hocvuso.lib import ids, text
from hocvuso.places.rules import Group


class Level(models.TextChoices):
    NATION = "nation", "cả nước"
    PROVINCE = "province", "tỉnh"
    DISTRICT = "district", "huyện"  # until 30/6/2025
    COMMUNE = "commune", "xã"
    VILLAGE = "village", "thôn"


class Dated(models.Model):
    """In force from a day to a day, both included; no last day = still in force."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def in_force(day: dt.date) -> Q:
        return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))

    def is_in_force(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Unit(Dated):
    """A place with an authority or a community. One code may live twice, before and after a merger: `valid_from` tells them apart.

    `path` is "/VN/66/24133/24133-02/": everything below a unit starts with its path.
    """

    uid = models.UUIDField(unique=True)
    code = models.CharField(max_length=24)
    level = models.CharField(max_length=10, choices=Level)
    kind = models.CharField(
        max_length=24
    )  # tỉnh, thành phố, xã, phường, đặc khu, thôn, buôn, tổ dân phố …: data, not a choice
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=80)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    source = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_from")]
        indexes = [
            models.Index(fields=["path"], name="unit_path"),
            models.Index(fields=["level", "valid_to"], name="unit_level"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill what follows from the rest: uid, folded name, path (the parent's must be filled)."""
        self.uid = ids.derived_id("unit", f"{self.code}@{self.valid_from.isoformat()}")
        self.folded = text.fold(self.name)
        self.path = (self.parent.path if self.parent else "/") + f"{self.code}/"

    @property
    def codes_above(self) -> list[str]:
        """Codes from the nation down to the unit's parent."""
        return self.path.strip("/").split("/")[:-1]

    def below(self) -> QuerySet[Unit]:
        """The unit itself and everything in it, of all times."""
        return Unit.objects.filter(path__startswith=self.path)

    def contains(self, other: Unit) -> bool:
        return other.path.startswith(self.path)


class Share(models.TextChoices):
    WHOLE = "whole", "toàn bộ"
    MAIN = "main", "phần chính"
    PART = "part", "một phần"


class Succession(models.Model):
    """What merged into what. A divided unit has several rows: one `main`, the others `part`."""

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessions")
    share = models.CharField(max_length=5, choices=Share)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="succession_pair")]


class OrganisationKind(models.TextChoices):
    AGENCY = "agency", "cơ quan, đơn vị"
    SCHOOL = "school", "cơ sở giáo dục"
    ENTERPRISE = "enterprise", "doanh nghiệp"
    COOPERATIVE = "cooperative", "hợp tác xã"


class Organisation(Dated):
    """An agency, school, enterprise or co-operative. It stands in a commune (`seat`) and answers to a unit (`of`)."""

    uid = models.UUIDField(unique=True)
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=OrganisationKind)
    name = models.CharField(max_length=160)
    folded = models.CharField(max_length=160)
    symbol = models.CharField(max_length=24, blank=True)  # of its documents: "SKHCN", "UBND"
    stage = models.CharField(max_length=24, blank=True)  # of a school: tieu-hoc, thcs, thpt, dai-hoc …
    seat = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="organisations_seated")
    of = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="organisations")
    source = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["kind", "of"], name="organisation_kind_of")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        self.uid = ids.derived_id("org", self.code)
        self.folded = text.fold(self.name)


class Population(models.Model):
    """So many of a group in a unit or an organisation on a day, from a named source. A later row supersedes, never overwrites."""

    append_only = True

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="populations")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="populations")
    group = models.CharField(max_length=16, choices=[(group.value, group.label) for group in Group])
    on = models.DateField()
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None),
                name="population_of_one_place",
            ),
            models.UniqueConstraint(fields=["unit", "group", "on", "source"], name="population_unit_once"),
            models.UniqueConstraint(fields=["org", "group", "on", "source"], name="population_org_once"),
        ]
        indexes = [models.Index(fields=["group", "on"], name="population_group_on")]


Place = Unit | Organisation


def place_fields(place: Place) -> dict[str, Any]:
    """The column that names a place in tables with both `unit` and `org`: for filters and for new rows."""
    return {"org": place} if isinstance(place, Organisation) else {"unit": place}
