from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.lib import ids
from hocvuso.people.models import Person
from hocvuso.places.models import Dated, Unit


class Team(Dated):
    """A Tổ công nghệ số cộng đồng (its name is data): founded for a village by a decision."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    document = models.CharField(max_length=80)
    dated = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(valid_to=None), name="team_one_a_village"),
        ]

    def __str__(self) -> str:
        return self.name


class MemberRole(models.TextChoices):
    LEADER = "leader", "tổ trưởng"
    MEMBER = "member", "thành viên"


class Membership(Dated):
    """Somebody belongs to a team from a day to a day. What they recorded in that time stays valid after it."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=MemberRole, default=MemberRole.MEMBER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"], condition=Q(valid_to=None), name="membership_once_at_a_time"
            ),
        ]


class ClassSession(models.Model):
    """A class a team held. The phone that recorded it gave the id, so that it arrives once however often it is sent."""

    id = models.UUIDField(primary_key=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="classes")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    skill = models.CharField(max_length=24)
    on = models.DateField()
    place = models.CharField(max_length=60, blank=True)
    held_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=64)  # of what was told, so that the same id with another story is noticed
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["team", "on"], name="class_team_on")]


class Attendance(models.Model):
    """Somebody came: a known person, or a name as written on the spot. A name counts nowhere until somebody says who it is.

    Once it is matched or closed the name is emptied: it was only needed for that.
    """

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(person__isnull=False), name="attendance_once"
            ),
        ]


class PlannedClass(models.Model):
    """A class that is to come, told beforehand so that people can find it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="planned")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    skill = models.CharField(max_length=24)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
