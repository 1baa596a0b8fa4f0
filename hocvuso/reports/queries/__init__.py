"""What reports are owed, over which days, and what each of them says."""

from hocvuso.reports.queries.content import report_content, report_words
from hocvuso.reports.queries.library import SUFFIXES, library_here, own_templates, written
from hocvuso.reports.queries.obligations import Obligation, obligations_of
from hocvuso.reports.queries.spans import demand_over, owed_report, span_of
from hocvuso.reports.rules import WORDS

__all__ = [
    "SUFFIXES",
    "WORDS",
    "Obligation",
    "demand_over",
    "library_here",
    "obligations_of",
    "own_templates",
    "owed_report",
    "report_content",
    "report_words",
    "span_of",
    "written",
]
