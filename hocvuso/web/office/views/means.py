from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.means.actions import (
    add_budget_line,
    note_signal,
    promise_contribution,
    receive_contribution,
    void_budget_line,
)
from hocvuso.means.models import BudgetLine, Contribution
from hocvuso.means.queries import budget_lines, budget_table, contributions, signals, years_of
from hocvuso.means.rules import Gift, Signal, Source, Stage
from hocvuso.people.queries import visible_units
from hocvuso.people.rules import Right
from hocvuso.places.models import Level, Place, Unit, place_fields
from hocvuso.plans.models import Plan
from hocvuso.plans.queries import plans_above, running_plan_of
from hocvuso.web.office.board_sheets import file_of
from hocvuso.web.office.means_forms import GiftForm, MoneyForm, ReceiveForm, SignalForm, VoidForm
from hocvuso.web.office.means_sheets import money_sheet
from hocvuso.web.shared.places import acts_for, home_places, place_or_404
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key

SIGNALS_SHOWN = 60
ROWS_SHOWN = 100  # of the places below; what the place itself wrote it may have to mend, so all of that is shown


@official(Right.OVERSEE)
def means(request: HttpRequest) -> HttpResponse:
    """Money, gifts in kind and villages without a signal, of the place and what lies in it."""
    place, plan, year = _asked(request)
    villages = signals(place, on=clock.today()) if isinstance(place, Unit) else []
    lines, more_lines = _shown(budget_lines(place, plan, year=year), place)
    gifts, more_gifts = _shown(contributions(place, plan), place)
    table, titles = budget_table(place, plan, year=year), dict(plan.tasks.values_list("key", "title"))
    wanting = [one for one in villages if one.signal in (Signal.NONE, Signal.WEAK)]
    context = {
        "place": place, "homes": home_places(request, Right.OVERSEE), "plan": plan, "plans": _plans(place), "year": year,
        "years": years_of(plan), "table": table, "by_task": [(titles.get(row.name, ""), row) for row in table.by_task],
        "lines": lines, "more_lines": more_lines, "stages": list(Stage), "gifts": gifts, "more_gifts": more_gifts,
        "villages": villages, "wanting": wanting[:SIGNALS_SHOWN], "wanting_count": len(wanting),
        "unknown": sum(one.signal is None for one in villages),
        "may_write": acts_for(request, place, Right.MEANS), "is_commune": isinstance(place, Unit) and place.level == Level.COMMUNE,
    }  # fmt: skip
    return render(request, "office/means.html", context)


@official(Right.OVERSEE)
def means_file(request: HttpRequest, form: str) -> HttpResponse:
    if form not in ("csv", "xlsx"):
        raise Http404
    place, plan, year = _asked(request)
    return file_of(money_sheet(place, plan, year, budget_lines(place, plan, year=year), on=clock.today()), form)


@official(Right.MEANS)
def add_money(request: HttpRequest) -> HttpResponse:
    place, plan, year = _asked(request, Right.MEANS)
    form = MoneyForm(request.POST if request.method == "POST" else None, plan=plan, year=year)

    def save(told: dict[str, Any]) -> object:
        task = plan.tasks.filter(key=told.pop("task")).first()
        told["source"], told["stage"] = Source(told["source"]), Stage(told["stage"])
        return add_budget_line(plan, place=place, task=task, by=_by(request), today=clock.today(), **told)

    return _filled(request, form, save, place, plan, title=_("Ghi kinh phí"), said=_("Đã ghi kinh phí."))


@official(Right.MEANS)
def void_money(request: HttpRequest, line: int) -> HttpResponse:
    place, plan, _year = _asked(request, Right.MEANS)
    found = get_object_or_404(_own(BudgetLine.objects.filter(voids=None), place), pk=line)
    form = VoidForm(request.POST if request.method == "POST" else None)

    def save(told: dict[str, Any]) -> object:
        return void_budget_line(found, by=_by(request), today=clock.today(), **told)

    return _filled(
        request, form, save, place, plan, title=_("Hủy một dòng kinh phí"), said=_("Đã hủy; dòng cũ vẫn được giữ để tra cứu."), about=found
    )  # fmt: skip


@official(Right.MEANS)
def add_gift(request: HttpRequest) -> HttpResponse:
    place, plan, _year = _asked(request, Right.MEANS)
    form = GiftForm(request.POST if request.method == "POST" else None)

    def save(told: dict[str, Any]) -> object:
        told["gift"] = Gift(told["gift"])
        return promise_contribution(plan, place=place, by=_by(request), today=clock.today(), **told)

    return _filled(request, form, save, place, plan, title=_("Ghi đóng góp"), said=_("Đã ghi đóng góp."))


@official(Right.MEANS)
def receive_gift(request: HttpRequest, gift: int) -> HttpResponse:
    place, plan, _year = _asked(request, Right.MEANS)
    found = get_object_or_404(_own(Contribution.objects.filter(of=None), place), pk=gift)
    form = ReceiveForm(request.POST if request.method == "POST" else None, initial={"count": found.count})

    def save(told: dict[str, Any]) -> object:
        return receive_contribution(found, by=_by(request), today=clock.today(), **told)

    return _filled(
        request, form, save, place, plan, title=_("Đã nhận đóng góp"), said=_("Đã ghi là đã nhận."), about=found
    )


@official(Right.MEANS)
def add_signal(request: HttpRequest, village: str) -> HttpResponse:
    place, plan, _year = _asked(request, Right.MEANS)
    seen = visible_units(account_of(request), on=clock.today(), right=Right.MEANS)
    found = get_object_or_404(
        seen.filter(path__startswith=getattr(place, "path", "-"), level=Level.VILLAGE), code=village
    )
    form = SignalForm(request.POST if request.method == "POST" else None)

    def save(told: dict[str, Any]) -> object:
        return note_signal(found, Signal(told["signal"]), note=told["note"], by=_by(request), today=clock.today())

    title = _("Sóng điện thoại ở %(village)s") % {"village": found.name}
    return _filled(request, form, save, place, plan, title=title, said=_("Đã ghi tình trạng sóng."))


def _filled(
    request: HttpRequest, form: forms.Form, save: Callable[[dict[str, Any]], object], place: Place, plan: Plan, *, title: str, said: str,
    about: object = None,
) -> HttpResponse:  # fmt: skip
    """One form of this desk: shown, checked, saved; and back to the desk."""
    if not acts_for(request, place, Right.MEANS):
        raise Http404
    back = f"{reverse('means')}?noi={place_key(place)}&ke-hoach={plan.key}"
    if request.method == "POST" and form.is_valid():
        try:
            save(dict(form.cleaned_data))
        except HocVuSoError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return redirect(back)
    context = {"form": form, "place": place, "plan": plan, "title": title, "about": about, "back": back}
    return render(request, "office/means_form.html", context, status=400 if form.errors else 200)


def _asked(request: HttpRequest, right: Right = Right.OVERSEE) -> tuple[Place, Plan, int]:
    """The place, the plan and the year an address names; without them the own place, its running plan and this year."""
    place, today = place_or_404(request, request.GET.get("noi"), right), clock.today()
    key = request.GET.get("ke-hoach")
    plan = _plans(place).filter(key=key).first() if key else running_plan_of(place, today=today)
    if plan is None:
        raise Http404
    years = years_of(plan)
    asked = request.GET.get("nam", "")
    return place, plan, int(asked) if asked in map(str, years) else min(max(today.year, years[0]), years[-1])


def _plans(place: Place) -> QuerySet[Plan]:
    return plans_above(place if isinstance(place, Unit) else place.of)


def _shown(rows: QuerySet[Any], place: Place) -> tuple[list[Any], int]:
    """The place's own rows and the newest of those below; and how many more there are."""
    own, below = _own(rows, place), rows.exclude(**place_fields(place))
    return [*own, *below[:ROWS_SHOWN]], max(0, below.count() - ROWS_SHOWN)


def _own(rows: QuerySet[Any], place: Place) -> QuerySet[Any]:
    """Rows of this very place, not of those in it."""
    return rows.filter(**place_fields(place))


def _by(request: HttpRequest) -> str:
    return account_of(request).actor
