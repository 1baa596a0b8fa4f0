"""Signs that data should be looked at again (dấu hiệu cần rà soát): never a verdict, always with numbers that a person can check.

Pure: small tables in (`material`), flags out. One file a family; each detector compares a place with its peers by medians, or asks how
likely chance would do the same. Limits and their reasons are data (`data/flags.yaml`).
"""

from __future__ import annotations

from hocvuso.measure.flags.bases import base_changed, base_undated, more_than_people
from hocvuso.measure.flags.digits import equal_figures, round_figures
from hocvuso.measure.flags.hands import many_by_one_hand
from hocvuso.measure.flags.jumps import falls, last_day_jump
from hocvuso.measure.flags.ladder import ladder_upside_down
from hocvuso.measure.flags.material import Material
from hocvuso.measure.flags.paces import too_fast_courses, too_fast_tests
from hocvuso.measure.flags.persons import two_places
from hocvuso.measure.flags.rooms import crowded_class
from hocvuso.measure.flags.rules import Flag, FlagKinds, Sentence, Severity, parse_flag_kinds, sentence_of
from hocvuso.measure.flags.targets import equals_target
from hocvuso.measure.flags.turns import turns_as_people

DETECTORS = {
    "equals_target": equals_target,
    "turns_as_people": turns_as_people,
    "last_day_jump": last_day_jump,
    "falls": falls,
    "round_figures": round_figures,
    "equal_figures": equal_figures,
    "many_by_one_hand": many_by_one_hand,
    "test_too_fast": too_fast_tests,
    "course_too_fast": too_fast_courses,
    "crowded_class": crowded_class,
    "base_undated": base_undated,
    "base_changed": base_changed,
    "more_than_people": more_than_people,
    "ladder_upside_down": ladder_upside_down,
    "two_places": two_places,
}


def find_flags(material: Material, kinds: FlagKinds) -> list[Flag]:
    """Every flag, the heaviest first. The same material always gives the same list."""
    found = [flag for detect in DETECTORS.values() for flag in detect(material, kinds)]
    return sorted(found, key=lambda flag: (-flag.severity, flag.kind, flag.place, flag.metric, flag.subject))


__all__ = [
    "DETECTORS",
    "Flag",
    "FlagKinds",
    "Material",
    "Sentence",
    "Severity",
    "find_flags",
    "parse_flag_kinds",
    "sentence_of",
]
