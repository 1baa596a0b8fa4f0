from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, HocVuSoError
from hocvuso.lib.text import vn_number
from hocvuso.measure.queries import Among, Candidate, candidates, current_snapshot, ways_to_share
from hocvuso.people.rules import Right
from hocvuso.places.models import Unit
from hocvuso.plans.actions import say_fault, share_out_target, take_back_target
from hocvuso.plans.models import Allotment, Target
from hocvuso.plans.queries import allotments_by, goals_of, visible_plans
from hocvuso.plans.sharing import Balance, Fault, Part, balance, by_headcount, read_amount
from hocvuso.web.shared.places import acts_for, place_or_404
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key

# A form may bring a thousand fields and no more (Django's guard against floods).
MOST_PLACES = 900
SHOWN_BEFORE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A place in the table: what it has, and what stands in its field."""

    candidate: Candidate
    typed: str
    given: Allotment | None
    by_another: bool  # it has its part from somebody else, who alone may change it
    error: str = ""

    @property
    def name(self) -> str:
        return f"p:{place_key(self.candidate.place)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One target of one unit, with everybody it can be shared out to."""

    target: Target
    giver: Unit
    goal: float | None
    ways: list[Among]
    among: Among
    rows: list[Row]
    history: list[Allotment]

    @property
    def has_wrong(self) -> bool:
        return any(row.error for row in self.rows)

    @property
    def too_many(self) -> bool:
        return len(self.rows) > MOST_PLACES

    @property
    def free(self) -> list[Row]:
        return [row for row in self.rows if not row.by_another]

    @property
    def parts(self) -> list[Part]:
        read = [None if row.error else read_amount(row.typed, is_share=self.target.is_share) for row in self.free]
        return [
            Part(row.candidate.place.code, row.candidate.place.name, row.candidate.headcount, amount)
            for row, amount in zip(self.free, read, strict=True)
        ]

    @property
    def balance(self) -> Balance | None:
        if self.goal is None or self.has_wrong or not self.free:
            return None
        return balance(self.goal, self.parts, is_share=self.target.is_share)


@official(Right.TARGETS)
def share_out(request: HttpRequest, plan: str, target: str) -> HttpResponse:
    """A place's target among those that lie in it: by headcount or by hand, tried first, kept only when it makes the whole."""
    found, giver = _asked(request, plan, target)
    may_write = acts_for(request, giver, Right.TARGETS)
    if request.method == "POST" and not may_write:
        raise Http404
    sheet, error = _sheet(request, found, giver), ""
    try:
        if request.method == "GET" and "so-nguoi" in request.GET:
            sheet = _proposed(sheet)
        elif request.method == "POST" and _keep(request, sheet):
            messages.success(request, _("Đã ghi phần giao cho từng nơi."))
            return redirect(f"{reverse('share_out', args=[plan, target])}?noi={place_key(giver)}&cach={sheet.among}")
    except HocVuSoError as refusal:
        error = str(refusal)
    context = {
        "plan": found.plan,
        "target": found,
        "place": giver,
        "may_write": may_write,
        "sheet": sheet,
        "history": sheet.history[:SHOWN_BEFORE],
        "seen": request.POST.get("seen") or (sheet.history[0].pk if sheet.history else 0),
        "error": error,
        "snapshot": current_snapshot(),
    }
    return render(request, "office/share_out.html", context, status=400 if error or sheet.has_wrong else 200)


def _asked(request: HttpRequest, plan: str, target: str) -> tuple[Target, Unit]:
    """Only what is divided at all, at a unit that the plan is about."""
    found = get_object_or_404(
        Target.objects.select_related("indicator", "plan__unit"),
        plan__in=visible_plans(account_of(request), on=clock.today(), right=Right.TARGETS),
        plan__key=plan,
        key=target,
        scope="total",
    )
    giver = place_or_404(request, request.GET.get("noi"), Right.TARGETS)
    if not isinstance(giver, Unit) or not found.plan.unit.contains(giver):
        raise Http404
    return found, giver


def _sheet(request: HttpRequest, target: Target, giver: Unit) -> Sheet:
    today = clock.today()
    ways = ways_to_share(target, giver, on=today)
    among = next((way for way in ways if way == request.GET.get("cach")), ways[0] if ways else Among.UNITS)
    taking_part = candidates(target, giver, among=among, on=today)
    goals = goals_of([target], [giver, *(one.place for one in taking_part)])
    rows = [_row(one, goals.own(target, one.place), target, giver) for one in taking_part]
    if request.method == "POST":
        rows = [row if row.by_another else _typed(row, request.POST.get(row.name, ""), target) for row in rows]
    return Sheet(target, giver, goals.at(target, giver), ways, among, rows, allotments_by(giver, target))


def _row(one: Candidate, given: Allotment | None, target: Target, giver: Unit) -> Row:
    by_another = given is not None and given.giver.code != giver.code
    return Row(one, _written(given.amount if given else None, target), given, by_another)


def _typed(row: Row, typed: str, target: Target) -> Row:
    """What was typed comes back as it was typed, also where it cannot be read."""
    typed = typed[:40]
    try:
        read_amount(typed, is_share=target.is_share)
    except ValueError:
        hint = _("viết tỷ lệ như 62 hoặc 62,5") if target.is_share else _("viết số nguyên như 1250 hoặc 1.250")
        return replace(row, typed=typed, error=hint)
    return replace(row, typed=typed)


def _proposed(sheet: Sheet) -> Sheet:
    """The fields filled by headcount; nothing is kept yet."""
    if sheet.goal is None:
        return sheet
    amounts = by_headcount(sheet.goal, sheet.parts, is_share=sheet.target.is_share)
    if isinstance(amounts, Fault):
        raise BadInput(say_fault(amounts, goal=sheet.goal, is_share=sheet.target.is_share))
    filled = {row.name: _written(amount, sheet.target) for row, amount in zip(sheet.free, amounts, strict=True)}
    return replace(sheet, rows=[replace(row, typed=filled.get(row.name, row.typed)) for row in sheet.rows])


def _keep(request: HttpRequest, sheet: Sheet) -> bool:
    """Was anything written? A trial writes nothing, and neither does a sheet with a field that cannot be read."""
    by, today = account_of(request).actor, clock.today()
    match request.POST.get("viec"):
        case "thu-hoi":
            take_back_target(sheet.target, giver=sheet.giver, by=by, today=today)
        case "luu" if not sheet.has_wrong:
            parts = [(row.candidate.place, part) for row, part in zip(sheet.free, sheet.parts, strict=True)]
            share_out_target(sheet.target, giver=sheet.giver, parts=parts, seen=_seen(request), by=by, today=today)
        case _:
            return False
    return True


def _written(amount: float | None, target: Target) -> str:
    """As a person would type it: 62,5 and not 62,5000."""
    if amount is None:
        return ""
    return vn_number(amount, 4).rstrip("0").rstrip(",") if target.is_share else vn_number(amount)


def _seen(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("seen", ""))
    except ValueError:
        return -1  # a form made by hand: as if somebody had shared out in between
