from __future__ import annotations

import fcntl
import hashlib
import logging
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from hocvuso.lib import clock
from hocvuso.lib.errors import NotReady
from hocvuso.measure.actions import check_measure
from hocvuso.measure.flagfiles import FlagSheet, read_flags, write_flags
from hocvuso.measure.flags import find_flags
from hocvuso.measure.queries import current_snapshot
from hocvuso.measure.queries.figures import ask_again
from hocvuso.measure.queries.flags import FLAG_FILE, flag_kinds
from hocvuso.measure.queries.material import gather_material
from hocvuso.measure.queries.snapshots import open_ahead
from hocvuso.measure.traces import extend_traces, part_files

log = logging.getLogger(__name__)
NIGHT = 2  # the hour in which figures are checked


def refresh_flags() -> bool:
    """Look for flags in the newest figures. False where nothing is new: same snapshot, same limits, same day."""
    root = Path(settings.MEASURE_DIR)
    try:
        snapshot = current_snapshot()
    except NotReady:
        return False
    limits = hashlib.sha256((settings.DATA_DIR / "flags.yaml").read_bytes()).hexdigest()[:12]
    made_from, on = f"{snapshot.name} {limits}", clock.today()
    with (root / "flags.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        sheet = read_flags(root / FLAG_FILE)
        if sheet and (sheet.made_from, sheet.on) == (made_from, on):
            return False
        traces = extend_traces(root, one_at_a_time=flag_kinds().one_at_a_time)
        material = gather_material(on=on, parts=part_files(root), traces=traces)
        write_flags(FlagSheet(made_from, on, tuple(find_flags(material, flag_kinds()))), root / FLAG_FILE)
    return True


def check_figures() -> bool:
    """At night: are the figures that were kept up by changes those of a whole build? False at any other hour, or with nothing to check."""
    if timezone.localtime(clock.real_now()).hour != NIGHT:
        return False
    different = check_measure()
    if different:
        log.error(
            "figures kept up by changes differed from a whole build in %d rows; the whole build is read now", different
        )
    return different is not None


def follow_figures() -> None:
    """In a web process: a thread that opens each new snapshot and asks of it what pages asked of the last one, before any page sees it. So
    no page waits for the first figures after a refresh."""
    threading.Thread(target=_follow, name="figures", daemon=True).start()


def _follow() -> None:
    while True:
        pause = 1
        try:
            open_ahead(ask_again)
        except NotReady:
            pass
        except Exception:  # pages then open it themselves, and say what is wrong
            log.exception("a new snapshot could not be opened")
            pause = 60
        close_old_connections()
        time.sleep(pause)
