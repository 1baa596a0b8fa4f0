from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hocvuso.lib import clock
from hocvuso.measure.queries import compare_plans as compare
from hocvuso.people.rules import Right
from hocvuso.plans.carry import Relation
from hocvuso.plans.queries import parents_of, visible_plans
from hocvuso.web.shared.rights import account_of, official


@official(Right.FIGURES)
def compare_plans(request: HttpRequest, child: str, parent: str) -> HttpResponse:
    """A plan against the one above it: what it takes up as it stands, what weaker or stronger, what not at all."""
    seen = visible_plans(account_of(request), on=clock.today())
    below = get_object_or_404(seen, key=child)
    above = get_object_or_404(parents_of(below, among=seen), key=parent)
    found = compare(below, above, on=clock.today())
    context = {
        "child": below,
        "parent": above,
        "found": found,
        "counts": [(relation, count) for relation in Relation if (count := found.count(relation))],
    }
    return render(request, "office/compare_plans.html", context)
