"""Children of `hocvuso serve` end with it, however it went: a killed supervisor must not leave a worker on the port."""

from __future__ import annotations

import os
import threading
import time

SUPERVISOR = "HOCVUSO_SUPERVISOR"  # process id, set by `serve` for its children


def end_with_supervisor() -> None:
    """Watch the supervisor from a thread and leave at once when it is gone, even if it went while we were starting.

    Nothing is lost: every write is one transaction.
    """
    supervisor = os.environ.get(SUPERVISOR, "")
    if supervisor.isdigit():
        threading.Thread(target=_watch, args=(int(supervisor),), name="supervisor", daemon=True).start()


def _watch(supervisor: int) -> None:
    while os.getppid() == supervisor:
        time.sleep(1)
    os._exit(0)
