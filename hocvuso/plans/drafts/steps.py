"""What a person may do with an entry or a point, as pure functions: the same thing in, the changed thing out.

A fault is a word (`Fault.what`), not a sentence: `actions.FAULTS` has the sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from hocvuso.plans.drafts.review import (
    DutyValues,
    Entry,
    EntryState,
    Point,
    PointState,
    Review,
    TargetValues,
    TaskValues,
    Values,
)

FaultName = Literal[
    "empty", "too_long", "negative", "weekday", "start_after_due", "unknown_task", "unknown_target", "repeats_itself",
    "period", "key", "key_taken",
]  # fmt: skip

# As long as the plan file takes them (planfile.py).
LONGEST = {
    "title": 300, "unit": 40, "clause": 60, "horizon": 40, "directing_body": 160, "block": 20, "result": 160, "who": 300, "to": 200,
    "due_rule": 200, "channel": 200,
}  # fmt: skip
DUE_TEXT = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps an entry out of the plan, and the field it is about."""

    where: str  # id of an entry, or "header"
    field: str
    what: FaultName
    limit: int = 0


def faults_of(values: Values, *, where: str = "") -> list[Fault]:
    """Everything that would keep these values out of a plan file, whatever the rest of the plan holds."""
    found = [
        Fault(where, name, "too_long", limit)
        for name, limit in LONGEST.items()
        if len(getattr(values, name, "") or "") > limit
    ]
    if not values.title.strip():
        found.append(Fault(where, "title", "empty"))
    if isinstance(values, DutyValues):
        found += [Fault(where, name, "empty") for name in ("who", "to") if not getattr(values, name).strip()]
        if values.frequency == "weekly" and values.weekday is None:
            found.append(Fault(where, "weekday", "weekday"))
        return found
    deadline = values.deadline
    if len(deadline.text) > DUE_TEXT:
        found.append(Fault(where, "due_text", "too_long", DUE_TEXT))
    if deadline.start and deadline.due and deadline.start > deadline.due:
        found.append(Fault(where, "start", "start_after_due"))
    if isinstance(values, TargetValues):
        if values.value is None:
            found.append(Fault(where, "value", "empty"))
        elif values.value < 0:
            found.append(Fault(where, "value", "negative"))
        if not values.unit.strip():
            found.append(Fault(where, "unit", "empty"))
    return found


def link_faults(review: Review, entry: Entry) -> Iterator[Fault]:
    """A number inside a task needs that task in the plan; a repetition needs the target it repeats."""
    if not isinstance(entry.values, TargetValues):
        return
    kept = {one.id: one for one in review.entries if one.is_kept}
    task, repeated = entry.values.task, entry.values.repeats
    if task and not (task in kept and isinstance(kept[task].values, TaskValues)):
        yield Fault(entry.id, "task", "unknown_task")
    if not repeated:
        return
    original = kept.get(repeated)
    if repeated == entry.id:
        yield Fault(entry.id, "repeats", "repeats_itself")
    elif original is None or not isinstance(original.values, TargetValues) or original.values.repeats:
        yield Fault(entry.id, "repeats", "unknown_target")


def decided(entry: Entry, state: EntryState) -> Entry:
    """Accepted or rejected as it is. What was corrected or added and then rejected comes back as what it was."""
    if state == "accepted" and entry.is_kept:
        return entry
    return replace(entry, state=state, version=entry.version + 1)


def corrected(entry: Entry, values: Values) -> Entry:
    """With other values. Saving the form without a change is accepting."""
    if values == entry.values and not entry.is_kept:
        return decided(entry, "accepted")
    if values == entry.values:
        return entry
    state: EntryState = "added" if entry.state == "added" else "corrected"
    return replace(entry, values=values, state=state, version=entry.version + 1)


def added(review: Review, values: Values) -> Entry:
    """A new entry, numbered after the last of its kind."""
    letter = {"target": "c", "task": "n", "duty": "b"}[values.kind]
    last = max((int(entry.id[1:]) for entry in review.of_kind(values.kind)), default=0)
    return Entry(id=f"{letter}{last + 1}", values=values, state="added", version=1)


def sure_entries(review: Review) -> list[Entry]:
    """What may be accepted in one go: open, read with certainty, and fit for the plan as it stands."""
    return [
        entry for entry in review.entries if entry.is_open and entry.certainty == "sure" and not faults_of(entry.values)
    ]


def settled(point: Point, *, state: PointState, chosen: int | None, reason: str) -> Point:
    return replace(point, state=state, chosen=chosen, reason=reason.strip(), version=point.version + 1)


def next_open(review: Review, after: str) -> str:
    """The id of the next thing that waits for a person, beginning behind `after` and going round; "" when nothing does."""
    ids = [one.id for one in review.all]
    waiting = {one.id for one in review.open}
    here = ids.index(after) + 1 if after in ids else 0
    return next((one for one in (*ids[here:], *ids[:here]) if one in waiting), "")
