from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.evidence.actions import Fact, fact_about, record_evidence
from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import catalogue, not_voided
from hocvuso.fieldwork.models import Attendance, ClassSession, MemberRole, Membership, PlannedClass, Team
from hocvuso.fieldwork.queries import active_memberships
from hocvuso.fieldwork.rules import MOST_ATTENDING, MOST_PLACE, HeldClass, clean
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.people.models import Person
from hocvuso.places.models import Level, Unit

SOURCE = "to-cong-nghe-so"
FARTHEST = 120  # days a class may be told beforehand


@dataclass(frozen=True, slots=True)
class Held:
    session: ClassSession
    is_new: bool


@transaction.atomic
def hold_class(held: HeldClass, *, held_by: Person, by: str, on: dt.date, today: dt.date, device: str = "") -> Held:
    """Write a class a team held, and for each known person who came that they were guided in its skill; all or nothing, once.

    `on` is the day it was held. Raises `Refused` or `BadInput` with the reason: no member then, a day to come, somebody who does not
    live there any more, the same class told otherwise.
    """
    Team.objects.select_for_update().filter(pk=held.team).first()  # the same class twice at once: one after the other
    known = ClassSession.objects.filter(pk=held.id).first()
    if known is not None:
        if known.digest != held.digest:
            raise Refused(_("Buổi học này đã được ghi với nội dung khác."))
        return Held(known, is_new=False)
    team = _team_held(held, held_by, on)
    people = _demand_sound(held, team, on=on, today=today)
    session = ClassSession.objects.create(
        id=held.id, team=team, unit=team.unit, skill=held.skill, on=on, place=held.place, held_by=held_by, digest=held.digest,
        recorded_at=clock.real_now(),
    )  # fmt: skip
    Attendance.objects.bulk_create(
        [Attendance(session=session, person=person) for person in people]
        + [Attendance(session=session, name=name) for name in held.names]
    )
    facts = [_held_fact(session, len(people), device), *(_guided_fact(session, one, device) for one in people)]
    record_evidence(facts, by=by, today=today)
    record_act("hold_class", by=by, object_type="class", object_id=session.pk)
    return Held(session, is_new=True)


def _team_held(held: HeldClass, person: Person, on: dt.date) -> Team:
    """The team, when the person belonged to it on the day."""
    found = active_memberships(person, on=on).filter(team=held.team).first()
    if found is None:
        raise Refused(_("Người ghi không phải thành viên của tổ này vào ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"})
    return found.team


def _demand_sound(held: HeldClass, team: Team, *, on: dt.date, today: dt.date) -> list[Person]:
    """The people who came, in the order told."""
    if held.skill not in catalogue().skills:
        raise BadInput(_("Hãy chọn một trong năm kỹ năng."))
    if on > today:
        raise BadInput(_("Ngày %(day)s chưa đến.") % {"day": f"{on:%d/%m/%Y}"})
    if not held.came and not held.names:
        raise BadInput(_("Hãy đánh dấu người đã đến, hoặc ghi tên người không có trong danh sách."))
    if len(held.came) + len(held.names) > MOST_ATTENDING:
        raise BadInput(_("Một buổi học ghi nhiều nhất %(n)s người.") % {"n": MOST_ATTENDING})
    commune = team.unit.parent or team.unit
    there = Person.objects.filter(pk__in=held.came, unit__path__startswith=commune.path)
    found = {person.pk: person for person in there.select_related("unit", "org")}
    if missing := len(set(held.came) - found.keys()):
        raise Refused(_("Có %(n)s người được đánh dấu không còn trong danh sách của xã, phường.") % {"n": missing})
    return [found[key] for key in held.came]


def _held_fact(session: ClassSession, came: int, device: str) -> Fact:
    detail: dict[str, object] = {"skill": session.skill} | ({"attendance": came} if came else {})
    return Fact(
        kind="class_held", subject_type="unit", subject=session.unit.uid, on=session.on, source=SOURCE, source_ref=str(session.pk),
        unit=session.unit, skill=session.skill, device=device, detail=detail,
    )  # fmt: skip


def _guided_fact(session: ClassSession, person: Person, device: str) -> Fact:
    """One person in one class is guided once, however it becomes known who they were."""
    return fact_about(
        person, "skill_guided", on=session.on, source=SOURCE, source_ref=f"{session.pk}:{person.pk}", skill=session.skill,
        device=device, detail={"place": session.place} if session.place else {},
    )  # fmt: skip


# --- teams and members -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def found_team(
    unit: Unit, *, name: str, document: str, dated: dt.date, by: str, today: dt.date, source: str = "hoc-vu-so"
) -> Team:
    """Found the team of a village by a decision, and say so in the ledger unless that is known already. Again changes nothing."""
    if unit.level != Level.VILLAGE:
        raise BadInput(_("Tổ được thành lập ở thôn, buôn, tổ dân phố; %(place)s không phải.") % {"place": unit.name})
    if not name.strip() or not document.strip() or dated > today:
        raise BadInput(_("Hãy ghi tên tổ, số quyết định và ngày quyết định (không muộn hơn hôm nay)."))
    team, is_new = Team.objects.get_or_create(
        unit=unit, valid_to=None,
        defaults={"name": name.strip()[:120], "document": document.strip()[:80], "dated": dated, "valid_from": dated},
    )  # fmt: skip
    if not is_new:
        return team
    if not not_voided(Evidence.objects.filter(subject=unit.uid, kind="team_founded", on__lte=dated)).exists():
        detail = {"document": team.document, "dated": dated.isoformat()}
        fact = Fact(
            kind="team_founded", subject_type="unit", subject=unit.uid, on=dated, source=source, source_ref=f"team:{team.pk}", unit=unit,
            detail=detail,
        )  # fmt: skip
        record_evidence([fact], by=by, today=today)
    record_act("found_team", by=by, object_type="team", object_id=team.pk)
    return team


@transaction.atomic
def add_member(team: Team, person: Person, *, role: MemberRole, valid_from: dt.date, by: str) -> Membership:
    """Somebody joins the team, from a day not before its founding. Again changes nothing."""
    if valid_from < team.valid_from:
        raise BadInput(_("Ngày vào tổ không được trước ngày thành lập tổ."))
    made, is_new = Membership.objects.get_or_create(
        team=team, person=person, valid_to=None, defaults={"role": role, "valid_from": valid_from}
    )
    if is_new:
        record_act("add_member", by=by, object_type="team", object_id=team.pk, fields=[role])
    return made


@transaction.atomic
def end_membership(membership: Membership, *, by: str, today: dt.date) -> None:
    """The last day is yesterday: what the member recorded until then stays, what comes from a later day is set aside."""
    membership.valid_to = today - dt.timedelta(days=1)
    membership.save(update_fields=["valid_to"])
    record_act("end_membership", by=by, object_type="team", object_id=membership.team_id, fields=["valid_to"])


# --- classes to come -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def plan_class(
    team: Team, *, skill: str, starts_at: dt.datetime, place: str, by: str, now: dt.datetime, note: str = ""
) -> PlannedClass:
    """Tell people beforehand when and where the team teaches. The same class told twice is one."""
    if skill not in catalogue().skills:
        raise BadInput(_("Hãy chọn một trong năm kỹ năng."))
    if not place.strip():
        raise BadInput(_("Hãy ghi nơi học."))
    if not now <= starts_at <= now + dt.timedelta(days=FARTHEST):
        raise BadInput(_("Giờ học phải từ bây giờ đến %(n)s ngày tới.") % {"n": FARTHEST})
    made, is_new = PlannedClass.objects.get_or_create(
        team=team, skill=skill, starts_at=starts_at, cancelled_at=None,
        defaults={
            "unit": team.unit, "place": clean(place)[:MOST_PLACE], "note": clean(note)[:200], "by": by, "recorded_at": clock.real_now()
        },
    )  # fmt: skip
    if is_new:
        record_act("plan_class", by=by, object_type="planned_class", object_id=made.pk)
    return made


@transaction.atomic
def cancel_class(planned: PlannedClass, *, by: str) -> None:
    """It is not shown any more."""
    if planned.cancelled_at is None:
        planned.cancelled_at = clock.real_now()
        planned.save(update_fields=["cancelled_at"])
        record_act("cancel_class", by=by, object_type="planned_class", object_id=planned.pk)


# --- names on paper --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def match_name(note: Attendance, person: Person, *, by: str, today: dt.date) -> None:
    """Say who a written name is: from now on the person counts as guided on the day of the class. The written name is emptied."""
    note = _open_note(note)
    session = ClassSession.objects.select_related("unit__parent", "team").get(pk=note.session_id)
    commune = session.unit.parent or session.unit
    if person.unit is None or not person.unit.path.startswith(commune.path):
        raise Refused(_("Người này không ở xã, phường của buổi học."))
    if not session.attendances.filter(person=person).exists():
        note.person = person
    record_evidence([_guided_fact(session, person, "")], by=by, today=today)
    _settle(note, by, "match_name")


@transaction.atomic
def close_name(note: Attendance, *, by: str) -> None:
    """Nobody of the commune, or nobody can tell: the name is emptied and counts nowhere."""
    _settle(_open_note(note), by, "close_name")


def _open_note(note: Attendance) -> Attendance:
    note = Attendance.objects.select_for_update().get(pk=note.pk)
    if note.person_id is not None or note.settled_at is not None:
        raise Refused(_("Tên này đã có người xử lý."))
    return note


def _settle(note: Attendance, by: str, verb: str) -> None:
    note.name, note.settled_at, note.settled_by = "", clock.real_now(), by
    note.save()
    record_act(verb, by=by, object_type="class", object_id=note.session_id, fields=["attendance"])
