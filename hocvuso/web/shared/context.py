from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from hocvuso.lib import clock
from hocvuso.web.shared.simulated import database_is_simulated


def shell(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame shows: the day, the demo's banner, the simulated-data banner."""
    return {
        "today": clock.today(),
        "is_fixed_day": clock.fixed_day() is not None,
        "is_demo": settings.DEMO,
        "is_simulated": database_is_simulated(),
        "is_signed_in": bool(getattr(request.user, "is_verified", lambda: False)())
        if hasattr(request, "user")
        else False,
    }
