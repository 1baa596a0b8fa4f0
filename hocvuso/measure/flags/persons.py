"""The same people recorded by two communes by turns."""

from __future__ import annotations

import math
from collections.abc import Iterator

from hocvuso.measure.flags.material import Material
from hocvuso.measure.flags.robust import Peers
from hocvuso.measure.flags.rules import Flag, FlagKinds, severity_of, weeks_of

KIND = "two_places"


def two_places(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """Neighbours share a few people; a pair of communes shares far more than other pairs do."""
    outside, least = kinds.limit(KIND, "outside"), kinds.limit(KIND, "least")

    def size(common: int, persons: int) -> float:
        return math.log1p(1000 * common / max(1, persons))

    peers = Peers((size(row.common, row.persons) for row in material.shared), floor=0.3)
    for row in material.shared:
        if row.common < least or (peers.known and peers.z(size(row.common, row.persons)) < outside):
            continue
        usual = round(math.expm1(peers.usual) * row.persons / 1000, 1) if peers.known else "…"
        code = material.spot[row.other].code if row.other in material.spot else row.other
        yield Flag(
            KIND, row.place, subject=code, weeks=weeks_of(row.first, row.last),
            evidence={"common": row.common, "other": code, "usual": usual},
            severity=severity_of(row.common, row.persons),
        )  # fmt: skip
