from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hocvuso.fieldwork.queries import classes_ahead
from hocvuso.lib import clock
from hocvuso.places.models import Level, Unit
from hocvuso.plans.models import Plan
from hocvuso.web.shared.rights import public

FEW = 6


@public
def front_page(request: HttpRequest) -> HttpResponse:
    plans = Plan.objects.select_related("unit").order_by("-period_start")
    running = [plan for plan in plans if plan.period_start <= clock.today() <= plan.period_end]
    nation = Unit.objects.filter(Unit.in_force(clock.today()), level=Level.NATION).first()
    classes = classes_ahead(nation, on=clock.today())[:FEW] if nation else []
    return render(request, "public/front_page.html", {"plans": running, "classes": classes})


@public
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the machine: answers only when the database does."""
    Plan.objects.exists()
    return JsonResponse({"ok": True})
