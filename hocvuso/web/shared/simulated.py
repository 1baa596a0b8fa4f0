from __future__ import annotations

from hocvuso.places.models import Population
from hocvuso.places.rules import SIMULATED


def database_is_simulated() -> bool:
    """Does this installation hold simulated people? Then every page says so, whatever it shows."""
    return Population.objects.filter(source=SIMULATED).exists()
