from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from hocvuso.evidence.queries import catalogue
from hocvuso.lib.errors import UnknownName
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.measure.flagfiles import FlagSheet, read_flags
from hocvuso.measure.flags import Flag, FlagKinds, Sentence, parse_flag_kinds, sentence_of
from hocvuso.measure.models import FlagReview
from hocvuso.measure.queries.figures import metrics
from hocvuso.measure.queries.snapshots import prefix_of
from hocvuso.places.models import Organisation, Place, Unit
from hocvuso.places.rules import Group

FLAG_FILE = "flags.json"


@cache
def flag_kinds() -> FlagKinds:
    return parse_flag_kinds(read_yaml(settings.DATA_DIR / "flags.yaml"))


@dataclass(frozen=True, slots=True)
class FlagHere:
    """A flag with what a person reads, and what somebody has said of it so far (newest first)."""

    flag: Flag
    place: Place
    sentence: Sentence
    reviews: tuple[FlagReview, ...]

    @property
    def review(self) -> FlagReview | None:
        return self.reviews[0] if self.reviews else None

    @property
    def is_open(self) -> bool:
        """Nobody has settled it, or its numbers have changed since somebody did."""
        last = self.review
        return last is None or last.verdict == "open" or last.evidence != dict(self.flag.evidence)


def flag_sheet() -> FlagSheet | None:
    """What the last look found. None before the first one."""
    path = Path(settings.MEASURE_DIR) / FLAG_FILE
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    return _sheet(str(path), changed)


@lru_cache(maxsize=2)
def _sheet(path: str, changed: int) -> FlagSheet | None:
    """Read once for each time the file was written."""
    return read_flags(Path(path))


def flags_at(place: Place, *, on: dt.date) -> list[FlagHere]:
    """Flags of the place and of what lies in it that had begun by the day, with their reviews up to it; the heaviest first.

    Says nothing of who may see them: the caller asks for a place its account may see.
    """
    sheet = flag_sheet()
    prefix = prefix_of(place)
    if sheet is None:
        return []
    # A device's minute is of the machine's clock, which in a demo runs apart from the business day: on the sheet's own day all are shown.
    here = [
        flag
        for flag in sheet.flags
        if flag.place.startswith(prefix) and (on >= sheet.on or flag.weeks is None or flag.weeks[0] <= on)
    ]
    places = _places({flag.place for flag in here})
    reviews: dict[str, list[FlagReview]] = {}
    for row in FlagReview.objects.filter(key__in=[f.key for f in here], on__lte=on).order_by("-recorded_at", "-pk"):
        reviews.setdefault(row.key, []).append(row)
    names, language = _names(here), get_language() or "vi"
    return [
        FlagHere(
            flag,
            places[flag.place],
            sentence_of(flag, flag_kinds(), names=names, language=language),
            tuple(reviews.get(flag.key, ())),
        )
        for flag in here
        if flag.place in places
    ]


def flag_at(place: Place, key: str, *, on: dt.date) -> FlagHere:
    """One flag by its key, if it stands at the place or in it."""
    found = next((here for here in flags_at(place, on=on) if here.flag.key == key), None)
    if found is None:
        raise UnknownName("Không có dấu hiệu này, hoặc số liệu mới đã không còn dấu hiệu ấy.")
    return found


def _places(paths: set[str]) -> dict[str, Place]:
    codes = {path.rstrip("/").rpartition("/")[2]: path for path in paths}
    found: dict[str, Place] = {}
    for unit in Unit.objects.filter(path__in=paths).order_by("-valid_from"):
        found.setdefault(unit.path, unit)
    orgs = [code.removeprefix("o:") for code in codes if code.startswith("o:")]
    for org in Organisation.objects.filter(code__in=orgs).select_related("seat"):
        found.setdefault(prefix_of(org), org)
    return found


def _names(flags: list[Flag]) -> dict[str, str]:
    """Words for the keys that evidence holds: metrics, kinds of evidence, groups, other communes."""
    english = (get_language() or "vi") == "en"
    names = {key: metric.title_en if english else metric.title for key, metric in metrics().by_key.items()}
    names |= {key: kind.title_en if english else kind.title for key, kind in catalogue().kinds.items()}
    names |= {group.value: str(group.label) for group in Group}
    others = {str(flag.evidence["other"]) for flag in flags if "other" in flag.evidence}
    names |= dict(Unit.objects.filter(code__in=others).order_by("valid_from").values_list("code", "name"))
    return names


def flag_sheet_mark() -> str:
    """Changes with what the last look found and with what people have said of it."""
    try:
        changed = (Path(settings.MEASURE_DIR) / FLAG_FILE).stat().st_mtime_ns
    except OSError:
        changed = 0
    return f"{changed} {FlagReview.objects.count()}"
