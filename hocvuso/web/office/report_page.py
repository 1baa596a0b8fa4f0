"""One report as an account may see it: which edition, which steps it may take, and the page that shows it all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, HocVuSoError
from hocvuso.measure.queries import current_snapshot
from hocvuso.people.rules import Right
from hocvuso.places.models import Place
from hocvuso.places.queries import organisation_in_force, unit_in_force
from hocvuso.plans.models import Duty
from hocvuso.plans.queries import duty_named
from hocvuso.practices.queries import practices_between
from hocvuso.reports.actions import Clash, note_presence
from hocvuso.reports.gathering import taken_over
from hocvuso.reports.life import INSIDE, OUT, WANTS_REMARKS, Act, State
from hocvuso.reports.models import DeclaredFigure, Presence
from hocvuso.reports.queries import (
    WORDS,
    Life,
    content_now,
    content_of_edition,
    demand_over,
    life_of,
    owed_report,
)
from hocvuso.reports.queries.life import acts_open, declared_of, names_of, next_number, receivers_of, receives
from hocvuso.reports.rules import ReportContent
from hocvuso.web.office.report_forms import WORDS_OF_ADDRESS, WordsForm, form_of
from hocvuso.web.shared.places import home_places, place_or_404
from hocvuso.web.shared.rights import account_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of a report asks for, after the question whether the account may see it."""

    duty: Duty
    place: Place
    due: dt.date
    life: Life
    edition: int  # the one to be shown
    acts: list[Act]  # which steps the account may take now

    @property
    def may_write(self) -> bool:
        return Act.SUBMITTED in self.acts

    @property
    def is_newest(self) -> bool:
        return self.edition == self.life.edition

    def content(self) -> ReportContent:
        if self.is_newest:
            return content_now(self.duty, self.place, due=self.due, life=self.life)
        found = content_of_edition(self.life, self.edition)
        if found is None:
            raise Http404
        return found


def asked_report(request: HttpRequest, plan: str, duty: str, place: str, due: str) -> Asked:
    """The report at the account's own place or in it; what was sent also where it arrives. All else is not there."""
    try:
        found, day = duty_named(duty, plan=plan), dt.date.fromisoformat(due)
    except (ValueError, BadInput):
        raise Http404 from None
    account, today = account_of(request), clock.today()
    newest_sent = 0
    try:
        here, is_own = place_or_404(request, place, Right.REPORTS), True
        life = life_of(found, here, due=day)
    except Http404:
        here, is_own = _place_named(place, today), False
        life = life_of(found, here, due=day)
        newest_sent = max((step.edition for step in life.steps if step.act == Act.SENT), default=0)
        if not newest_sent or not receives(account, found, here, on=today):
            raise
    edition = _edition(request, life.edition if is_own else newest_sent)
    if not life.round_of(edition):  # what was handed in has its own days and stays to be read, whatever is asked by now
        demand_over(owed_report(found, here, due=day), today=today)
    return Asked(found, here, day, life, edition, acts_open(account, found, here, life, on=today))


def _place_named(key: str, today: dt.date) -> Place:
    try:
        return organisation_in_force(key[2:], on=today) if key.startswith("o:") else unit_in_force(key, on=today)
    except HocVuSoError:
        raise Http404 from None


def _edition(request: HttpRequest, last: int) -> int:
    """Which edition the address asks for (“?ban=1”); the newest without a word."""
    told = request.GET.get("ban", "")
    if not told:
        return last
    if not (told.isascii() and told.isdigit()) or len(told) > 4 or not 1 <= int(told) <= last:
        raise Http404
    return int(told)


def report_page(
    request: HttpRequest,
    asked: Asked,
    *,
    words: WordsForm | None = None,
    clashes: list[Clash] | None = None,
    step: tuple[Act, forms.Form] | None = None,
) -> HttpResponse:
    """The page; `words` or `step` is the form that was refused, to be shown with what was typed into it."""
    content, life = asked.content(), asked.life
    takes_over = request.GET.get("lay") == "tong-hop"
    # What goes on inside an office before a report leaves it is the office's own: above, one sees what came out of it.
    is_home = asked.place in home_places(request, Right.REPORTS)
    sent = [s for edition in range(1, asked.edition + 1) for s in life.round_of(edition)]
    steps = list(life.steps) if is_home else [s for s in sent if s.act not in INSIDE]
    why_back = life.why_back if asked.is_newest else None
    shown = life.round_of(asked.edition)
    writes = asked.may_write and asked.is_newest
    refused = words or (step[1] if step else None)
    names = names_of([s.by for s in life.steps] + [clash.by for clash in clashes or []])
    context = {
        "asked": asked,
        "duty": asked.duty,
        "plan": asked.duty.plan,
        "place": asked.place,
        "due": asked.due,
        "life": life,
        "state": life.state if asked.is_newest else State.SENT,
        "content": content,
        "numbered": next((s for s in shown if s.act == Act.NUMBERED), None),
        "files": [s for s in shown if s.attachment],
        "declared": _declared(asked, content),
        "may_write": writes,
        "form": (words or _words_form(asked, content, takes_over=takes_over)) if writes else None,
        "takes_over": takes_over and writes and not words,
        "clashes": {clash.section: (clash, names.get(clash.by, "")) for clash in clashes or []},
        "others": presence_words(_others(request, asked)) if writes else [],
        "steps": _step_forms(request, asked, content, step) if asked.is_newest else [],
        "refused": refused,
        "waits_for": _waits_for(asked),
        "why_back": why_back if is_home or (why_back and why_back.act not in INSIDE) else None,
        "history": [(s, names.get(s.by, "")) for s in reversed(steps)],
        "editions": sorted({s.edition for s in life.steps if s.act == Act.SENT} - {asked.edition}, reverse=True),
        "snapshot": current_snapshot(),
    }
    return render(request, "office/report.html", context, status=400 if refused and refused.errors else 200)


def _words_form(asked: Asked, content: ReportContent, *, takes_over: bool) -> WordsForm:
    """The words as they stand; what was gathered is filled in only because somebody asked, and nothing is saved by it."""
    report = asked.life.report
    written = {name: getattr(report, name, "") for name in WORDS}
    if takes_over:
        written |= taken_over(written, content.gathered, here=asked.place.name)
        told = practices_between(asked.place, first=content.span.first, last=content.span.last)
        lines = [f"- {one.title} ({one.place.name}): {one.effect}" for one in told.order_by("on", "pk")]
        new = [line for line in lines if line not in written["practices"]]
        written["practices"] = "\n".join([*filter(None, [written["practices"].strip()]), *new])
    return WordsForm(initial={**written, "version": asked.life.version})


def _declared(asked: Asked, content: ReportContent) -> list[tuple[DeclaredFigure, str]]:
    """The figures this edition declares, each with the title of its line."""
    titles = {line.key: f"{line.title} ({line.horizon})" for line in content.lines}
    rows = declared_of(asked.life.report, asked.edition) if asked.life.report else []
    return [(row, titles[row.line]) for row in rows if row.line in titles]


def presence_words(others: list[Presence]) -> list[str]:
    """One sentence for everybody else who has the report open for writing."""
    titles = {name: field.label for name, field in WordsForm.base_fields.items()}
    return [
        _("%(who)s đang soạn mục “%(section)s”.") % {"who": one.account.full_name, "section": titles[one.section]}
        if one.section
        else _("%(who)s cũng đang mở báo cáo này để soạn.") % {"who": one.account.full_name}
        for one in others
    ]


def _others(request: HttpRequest, asked: Asked) -> list[Presence]:
    """Who else has it open for writing, after saying that this account has."""
    return note_presence(
        asked.duty, place=asked.place, due=asked.due, account=account_of(request), section="", now=clock.real_now()
    )


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step the account may take, with what the page says of it."""

    act: Act
    form: forms.Form
    address: str  # the word in the route
    title: str
    button: str
    is_next: bool  # the way on; the others lead back

    @property
    def takes_file(self) -> bool:
        return "file" in self.form.fields


def _step_forms(
    request: HttpRequest, asked: Asked, content: ReportContent, refused: tuple[Act, forms.Form] | None
) -> list[StepForm]:
    """A form for each step the account may take, but handing in: that one belongs to the words."""
    found = []
    for act in asked.acts:
        if (kind := form_of(act, asked.life.state)) is not None:
            form = refused[1] if refused and refused[0] is act else _fresh(request, asked, content, act, kind)
            title, button = _words_of(act)
            address = next(word for word, of in WORDS_OF_ADDRESS.items() if of is act)
            is_next = act not in WANTS_REMARKS and (act is not Act.REPLACED or asked.life.state is State.SENT_BACK)
            found.append(StepForm(act, form, address, title, button, is_next))
    return sorted(found, key=lambda one: not one.is_next)


def _words_of(act: Act) -> tuple[str, str]:
    return {
        Act.SIGNED: (_("Ký báo cáo"), _("Ký")),
        Act.RETURNED: (_("Trả lại người viết"), _("Trả lại")),
        Act.NUMBERED: (_("Cấp số, ngày"), _("Cấp số")),
        Act.SENT: (_("Gửi báo cáo"), _("Gửi báo cáo")),
        Act.ACCEPTED: (_("Tiếp nhận"), _("Tiếp nhận báo cáo")),
        Act.SENT_BACK: (_("Trả lại để bổ sung"), _("Trả lại để bổ sung")),
        Act.REPLACED: (_("Làm bản thay thế"), _("Làm bản thay thế")),
    }[act]


def _fresh(request: HttpRequest, asked: Asked, content: ReportContent, act: Act, kind: type[forms.Form]) -> forms.Form:
    # Fields of several forms have the same name; what their labels point to must differ.
    return kind(initial=_initial(request, asked, content, act), auto_id=f"id_{act.value}_%s")


def _initial(request: HttpRequest, asked: Asked, content: ReportContent, act: Act) -> dict[str, Any]:
    today = clock.today()
    if act is Act.SIGNED:
        return {"signer": account_of(request).full_name, "office": "\n".join(content.issuer.authority)}
    if act is Act.NUMBERED:
        issuer = content.issuer
        return {"number": next_number(issuer.agency_name, issuer.symbol, year=today.year), "dated": today}
    return {"edition": asked.life.edition}


def _waits_for(asked: Asked) -> str:
    """Whose turn it is, where it is not this account's: a word the template has a sentence for."""
    state = asked.life.state
    if not asked.is_newest:
        return "older"
    if asked.acts and not (set(asked.acts) <= {Act.REPLACED} and state is not State.SENT_BACK):
        return ""
    if state in OUT and state is State.SENT and not receivers_of(asked.duty, asked.place, on=clock.today()):
        return "outside"
    return state.value
