"""How often something was said, by how many, since when; and what seems to be the same."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from hocvuso.concerns.likeness import Voice, alike
from hocvuso.concerns.models import Concern, ConcernStep, StepKind
from hocvuso.concerns.queries.routing import themes
from hocvuso.concerns.queries.seen import addressed_in, with_standing
from hocvuso.concerns.rules import OPEN, Heard, State, ThemeCount, count_by_theme
from hocvuso.places.models import Place

MOST_COMPARED = 3000  # open concerns of one addressee that are held against each other, the oldest first


def theme_counts(concerns: QuerySet[Concern], *, today: dt.date) -> list[ThemeCount]:
    """A row a theme, those with most voices first. What was merged counts as one voice more, and stands as what it was merged into."""
    answers = ConcernStep.objects.filter(what=StepKind.ANSWERED)
    own, shared = (Exists(answers.filter(concern=OuterRef(name))) for name in ("pk", "merged_into"))
    rows = (
        with_standing(concerns)
        .annotate(has_answer=own | shared)
        .order_by()
        .values_list(
            "theme", "kind", "unit__path", "org__of__path", "org", "on", "seen_state", "seen_due", "has_answer"
        )
    )
    heard = [
        Heard(theme, kind, path or f"{of}o:{org}", on, State(state), due, answered)
        for theme, kind, path, of, org, on, state, due, answered in rows
    ]
    return count_by_theme(heard, order=list(themes()), today=today)


def likely_same(place: Place) -> list[list[Concern]]:
    """Groups of open concerns, addressed to the place or in it, that seem to say the same. Large groups first; in each the oldest first."""
    found = Concern.objects.filter(addressed_in(place), state__in=list(OPEN)).order_by("on", "recorded_at", "pk")
    rows = list(found.select_related("unit__parent", "org__of", "to_unit", "to_org")[:MOST_COMPARED])
    by_key = {row.pk: row for row in rows}
    groups = alike(Voice(row.pk, (row.kind, row.theme), row.text) for row in rows)
    several = [[by_key[voice.key] for voice in group] for group in groups if len(group) > 1]  # type: ignore[index]
    return sorted(several, key=lambda group: -len(group))
