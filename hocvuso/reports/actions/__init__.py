"""Every write on a report: its words, what it declares, the steps of its life, who has it open; requests; the calendar's address."""

from hocvuso.reports.actions.declared import declare_figure, take_back_figure
from hocvuso.reports.actions.presence import note_presence
from hocvuso.reports.actions.requests import (
    make_calendar_feed,
    request_report,
    stop_calendar_feed,
    withdraw_request,
)
from hocvuso.reports.actions.shared import Paper
from hocvuso.reports.actions.steps import (
    accept_report,
    number_report,
    replace_report,
    return_report,
    send_back_report,
    send_report,
    sign_report,
    submit_report,
)
from hocvuso.reports.actions.words import Clash, WordsClash, save_words

__all__ = [
    "Clash",
    "Paper",
    "WordsClash",
    "accept_report",
    "declare_figure",
    "make_calendar_feed",
    "note_presence",
    "number_report",
    "replace_report",
    "request_report",
    "return_report",
    "save_words",
    "send_back_report",
    "send_report",
    "sign_report",
    "stop_calendar_feed",
    "submit_report",
    "take_back_figure",
    "withdraw_request",
]
