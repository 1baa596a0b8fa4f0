"""What reports are owed, over which days, and what each of them says."""

from hocvuso.reports.queries.content import report_content, report_words
from hocvuso.reports.queries.issuer import demand_state_form
from hocvuso.reports.queries.life import Life, content_now, content_of_edition, life_of
from hocvuso.reports.queries.obligations import Obligation, obligations_of
from hocvuso.reports.queries.spans import demand_over, owed_report, span_of
from hocvuso.reports.rules import WORDS

__all__ = [
    "WORDS",
    "Life",
    "Obligation",
    "content_now",
    "content_of_edition",
    "demand_over",
    "demand_state_form",
    "life_of",
    "obligations_of",
    "owed_report",
    "report_content",
    "report_words",
    "span_of",
]
