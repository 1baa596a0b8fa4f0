"""Difficulties and proposals, raised by the real action."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hocvuso.concerns.actions import raise_concern
from hocvuso.concerns.models import Concern, ConcernKind
from hocvuso.places.models import Place

BY = ":test"
TODAY = dt.date(2025, 10, 17)


def concern(
    place: Place,
    text: str = "Sóng điện thoại yếu ở thôn xa.",
    *,
    kind: ConcernKind = ConcernKind.DIFFICULTY,
    theme: str = "song-mang",
    on: dt.date = TODAY,
    **more: Any,
) -> Concern:
    return raise_concern(place, kind=kind, theme=theme, text=text, by=more.pop("by", BY), today=on, **more)
