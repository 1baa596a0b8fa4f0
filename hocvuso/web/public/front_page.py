from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hocvuso.lib import clock
from hocvuso.measure.queries import open_metrics
from hocvuso.plans.models import Plan
from hocvuso.web.shared.rights import public


@public
def front_page(request: HttpRequest) -> HttpResponse:
    plans = Plan.objects.select_related("unit").order_by("-period_start")
    running = [plan for plan in plans if plan.period_start <= clock.today() <= plan.period_end]
    return render(request, "public/front_page.html", {"plans": running, "has_results": bool(open_metrics())})


@public
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the machine: answers only when the database does."""
    Plan.objects.exists()
    return JsonResponse({"ok": True})
