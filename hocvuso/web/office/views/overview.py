from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.lib import clock
from hocvuso.measure.queries import current_snapshot, standings
from hocvuso.people.rules import Right
from hocvuso.plans.queries import running_plan_of
from hocvuso.plans.rules import Light
from hocvuso.reports.queries import obligations_of
from hocvuso.reports.queries.life import owed_at
from hocvuso.tasks.queries import tasks_here
from hocvuso.web.shared.places import holds_at, home_places, place_or_404
from hocvuso.web.shared.rights import official

WORST_FIRST = (Light.MISSED, Light.BEHIND, Light.AT_RISK)


@official(Right.FIGURES)
def overview(request: HttpRequest) -> HttpResponse:
    """What needs this office today: targets that slip, tasks that are due, the report to be sent."""
    place, today = place_or_404(request, request.GET.get("noi")), clock.today()
    plan = running_plan_of(place, today=today)
    found = standings(plan, place, on=today) if plan else []
    slipping = sorted((s for s in found if s.light in WORST_FIRST), key=lambda s: WORST_FIRST.index(s.light))
    works_here, reports_here = (holds_at(request, right, place) for right in (Right.TASKS, Right.REPORTS))
    here = tasks_here(plan, place, today=today) if plan and works_here else []
    tasks = [t for t in here if not t.is_done and t.leads_here and not t.is_report]
    tasks.sort(key=lambda t: (t.days_left is None, t.days_left))
    context = {
        "place": place,
        "homes": home_places(request),
        "plan": plan,
        "lights": [(light, count) for light in Light if (count := Counter(s.light for s in found)[light])],
        "unmeasured": sum(s.light is Light.NOT_MEASURED for s in found),
        "slipping": slipping[:6],
        "slipping_more": max(0, len(slipping) - 6),
        "works_here": works_here and place in home_places(request, Right.TASKS),
        "tasks": tasks[:6],
        "tasks_more": max(0, len(tasks) - 6),
        "owed": owed_at(place, obligations_of(place, around=today)[:4]) if reports_here else [],
        "snapshot": current_snapshot(),
    }
    return render(request, "office/overview.html", context)
