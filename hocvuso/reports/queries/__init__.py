"""What reports are owed, over which days, and what each of them says."""

from hocvuso.reports.queries.calendars import reporting_policy, working_days
from hocvuso.reports.queries.content import report_content, report_words
from hocvuso.reports.queries.feed import due_days_of, feed_account, feed_of
from hocvuso.reports.queries.library import SUFFIXES, library_here, own_templates, written
from hocvuso.reports.queries.life import Life, content_now, content_of_edition, life_of
from hocvuso.reports.queries.obligations import Obligation, obligations_between, obligations_of
from hocvuso.reports.queries.requests import duties_to_ask, may_ask, owes, own_adhoc_duties, request_for, requests_by
from hocvuso.reports.queries.spans import demand_over, owed_report, span_of
from hocvuso.reports.rules import WORDS

__all__ = [
    "SUFFIXES",
    "WORDS",
    "Life",
    "Obligation",
    "content_now",
    "content_of_edition",
    "demand_over",
    "due_days_of",
    "duties_to_ask",
    "feed_account",
    "feed_of",
    "may_ask",
    "obligations_between",
    "library_here",
    "life_of",
    "obligations_of",
    "own_templates",
    "owed_report",
    "owes",
    "own_adhoc_duties",
    "report_content",
    "report_words",
    "reporting_policy",
    "request_for",
    "requests_by",
    "span_of",
    "working_days",
    "written",
]
