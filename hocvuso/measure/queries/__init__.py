from hocvuso.measure.queries.carrying import compare_plans
from hocvuso.measure.queries.figures import (
    current_snapshot,
    figure,
    figures,
    funnels_at,
    metrics,
    populations_at,
    prefix_of,
    series,
)
from hocvuso.measure.queries.provenance import rows_behind
from hocvuso.measure.queries.sharing import Among, Candidate, candidates, ways_to_share
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
    "Among",
    "Candidate",
    "Standing",
    "Trend",
    "candidates",
    "compare_plans",
    "concerns",
    "current_snapshot",
    "demand_known_metrics",
    "figure",
    "figures",
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
