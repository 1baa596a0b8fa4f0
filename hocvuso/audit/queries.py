from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hocvuso.audit.models import Entry, Seal
from hocvuso.audit.rules import GENESIS, SealedRow, seal_digest


@dataclass(frozen=True, slots=True)
class Verdict:
    seals: int
    entries: int
    unsealed: int
    broken_seals: tuple[int, ...]

    @property
    def whole(self) -> bool:
        return not self.broken_seals


def utc_text(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def rows_to_seal(entries: Iterable[Entry]) -> list[SealedRow]:
    return [
        SealedRow(e.pk, utc_text(e.at), e.actor, e.verb, e.object_type, e.object_id, tuple(e.fields)) for e in entries
    ]


def verify_chain() -> Verdict:
    """Recompute every link. A changed, removed or added row, or a link removed from the middle, breaks the seal where it stood.

    Cutting off the newest links with their rows leaves a shorter chain that is whole: keep the digest of the last seal elsewhere
    (`hocvuso audit seal` prints it) and look for it.
    """
    previous, broken, sealed = GENESIS, [], 0
    for seal in Seal.objects.order_by("pk").iterator():
        rows = rows_to_seal(Entry.objects.filter(sealed__seal=seal))
        sealed += len(rows)
        holds = (
            seal.previous == previous
            and len(rows) == seal.count
            and seal.digest == seal_digest(previous, utc_text(seal.at), rows)
        )
        if not holds:
            broken.append(seal.pk)
        previous = seal.digest
    unsealed = Entry.objects.filter(sealed=None).count()
    return Verdict(Seal.objects.count(), sealed, unsealed, tuple(broken))
