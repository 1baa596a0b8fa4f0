"""More people at a class than the room, or the village, can hold."""

from __future__ import annotations

import math
from collections.abc import Iterator

from hocvuso.measure.flags.material import Material, Session
from hocvuso.measure.flags.robust import Peers, median
from hocvuso.measure.flags.rules import Flag, FlagKinds, severity_of, weeks_of

KIND = "crowded_class"


def crowded_class(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """Against the seats where somebody told them; else against the place's own classes and those of its peers, both.

    One flag a place, for its fullest class.
    """
    over, outside, least = (kinds.limit(KIND, name) for name in ("over_seats", "outside", "least"))
    by_place: dict[str, list[Session]] = {}
    for session in material.sessions:
        by_place.setdefault(session.place, []).append(session)
    around: dict[str, list[float]] = {}
    for place, sessions in by_place.items():
        around.setdefault(material.peers(place), []).extend(math.log(s.attendance) for s in sessions)
    everybody = {name: Peers(values, floor=0.15) for name, values in around.items()}
    for place, sessions in by_place.items():
        peers = everybody[material.peers(place)]
        # A few classes tell what is usual here, and not how much it varies: that the peers tell.
        own = median([math.log(s.attendance) for s in sessions]) if len(sessions) >= 4 else peers.usual

        def is_crowded(session: Session, usual: float = max(own, peers.usual), peers: Peers = peers) -> bool:
            if session.seats:
                return session.attendance > over * session.seats
            size = math.log(session.attendance)
            return session.attendance >= least and peers.known and (size - usual) / peers.sigma >= outside

        crowded = [session for session in sessions if is_crowded(session)]
        if not crowded:
            continue
        fullest = max(crowded, key=lambda s: s.attendance)
        yield Flag(
            KIND, place, weeks=weeks_of(min(s.on for s in crowded), max(s.on for s in crowded)),
            evidence={
                "attendance": fullest.attendance, "seats": fullest.seats or "…", "usual": round(math.exp(own)),
                "classes": len(crowded), "on": f"{fullest.on:%d/%m/%Y}",
            },
            severity=severity_of(fullest.attendance, material.base(place, next(iter(material.bases), ""))),
        )  # fmt: skip
