"""Who is told of what. Notices and messages are kept in Vietnamese, whoever brings them about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hocvuso.concerns.models import Concern, ConcernKind, ConcernStep
from hocvuso.messages.actions import give_notice, send_message
from hocvuso.messages.rules import has_link
from hocvuso.people.models import Account
from hocvuso.people.queries import accounts_with
from hocvuso.people.rules import Right
from hocvuso.places.models import Place, Unit

KIND = "concern"
LIST = "/dieu-hanh/kho-khan/"
MOST_IN_MESSAGE = 3000  # characters of an answer that a message repeats


def tell_addressee(concern: Concern, step: ConcernStep, *, by: str, today: dt.date) -> int:
    """Those who may answer at the place it is addressed to now."""
    with translation.override(settings.LANGUAGE_CODE):
        return _notice(
            accounts_with(Right.ANSWER_CONCERNS, concern.addressee, on=today), concern, key=f"to:{step.pk}", by=by, today=today,
            subject=_("Cần trả lời trước hết ngày %(day)s: %(what)s") % {"day": f"{concern.answer_by:%d/%m/%Y}", "what": _named(concern)},
        )  # fmt: skip


def tell_answered(concern: Concern, step: ConcernStep, *, by: str, today: dt.date) -> None:
    """Whoever raised it: the accounts of the place, or the member of the team, in their own inbox and without a link."""
    with translation.override(settings.LANGUAGE_CODE):
        if concern.person is not None:
            body = _("Bạn đã báo: “%(text)s”") % {"text": _short(concern.text)}
            if not has_link(body) and not has_link(step.text) and len(step.text) <= MOST_IN_MESSAGE:
                body += "\n\n" + _("%(who)s trả lời:") % {"who": step.place} + f"\n{step.text}"
            elif has_link(body):
                body = _("Khó khăn bạn báo đã có trả lời.")
            body += "\n\n" + _("Xem ở trang của tổ, mục “Khó khăn đã báo”. Chưa ổn thì hỏi lại ở đó.")
            send_message(
                concern.person, kind=KIND, subject=_("Khó khăn, kiến nghị bạn báo đã có trả lời"), body=body, by=by
            )
            return
        subject = _("%(who)s đã trả lời: %(what)s") % {"who": _cut(str(step.place), 60), "what": _named(concern)}
        _notice(_askers(concern, Desks(today)), concern, key=f"answered:{step.pk}", by=by, today=today, subject=subject)


@dataclass(slots=True)
class Desks:
    """Who is to be told at which place, asked once a run: a reminder goes through many concerns of few places."""

    today: dt.date
    found: dict[tuple[Right, type[Place], int], list[Account]] = field(default_factory=dict)

    def at(self, right: Right, place: Place) -> list[Account]:
        key = (right, type(place), place.pk)
        if key not in self.found:
            self.found[key] = list(accounts_with(right, place, on=self.today))
        return self.found[key]

    def late(self, concern: Concern) -> list[Account]:
        """Everybody a late answer is told to."""
        return [*self.at(Right.ANSWER_CONCERNS, concern.addressee), *_askers(concern, self)]


def soon_key(concern: Concern) -> str:
    return f"concern:{concern.pk}:soon:{concern.answer_by}"


def late_key(concern: Concern) -> str:
    return f"concern:{concern.pk}:late:{concern.answer_by}"


def remind_soon(concern: Concern, desks: Desks, *, by: str, today: dt.date) -> int:
    """Who must answer, on the day before; once for each day that was set."""
    with translation.override(settings.LANGUAGE_CODE):
        return _notice(
            desks.at(Right.ANSWER_CONCERNS, concern.addressee), concern, key=f"soon:{concern.answer_by}", by=by, today=today,
            subject=_("Sắp đến hạn trả lời (%(day)s): %(what)s") % {"day": f"{concern.answer_by:%d/%m}", "what": _named(concern)},
        )  # fmt: skip


def remind_late(concern: Concern, desks: Desks, *, by: str, today: dt.date) -> int:
    """Who must answer and who waits, once for each day that went by without an answer being there."""
    with translation.override(settings.LANGUAGE_CODE):
        told = {
            _("Quá hạn trả lời từ ngày %(day)s: %(what)s"): desks.at(Right.ANSWER_CONCERNS, concern.addressee),
            _("Chưa có trả lời dù đã đến hạn %(day)s: %(what)s"): _askers(concern, desks),
        }  # fmt: skip
        words = {"day": f"{concern.answer_by:%d/%m/%Y}", "what": _named(concern)}
        return sum(
            _notice(accounts, concern, key=f"late:{concern.answer_by}", by=by, today=today, subject=subject % words)
            for subject, accounts in told.items()
        )


def remind_overseer(unit: Unit, late: int, *, by: str, today: dt.date) -> int:
    """One notice a week for the unit that keeps an eye on it, with how many are late: a digest, not a flood."""
    year, week, _day = today.isocalendar()
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "%(n)s khó khăn, kiến nghị trong %(place)s quá hạn trả lời",
            "%(n)s khó khăn, kiến nghị trong %(place)s quá hạn trả lời",
            late,
        ) % {"n": late, "place": unit.name}
        return give_notice(
            accounts_with(Right.ANSWER_CONCERNS, unit, on=today), kind=KIND, subject=subject,
            key=f"concerns-late:{unit.code}:{year}-{week:02d}", by=by, today=today, page=f"{LIST}?xem=tat-ca&han=qua",
        )  # fmt: skip


def _askers(concern: Concern, desks: Desks) -> Iterable[Account]:
    """The accounts of the place that raised it; a member of a team has no desk and reads it on the team's page."""
    return desks.at(Right.TASKS, concern.place) if concern.person_id is None else []


def _notice(accounts: Iterable[Account], concern: Concern, *, key: str, subject: str, by: str, today: dt.date) -> int:
    page = f"{LIST}{concern.pk}/"
    return give_notice(
        accounts,
        kind=KIND,
        subject=subject,
        key=f"concern:{concern.pk}:{key}",
        by=by,
        today=today,
        page=page,
    )


def _named(concern: Concern) -> str:
    """Which one it is, without what was written: that may hold anything, and stays on its page."""
    sort = _("khó khăn") if concern.kind == ConcernKind.DIFFICULTY else _("kiến nghị")
    return _("%(sort)s của %(place)s") % {"sort": sort, "place": _placed(concern.place)}


def _placed(place: Place) -> str:
    """A village alone could be any village."""
    return (
        f"{place.name}, {place.parent.name}"
        if isinstance(place, Unit) and place.parent and place.level == "village"
        else place.name
    )


def _short(text: str) -> str:
    return _cut(" ".join(text.split()), 200)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
