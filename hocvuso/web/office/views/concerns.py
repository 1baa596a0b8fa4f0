"""Difficulties and proposals in the office: what waits for an answer, what was raised, how often; and raising one."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hocvuso.concerns import actions
from hocvuso.concerns.models import ConcernKind
from hocvuso.concerns.queries import (
    Wanted,
    addressees,
    theme_counts,
    themes,
    wanted_concerns,
)
from hocvuso.concerns.rules import State
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.people.queries import has_right
from hocvuso.people.rules import Right
from hocvuso.places.models import Place
from hocvuso.plans.models import Plan, Task
from hocvuso.plans.queries import visible_plans
from hocvuso.web.office.concern_sheets import concerns_sheet, sheet_file, themes_sheet
from hocvuso.web.shared.concern_forms import RaiseForm
from hocvuso.web.shared.places import home_places
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key

A_PAGE = 50
View = Literal["to_answer", "raised", "all"]
VIEWS: dict[str, View] = {"tra-loi": "to_answer", "da-neu": "raised", "tat-ca": "all"}  # as the address names them
DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


class ConcernForm(RaiseForm):
    place = forms.ChoiceField()
    to = forms.ChoiceField(required=False)
    plan = forms.ChoiceField(required=False)
    task = forms.CharField(required=False, max_length=170, widget=forms.HiddenInput)

    def __init__(self, *args: Any, homes: list[Place], to: list[Place], plans: QuerySet[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(place_key(home), home.name) for home in homes]  # type: ignore[attr-defined]
        self.fields["to"].choices = [("", _("Tự chuyển theo lĩnh vực")), *((place_key(one), one.name) for one in to)]  # type: ignore[attr-defined]
        self.fields["plan"].choices = [("", _("Không về kế hoạch nào")), *((one.key, one.short_title) for one in plans)]  # type: ignore[attr-defined]


@official(Right.FIGURES)
def concern_list(request: HttpRequest) -> HttpResponse:
    """What waits for this office, what it raised, all it may see; with filters."""
    account, today = account_of(request), clock.today()
    wanted = _wanted(request)
    found = wanted_concerns(account, wanted, today=today)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "wanted": wanted,
        "shown": next(slug for slug, view in VIEWS.items() if view == wanted.view),
        "page": page,
        "themes": themes().values(),
        "kinds": ConcernKind.values,
        "states": [state.value for state in State if state is not State.MERGED],
        "query": _query(request),
        "may_answer": has_right(account, Right.ANSWER_CONCERNS, on=today),
        "may_raise": has_right(account, Right.TASKS, on=today),
        "day": today,
    }
    return render(request, "office/concern_list.html", context)


@official(Right.FIGURES)
def concern_themes(request: HttpRequest) -> HttpResponse:
    """By theme: how often, by how many, since when, answered or not."""
    today = clock.today()
    wanted = _wanted(request, view="all")
    rows = theme_counts(wanted_concerns(account_of(request), wanted, today=today), today=today)
    context = {
        "wanted": wanted,
        "rows": rows,
        "kinds": ConcernKind.values,
        "query": _query(request),
        "may_merge": has_right(account_of(request), Right.ANSWER_CONCERNS, on=today),
    }
    return render(request, "office/concern_themes.html", context)


@official(Right.FIGURES)
def concern_table(request: HttpRequest, table: str, form: str) -> HttpResponse:
    """The rows of the list, or the themes, as a file: with the same filters."""
    account, today = account_of(request), clock.today()
    if form not in ("csv", "xlsx") or table not in ("y-kien", "linh-vuc"):
        raise Http404
    wanted = _wanted(request, view=None if table == "y-kien" else "all")
    found = wanted_concerns(account, wanted, today=today)
    if table == "y-kien":
        return sheet_file(concerns_sheet(found, wanted, today=today), form)
    return sheet_file(themes_sheet(theme_counts(found, today=today), wanted, today=today), form)


@official(Right.TASKS)
def raise_concern(request: HttpRequest) -> HttpResponse:
    """“Nêu khó khăn, kiến nghị”, in the name of the office, at any time."""
    account, today = account_of(request), clock.today()
    homes = home_places(request, Right.TASKS)
    plans = visible_plans(account, on=today, right=Right.TASKS).order_by("-period_start", "key")
    given = request.POST if request.method == "POST" else None
    home = next((one for one in homes if place_key(one) == (given or request.GET).get("place")), homes[0])
    task = _task(plans, (given or request.GET).get("task", ""))
    to = [one for one in addressees(home, on=today) if one != home]
    form = ConcernForm(
        given, homes=homes, to=to, plans=plans,
        initial={"place": place_key(home), "plan": task.plan.key if task else "", "task": request.GET.get("task", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.raise_concern(
                home, kind=ConcernKind(told["kind"]), theme=told["theme"], text=told["text"], by=account.actor, today=today,
                account=account, to=chosen(to, told["to"]), plan=plans.filter(key=told["plan"]).first(), task=task, key=told["id"],
            )  # fmt: skip
        except HocVuSoError as error:
            form.add_error("text", str(error))
        else:
            messages.success(
                request,
                _("Đã gửi đến %(to)s, hạn trả lời %(day)s.")
                % {"to": made.addressee, "day": f"{made.answer_by:%d/%m/%Y}"},
            )
            return redirect("concern", concern=made.pk)
    context = {"form": form, "homes": homes, "task": task}
    return render(request, "office/raise_concern.html", context, status=400 if form.errors else 200)


def _wanted(request: HttpRequest, *, view: View | None = None) -> Wanted:
    """The filters of the address; what makes no sense is left out."""
    asked = request.GET
    today, account = clock.today(), account_of(request)
    usual: View = "to_answer" if has_right(account, Right.ANSWER_CONCERNS, on=today) else "raised"
    if not has_right(account, Right.TASKS, on=today):
        usual = "all"
    return Wanted(
        view=view or VIEWS.get(asked.get("xem", ""), usual),
        theme=asked.get("linh-vuc", "") if asked.get("linh-vuc") in themes() else "",
        kind=asked.get("loai", "") if asked.get("loai") in ConcernKind.values else "",
        state=asked.get("tinh-trang", "") if asked.get("tinh-trang") in set(State) else "",
        late=asked.get("han") == "qua",
        first=_day(asked.get("tu", "")),
        last=_day(asked.get("den", "")),
    )


def _query(request: HttpRequest) -> str:
    """The filters as they stand, for links to the next page and to the files."""
    asked = request.GET.copy()
    asked.pop("trang", None)
    return asked.urlencode()


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def chosen(places: list[Place], key: str) -> Place | None:
    return next((one for one in places if key and place_key(one) == key), None)


def _task(plans: QuerySet[Plan], key: str) -> Task | None:
    plan, _slash, task = key.partition("/")
    if not task or "\0" in key:
        return None
    return Task.objects.filter(plan__in=plans, plan__key=plan, key=task).select_related("plan").first()
