"""Difficulties and proposals of the demo, raised, merged and answered by the real actions; a few are late."""

from __future__ import annotations

import datetime as dt

from hocvuso.concerns.actions import answer_concern, merge_concerns, raise_concern, take_up_concern
from hocvuso.concerns.models import Concern, ConcernKind, ConcernState
from hocvuso.fieldwork.models import MemberRole, Membership
from hocvuso.lib.ids import derived_id
from hocvuso.places.models import Level, Organisation, Place, Unit
from hocvuso.simulate.rules.voices import Raised, voices

# What members of the first teams of a commune tell: theme, text, days before today, the commune's answer or nothing.
_OF_TEAMS = (
    ("song-mang", "Sóng yếu ở cuối thôn, buổi tối không mở được bài học.", 16, "Xã đã đề nghị nhà mạng kiểm tra; tạm dùng tài liệu in."),
    ("thiet-bi", "Lớp có mười hai bà con mà chỉ hai điện thoại thông minh.", 12, "Xã mượn thêm năm máy của trường cho lớp tối thứ Tư."),
    ("nhan-luc", "Hai thành viên đi làm xa, tổ còn ba người.", 9, ""),
    ("dinh-danh", "Bà con mất sim nên không đăng nhập được VNeID.", 3, ""),
)  # fmt: skip


def make_concerns(province: Unit, commune: Unit, *, seed: int, today: dt.date, by: str) -> int:
    """Dozens over the weeks up to `today`; how many are new. Again changes nothing; a later day adds what came in between."""
    before = Concern.objects.count()
    communes = list(province.children.filter(Unit.in_force(today), level=Level.COMMUNE).order_by("code"))
    agencies = {org.code: org for org in Organisation.objects.filter(Organisation.in_force(today), of=province)}
    for one in voices(seed, until=today):
        to = agencies.get(f"{province.code}-{one.agency}", province)
        _raise_and_answer(one, communes[one.commune % len(communes)], to, today=today, by=by)
    _merge_some(province, today=today, by=by)
    _of_teams(commune, today=today, by=by)
    return Concern.objects.count() - before


def _raise_and_answer(one: Raised, commune: Unit, to: Place, *, today: dt.date, by: str) -> None:
    key = derived_id("demo concern", f"{commune.code}/{one.key}")
    made = Concern.objects.filter(pk=key).first() or raise_concern(
        commune, kind=ConcernKind(one.kind), theme=one.theme, text=one.text, by=by, today=one.on, to=to, key=key
    )
    if one.answered_on and one.answered_on <= today and made.state in (ConcernState.WAITING, ConcernState.TAKEN_UP):
        answer_concern(made, at=to, text=one.answer, by=by, today=one.answered_on)
    elif made.state == ConcernState.WAITING and (today - one.on).days > 4:
        take_up_concern(made, at=to, by=by, today=one.on + dt.timedelta(3))


def _merge_some(province: Unit, *, today: dt.date, by: str) -> None:
    """Those who still wait with the most frequent trouble have been found to say the same; other groups are left for whoever tries it."""
    if Concern.objects.filter(by=by, merged_into__isnull=False).exists():
        return
    waiting = Concern.objects.filter(by=by, theme="song-mang", person=None, merged_into=None).order_by("on", "pk")
    still = [one for one in waiting if one.state in (ConcernState.WAITING, ConcernState.TAKEN_UP)]
    answered = waiting.filter(state=ConcernState.ANSWERED).last()
    if answered is not None and still:
        merge_concerns(answered, still[:2], at=province, by=by, today=today)


def _of_teams(commune: Unit, *, today: dt.date, by: str) -> None:
    """Told by the leaders of the commune's first teams, each in the own village."""
    held = Membership.objects.filter(
        Membership.in_force(today), role=MemberRole.LEADER, team__unit__path__startswith=commune.path
    )
    leaders = list(held.select_related("person", "team__unit").order_by("team__unit__code")[: len(_OF_TEAMS)])
    for number, (theme, text, ago, answer) in enumerate(_OF_TEAMS if leaders else ()):
        member = leaders[number % len(leaders)]
        key, on = derived_id("demo concern", f"{commune.code}/team/{number}"), today - dt.timedelta(ago)
        if on < member.valid_from or Concern.objects.filter(pk=key).exists():
            continue
        made = raise_concern(
            member.team.unit,
            kind=ConcernKind.DIFFICULTY,
            theme=theme,
            text=text,
            by=by,
            today=on,
            person=member.person,
            key=key,
        )
        if answer:
            answer_concern(made, at=commune, text=answer, by=by, today=on + dt.timedelta(4))
