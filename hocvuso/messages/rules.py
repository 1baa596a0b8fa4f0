"""What may be written to somebody, and when a letter that did not get through is tried again."""

from __future__ import annotations

import datetime as dt
import hashlib
import re

MINUTES = (1, 5, 15, 60, 180, 360, 720)  # after the first failure, the second …; ours, no rule gives them
MOST_ATTEMPTS = len(MINUTES) + 1
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def next_try(attempts: int, *, now: dt.datetime, key: str) -> dt.datetime | None:
    """When to try again after so many failures; `None` when it is enough.

    Up to a fifth is added, always the same for one `key`, so that what failed together does not come back together.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    wait = dt.timedelta(minutes=MINUTES[attempts - 1])
    share = int(hashlib.sha256(f"{key}:{attempts}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return now + wait + wait * share / 5


def is_one_line(text: str) -> bool:
    """A subject becomes a header of a letter: a line break in it would begin another header."""
    return bool(text.strip()) and text.isprintable()


def has_link(text: str) -> bool:
    """We teach people not to follow links in letters, so ours have none: they say where to look instead."""
    return bool(LINK.search(text))


def is_office_page(address: str) -> bool:
    """A path of the office's door, nothing that leads out of the house."""
    return address.startswith("/dieu-hanh/") and "//" not in address and address.isprintable() and "\\" not in address
