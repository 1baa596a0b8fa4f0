"""What runs by itself, one line a job. `hocvuso serve` supervises it beside the web process; in production it is its own unit."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import close_old_connections
from django.utils.module_loading import import_string

from hocvuso.config.supervised import end_with_supervisor

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    every: int  # seconds
    job: str  # dotted name of a function without arguments

    def load(self) -> Callable[[], object]:
        job: Callable[[], object] = import_string(self.job)
        return job


TIMETABLE = (
    Entry(5, "hocvuso.fieldwork.jobs.apply_events"),
    Entry(10, "hocvuso.credentials.jobs.certify_waiting"),
    Entry(10, "hocvuso.measure.actions.refresh_measure"),
    Entry(10, "hocvuso.web.office.reading.read_waiting_documents"),
    Entry(5, "hocvuso.connect.vneid.jobs.deliver_confirmations"),
    Entry(60, "hocvuso.connect.notify.jobs.make_digests"),
    Entry(10, "hocvuso.connect.notify.jobs.send_dispatches"),
    Entry(3600, "hocvuso.messages.jobs.tidy_notices"),
    Entry(600, "hocvuso.measure.jobs.refresh_flags"),
    Entry(1800, "hocvuso.measure.jobs.check_figures"),
    Entry(600, "hocvuso.tasks.jobs.remind_and_escalate"),
    Entry(3600, "hocvuso.connect.upward.jobs.push_figures"),
    Entry(60, "hocvuso.audit.actions.seal_entries"),
    Entry(3600, "hocvuso.concerns.jobs.remind_of_concerns"),
    Entry(3600, "hocvuso.people.actions.forget_ended_sessions"),
)


def run_once() -> None:
    for entry in TIMETABLE:
        entry.load()()


def run_forever() -> None:
    """A job that fails is logged and tried again at its next turn; it never stops the others."""
    end_with_supervisor()
    due = dict.fromkeys(TIMETABLE, 0.0)
    while True:
        for entry in TIMETABLE:
            if time.monotonic() >= due[entry]:
                try:
                    entry.load()()
                except Exception:
                    log.exception("job %s failed", entry.job)
                due[entry] = time.monotonic() + entry.every
                close_old_connections()
        time.sleep(1)
