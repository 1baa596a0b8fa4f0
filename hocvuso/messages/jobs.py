from __future__ import annotations

import datetime as dt

from django.conf import settings

from hocvuso.lib import clock
from hocvuso.messages.actions import forget_old_notices


def tidy_notices() -> int:
    """Delete what was read long ago (`HOCVUSO_NOTICE_DAYS`); what nobody has read stays."""
    return forget_old_notices(read_before=clock.real_now() - dt.timedelta(days=settings.NOTICE_DAYS))
