"""Where a figure comes from: the ledger rows that meet the metric's own conditions at a place."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q, QuerySet
from django.db.models.functions import ExtractYear

from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import not_voided
from hocvuso.measure.rules import Metric
from hocvuso.places.models import Organisation, Place, Share, Succession


def rows_behind(place: Place, metric: Metric, *, on: dt.date) -> QuerySet[Evidence]:
    """Valid rows up to a day, newest first: the metric's kinds, groups, ages, skill and detail, counted where the metric counts.

    A subject may have several; the figure counts each subject once. `among` is not asked here: it is about another metric's rows.
    """
    rows = Evidence.objects.filter(kind__in=metric.kinds, subject_type=metric.subject, on__lte=on)
    if isinstance(place, Organisation):
        rows = rows.filter(org=place)
    elif metric.counted == "org":
        rows = rows.filter(org__seat__path__startswith=place.path)
    else:
        # What was recorded in a unit that is no more counts where the main part of it lives on.
        living_on = Succession.objects.filter(share__in=(Share.WHOLE, Share.MAIN), new__path__startswith=place.path)
        rows = rows.filter(Q(unit__path__startswith=place.path) | Q(unit__in=living_on.values("old")))
    if metric.groups:
        rows = rows.filter(group__in=metric.groups)
    if metric.skill:
        rows = rows.filter(skill=metric.skill)
    for name, wanted in metric.detail.items():
        rows = rows.filter(**{f"detail__{name}": wanted})
    if metric.min_age is not None or metric.max_age is not None:
        rows = rows.alias(age=ExtractYear("on") - F("birth_year"))
        if metric.min_age is not None:
            rows = rows.filter(age__gte=metric.min_age)
        if metric.max_age is not None:
            rows = rows.filter(age__lte=metric.max_age)
    return not_voided(rows).select_related("unit", "org").order_by("-on", "-seq")
