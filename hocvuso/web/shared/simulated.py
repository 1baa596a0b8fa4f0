from __future__ import annotations

import time

from django.conf import settings

from hocvuso.measure.upward.queries import sent_here
from hocvuso.places.models import Population
from hocvuso.places.rules import SIMULATED

_asked: tuple[float, bool] | None = None


def database_is_simulated() -> bool:
    """Does this installation hold simulated people, or figures of such that another one sent? Then every page says so, whatever it shows.

    Asked of the database every half minute, not for every page: it changes only when somebody loads a simulation.
    """
    global _asked
    now = time.monotonic()
    if _asked is None or now - _asked[0] >= settings.SIMULATED_ASKED_EVERY:
        _asked = (
            now,
            (
                Population.objects.filter(source=SIMULATED).exists()
                or any(one.simulated for one in sent_here().values())
            ),
        )
    return _asked[1]
