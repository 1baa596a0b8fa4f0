"""Who is to answer, who may see what, and how often something was said."""

from hocvuso.concerns.queries.counts import likely_same, theme_counts
from hocvuso.concerns.queries.routing import addressees, default_addressee, overseers, theme_named, themes
from hocvuso.concerns.queries.seen import (
    Seat,
    Wanted,
    addressed_in,
    concern_file,
    concerns_of,
    last_answers,
    late_concerns,
    raised_in,
    seat_of,
    visible_concerns,
    wanted_concerns,
    with_standing,
)

__all__ = [
    "Seat",
    "Wanted",
    "addressed_in",
    "addressees",
    "concern_file",
    "concerns_of",
    "default_addressee",
    "last_answers",
    "late_concerns",
    "likely_same",
    "overseers",
    "raised_in",
    "seat_of",
    "theme_counts",
    "theme_named",
    "themes",
    "visible_concerns",
    "wanted_concerns",
    "with_standing",
]
