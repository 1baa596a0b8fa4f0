from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max, Min, QuerySet

from hocvuso.evidence.models import Evidence, StatedCount
from hocvuso.evidence.rules import LADDER, Catalogue, Source, parse_catalogue
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.places.models import Organisation


@cache
def catalogue() -> Catalogue:
    return parse_catalogue(read_yaml(settings.DATA_DIR / "evidence_kinds.yaml"))


def ledger_mark() -> int:
    """The row number up to which every row is there to be read.

    On PostgreSQL a number is taken before its row commits; a SHARE lock lets running writers finish first, so that no row below
    the mark can still appear. SQLite has one writer at a time.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f'LOCK TABLE "{Evidence._meta.db_table}" IN SHARE MODE')
        return Evidence.objects.aggregate(mark=Max("seq"))["mark"] or 0


def not_voided(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return rows.filter(voids=None).exclude(id__in=Evidence.objects.filter(voids__isnull=False).values("voids"))


def stated_counts(metric: str | None, *, on: dt.date | None) -> QuerySet[StatedCount]:
    """Statements that nobody took back: of one metric or all, up to a day or all."""
    rows = StatedCount.objects.filter(voids=None).exclude(
        id__in=StatedCount.objects.filter(voids__isnull=False).values("voids")
    )
    if metric is not None:
        rows = rows.filter(metric=metric)
    return rows if on is None else rows.filter(on__lte=on)


@dataclass(frozen=True, slots=True)
class SourceShare:
    """How many valid rows of a kind one source brought to a place, and the first and last day."""

    kind: str
    source: Source
    rows: int
    first: dt.date
    last: dt.date


def sources_of(rows: QuerySet[Evidence]) -> list[SourceShare]:
    """Which sources brought these rows, kind by kind, largest first."""
    counted = (
        rows.order_by()
        .values("kind", "source")
        .annotate(rows=Count("seq"), first=Min("on"), last=Max("on"))
        .order_by("-rows")
    )
    return [SourceShare(r["kind"], catalogue().source(r["source"]), r["rows"], r["first"], r["last"]) for r in counted]


def rows_about(subject: uuid.UUID, *, on: dt.date) -> QuerySet[Evidence]:
    """Everything valid that is known of one subject up to a day, newest first."""
    return not_voided(Evidence.objects.filter(subject=subject, on__lte=on)).order_by("-on", "-seq")


def known_at_work(
    rows: QuerySet[Evidence], *, orgs: QuerySet[Organisation], kinds: Iterable[str]
) -> QuerySet[Evidence]:
    """Of what is known of people, what an organisation may see of its own: rows made as its people, of the kinds its figures count.

    A row carries the organisation whatever it is about, so the kind decides too: a VNeID confirmation is nobody's business at work.
    """
    return rows.filter(org__in=orgs, kind__in=list(kinds))


def ladder_of(
    subjects: Sequence[uuid.UUID],
    *,
    on: dt.date,
    among: Callable[[QuerySet[Evidence]], QuerySet[Evidence]] | None = None,
) -> dict[uuid.UUID, str]:
    """The highest rung each subject has reached by a day; acts beside the ladder do not count. `among` leaves only some rows."""
    known = catalogue().kinds
    highest: dict[uuid.UUID, str] = {}
    rows = not_voided(Evidence.objects.filter(subject__in=subjects, on__lte=on))
    if among is not None:
        rows = among(rows)
    for subject, kind in rows.values_list("subject", "kind").distinct():
        rung = known[kind].rung
        if rung in LADDER and (subject not in highest or LADDER.index(rung) > LADDER.index(highest[subject])):
            highest[subject] = rung
    return highest
