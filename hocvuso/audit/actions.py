from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from hocvuso.audit.models import Entry, Seal, SealedEntry
from hocvuso.audit.queries import rows_to_seal, utc_text
from hocvuso.audit.rules import GENESIS, seal_digest
from hocvuso.lib import clock


def record_act(verb: str, *, by: str, object_type: str, object_id: object, fields: Iterable[str] = ()) -> Entry:
    """Write who did what. `fields` are names of what changed, never the values."""
    return Entry.objects.create(
        at=clock.real_now(), actor=by, verb=verb, object_type=object_type, object_id=str(object_id), fields=list(fields)
    )


@transaction.atomic
def seal_entries() -> Seal | None:
    """Hash every row not sealed yet into the next link; nothing to do gives `None`."""
    # Two sealers take turns, and the second reads the link the first has made. SQLite's IMMEDIATE transaction does the same.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{Seal._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
    last = Seal.objects.order_by("-pk").first()
    entries = list(Entry.objects.filter(sealed=None).order_by("pk"))
    if not entries:
        return None
    previous, at = (last.digest if last else GENESIS), clock.real_now()
    digest = seal_digest(previous, utc_text(at), rows_to_seal(entries))
    seal = Seal.objects.create(at=at, previous=previous, digest=digest, count=len(entries))
    SealedEntry.objects.bulk_create([SealedEntry(entry=entry, seal=seal) for entry in entries], batch_size=1000)
    return seal
