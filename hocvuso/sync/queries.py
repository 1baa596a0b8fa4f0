from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from hocvuso.sync.models import Outcome, RawEvent, Result
from hocvuso.sync.rules import Aside, Batch
from hocvuso.sync.sealing import Sealer


@cache
def sealer() -> Sealer:
    return Sealer(settings.SYNC_KEY)


def body_of(event: RawEvent) -> str:
    """What the device wrote, opened where it was sealed."""
    return sealer().open(event.body, bound_to=f"{event.device_id}:{event.event}")


def waiting_events(kinds: Iterable[str]) -> QuerySet[RawEvent]:
    """Stored and not processed yet, in the order of their arrival."""
    found = RawEvent.objects.filter(outcomes=None, kind__in=list(kinds))
    return found.select_related("device__person__unit").order_by("pk")


def set_aside_events() -> QuerySet[RawEvent]:
    """Those a person has to look at, with `reason`: the newest outcome decides."""
    newest = Outcome.objects.filter(event=OuterRef("pk")).order_by("-pk")
    found = RawEvent.objects.annotate(
        result=Subquery(newest.values("result")[:1]), reason=Subquery(newest.values("reason")[:1])
    )
    return found.filter(result=Result.SET_ASIDE).select_related("device__person__unit").order_by("pk")


def set_aside_of(batch: Batch) -> list[Aside]:
    """Which of the numbers a device has just sent wait for a person."""
    found = set_aside_events().filter(device=batch.device, seq__in=[event.seq for event in batch.events])
    return [Aside(event.seq, event.reason) for event in found]  # type: ignore[attr-defined]  # annotated
