"""One device or account that confirms people faster than people can be asked."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from hocvuso.lib.clock import HANOI
from hocvuso.measure.flags.material import Hand, Material
from hocvuso.measure.flags.robust import Peers
from hocvuso.measure.flags.rules import Flag, FlagKinds, severity_of, weeks_of

KIND = "many_by_one_hand"


def many_by_one_hand(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """Only kinds that take one person after the other (`one_at_a_time`): a class of thirty is recorded in a minute, and rightly so."""
    outside, least = kinds.limit(KIND, "outside"), kinds.limit(KIND, "a_minute")
    by_kind: dict[str, list[Hand]] = {}
    for hand in material.hands:
        if hand.kind in kinds.one_at_a_time:
            by_kind.setdefault(hand.kind, []).append(hand)
    for kind, hands in by_kind.items():
        # Ones, twos and threes lie far apart as logarithms, and say the same: the width is bounded on both sides.
        peers = Peers((math.log(hand.most) for hand in hands), floor=0.25, ceiling=0.45)
        usual = round(math.exp(peers.usual), 1) if peers.known else "…"
        for hand in hands:
            if hand.most < least or (peers.known and peers.z(math.log(hand.most)) < outside):
                continue
            yield Flag(
                KIND, hand.place, subject=hand.hand, weeks=weeks_of(hand.at.date()),
                evidence={
                    "most": hand.most, "rows": hand.rows, "usual": usual, "kind": kind, "hand": hand.hand,
                    "at": f"{_local(hand.at):%H:%M %d/%m/%Y}",
                },
                severity=severity_of(hand.rows, _people(material, hand.place)),
            )  # fmt: skip


def _local(at: dt.datetime) -> dt.datetime:
    return at.astimezone(HANOI) if at.tzinfo else at


def _people(material: Material, place: str) -> int | None:
    return material.base(place, next(iter(material.bases), ""))
