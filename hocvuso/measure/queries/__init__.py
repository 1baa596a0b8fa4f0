from hocvuso.measure.queries.boards import (
    Breakdown,
    Way,
    breakdowns,
    by_organisation,
    can_be_broken_down,
    way,
    weekly_by_commune,
)
from hocvuso.measure.queries.carrying import compare_plans
from hocvuso.measure.queries.figures import (
    figure,
    figures,
    funnels_at,
    headcounts,
    metrics,
    populations_at,
    series,
)
from hocvuso.measure.queries.flags import FlagHere, flag_at, flag_kinds, flag_sheet, flag_sheet_mark, flags_at
from hocvuso.measure.queries.forecasts import forecast_of
from hocvuso.measure.queries.openresults import closed_months, open_metrics, open_provinces, open_table
from hocvuso.measure.queries.provenance import rows_behind
from hocvuso.measure.queries.sharing import Among, Candidate, candidates, ways_to_share
from hocvuso.measure.queries.snapshots import current_snapshot, prefix_of
from hocvuso.measure.queries.standings import (
    Standing,
    Trend,
    concerns,
    demand_known_metrics,
    standing,
    standings,
    standings_below,
    trend,
)

__all__ = [
    "closed_months",
    "open_metrics",
    "open_provinces",
    "open_table",
    "Breakdown",
    "Way",
    "breakdowns",
    "by_organisation",
    "can_be_broken_down",
    "headcounts",
    "way",
    "weekly_by_commune",
    "Among",
    "Candidate",
    "FlagHere",
    "Standing",
    "Trend",
    "candidates",
    "compare_plans",
    "concerns",
    "current_snapshot",
    "demand_known_metrics",
    "figure",
    "figures",
    "flag_at",
    "flag_kinds",
    "flag_sheet",
    "flag_sheet_mark",
    "flags_at",
    "forecast_of",
    "funnels_at",
    "metrics",
    "populations_at",
    "prefix_of",
    "rows_behind",
    "series",
    "standing",
    "standings",
    "standings_below",
    "trend",
    "ways_to_share",
]
