"""The steps that a whole build and a change share: rows → firsts → met → state → cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hocvuso.evidence.rules import Catalogue
from hocvuso.measure.engine.duck import Duck
from hocvuso.measure.engine.files import PART_COLUMNS
from hocvuso.measure.engine.tables import key_of, prepare, told_metrics, ways, whats_of
from hocvuso.measure.rules import Metrics

DAY = 4398046511104  # of `came`: one day, and more than there will ever be rows
CAME = f"CAST(day - DATE '1970-01-01' AS BIGINT) * {DAY} + seq"
FIRSTS = "subject, key, detail, week, came"
PLAIN = "subject, key, came"  # of those without a detail, as they are kept
MET = "m, subject, came, spot, simulated"
STATE = "m, subject, day, place, combo, simulated"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What figures are made of, and by which rules."""

    parts: Sequence[Path]
    book: Path
    metrics: Metrics
    catalogue: Catalogue


class Steps:
    def __init__(
        self, run: Duck, folder: Path, recipe: Recipe, *, parts: Sequence[Path], prepared: bool = False
    ) -> None:
        """`parts`: those whose rows are looked at."""
        self.run, self.folder, self.recipe = run, folder, recipe
        if not prepared:
            prepare(run, folder, book=recipe.book, metrics=recipe.metrics, catalogue=recipe.catalogue)
        self.files, self.parts = parts, run.files(parts, PART_COLUMNS)
        self._weekly = whats_of(run, "week")
        known = {ways(metric) for metric in recipe.metrics.by_key.values()}
        self.counts_later = "later" in known
        self.counts_weekly = "week" in known

    def firsts(self, rows: str, *, plain: str = "") -> str:
        """Of `rows`, none of which was taken back. `plain`: the same rows, but for those without a detail that do not matter."""
        return self.run.sql(
            "firsts",
            rows=rows,
            plain=plain or rows,
            key=key_of(self.recipe.metrics),
            came=CAME,
            weekly=f"what IN ({self._weekly})",
        )

    def taken_back(self, rows: str) -> str:
        """What the voids among `rows` took back, as `firsts` would tell of it."""
        weekly = f"what IN ({self._weekly})"
        return self.run.sql("taken_back", rows=rows, key=key_of(self.recipe.metrics), came=CAME, weekly=weekly)

    def placed(self, firsts: str) -> str:
        return self.run.sql("placed", firsts=firsts)

    def meet(self, placed: str, *, aliases: str, name: str) -> str:
        """Since when each subject meets each measure, as one SELECT over tables called after `name`. `placed` are firsts under those who
        count; `aliases` tells who the helped ones count as. Not yet among them: what is counted once a week, and what comes so many days
        after something else."""
        run = self.run
        run.make(f"{name}_first", run.sql("first_day", placed=placed, asks="asks", way="first"))
        seen = [
            run.sql("values", placed=placed, value=value, joins=joins.format(aliases=aliases), where=where)
            for value, joins, where in told_metrics(self.recipe.metrics)
        ]
        met = f"SELECT {MET} FROM {name}_first"
        if seen:
            run.make("seen", "\nUNION ALL\n".join(seen))
            run.make(f"{name}_nth", run.sql("first_day_of_n", seen="seen"))
            run.drop("seen")
            met = f"{met} UNION ALL SELECT {MET} FROM {name}_nth"
        run.make(f"{name}_since", run.sql("since", met=f"({met})"))
        return run.sql("among", met=f"({met})", since=f"{name}_since")

    def later(self, rows: str, *, due: str, voided: str = "") -> str:
        """The first of `rows` that came late enough after something else, for each measure. `due` is a table of `due.sql`, `voided` one of
        rows that were taken back, if there are some among them."""
        waited = f"({self.run.sql('waited', rows=rows, due=due)})"
        if voided:
            waited = f"(SELECT * FROM {waited} AS w ANTI JOIN {voided} USING (seq))"
        return self.run.sql("later", waited=waited, due=due, key=key_of(self.recipe.metrics), came=CAME)

    def weekly(self, firsts: str) -> str:
        """What is counted once a week, by place: of all firsts that have a week, not of one subject's."""
        return self.run.sql("per_period", placed=f"({self.placed(firsts)})")

    def state(self, met: str) -> str:
        return self.run.sql("state", met=f"({met})")


def valid_of(rows: str) -> str:
    """Of rows that hold every void of their subjects: those neither voided nor voiding."""
    return (
        f"(SELECT * FROM {rows} WHERE voids IS NULL AND seq NOT IN (SELECT voids FROM {rows} WHERE voids IS NOT NULL))"
    )


def as_kept(firsts: str, *, aliases: str) -> str:
    """Firsts of merged persons under the one who was kept."""
    columns = FIRSTS.replace("subject", "coalesce(l.kept, f.subject) AS subject", 1)
    return f"(SELECT {columns} FROM {firsts} AS f LEFT JOIN {aliases} AS l ON l.merged = f.subject)"
