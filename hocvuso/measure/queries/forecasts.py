from __future__ import annotations

import datetime as dt

from hocvuso.evidence.rules import Grade
from hocvuso.measure.forecast import Forecast, forecast
from hocvuso.measure.queries.figures import series
from hocvuso.measure.queries.standings import Standing
from hocvuso.measure.rules import Ask
from hocvuso.places.models import Level, Place, Unit


def forecast_of(here: Standing, place: Place, *, on: dt.date) -> Forecast | None:
    """Where the target's last day will find the proven count at the place.

    None where the light looks at another grade (their totals come when others send them), where the target counts communes or weeks, where
    nobody is left or known as the base, and before there are weeks enough to go by.
    """
    figure, last_day = here.figure, here.target.last_day
    if figure is None or last_day is None or figure.grade is not Grade.PROVEN or here.measure == "units":
        return None
    if figure.metric.primitive == "per_period" or figure.population is None:
        return None
    first = here.target.start or here.target.plan.period_start
    counts = series(place, Ask(figure.metric.key, figure.level), first=first, last=on)
    is_sum = isinstance(place, Unit) and place.level in (Level.NATION, Level.PROVINCE)
    return forecast(
        counts, population=figure.population.count, on=on, target_date=last_day, goal=here.needed, is_sum=is_sum
    )
