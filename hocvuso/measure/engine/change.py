"""A change: what new rows, voids and newly merged records alter, written as one more generation beside the whole.

Only subjects with news are counted again, before and after, and the difference is what is kept: cells move by signed numbers. A subject's
firsts are told anew by the newest generation that has the subject. Where a void hits a row that decided something, the rows are asked what
comes in its place; so they are for a first day that moved, where another measure asks what came so many days after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hocvuso.measure.engine.build import save_cells
from hocvuso.measure.engine.duck import Duck
from hocvuso.measure.engine.files import FAMILIES, PART_COLUMNS, all_files, generations, read_files, repr_of
from hocvuso.measure.engine.steps import DAY, FIRSTS, MET, STATE, Recipe, Steps, as_kept, valid_of
from hocvuso.measure.engine.tables import told_fields

KEY = ("subject", "key", "detail", "week")


def build_change(folder: Path, recipe: Recipe, *, new: Sequence[Path], before: Path) -> int:
    """One generation more in `folder`, which holds the generations so far and the small tables of now. `new` are the parts that came since,
    `before` the small tables as they were then. Returns how many cells changed."""
    with Duck(folder / "scratch") as run:
        return _Change(run, folder, recipe, new=new, before=before).make()


class _Change:
    def __init__(self, run: Duck, folder: Path, recipe: Recipe, *, new: Sequence[Path], before: Path) -> None:
        self.run, self.folder = run, folder
        self.generation = 1 + max(_last_generation(folder, family) for family in FAMILIES)
        self.everything = read_files(recipe.parts, PART_COLUMNS)
        self.steps = Steps(run, folder, recipe, parts=new)
        run.make("rows_in", f"SELECT * FROM {self.steps.parts}")
        run.make("rows_new", f"SELECT * FROM {valid_of('rows_in')}")
        run.make("aliases_before", run.sql("kept", aliases=f"read_parquet({repr_of(before / 'aliases.parquet')})"))
        self.has_aliases = bool(
            run.one("SELECT (SELECT count(*) FROM aliases) + (SELECT count(*) FROM aliases_before)")
        )

    def make(self) -> int:
        self._find_touched()
        self._find_news()
        if not self.run.one("SELECT count(*) FROM news"):
            return 0
        self._count_again()
        return self._save()

    # --- who may have changed --------------------------------------------------------------------------------------------

    def _find_touched(self) -> None:
        run, steps = self.run, self.steps
        run.make("firsts_new", steps.firsts("rows_new"))
        self._find_regrouped()
        run.make(
            "touched",
            "SELECT subject FROM rows_in UNION SELECT subject FROM regrouped",
        )
        self._whole_groups("touched")
        run.make("kept", f"SELECT {FIRSTS} FROM ({self._effective('f.subject IN (SELECT subject FROM touched)')}) AS k")
        if self.steps.counts_later:
            self._make_late_known()
        self._find_hit()

    def _find_hit(self) -> None:
        """What voids may change: firsts that they hit, and whoever's later row is known to have counted on the day of one taken back."""
        run, steps = self.run, self.steps
        run.make("taken_back", steps.taken_back("rows_in"))
        names = ", ".join(f"t.{name}" for name in KEY)
        run.make(
            "hit",
            f"SELECT DISTINCT {names}, t.later FROM taken_back AS t JOIN kept AS k ON {_same('k', 't')} AND k.came = t.came",
        )
        if steps.counts_later:
            run.make(
                "late_hit",
                f"""SELECT DISTINCT t.subject FROM taken_back AS t LEFT JOIN aliases_before AS a ON a.merged = t.subject
                JOIN late_known AS l
                    ON l.subject = coalesce(a.kept, t.subject) AND l.came = CAST(t.day - DATE '1970-01-01' AS BIGINT) * {DAY}
                WHERE t.later""",
            )

    def _find_regrouped(self) -> None:
        """Records that count as somebody else than before, and whoever is known to have helped them."""
        run = self.run
        run.make("moved", "SELECT merged, kept FROM aliases EXCEPT SELECT merged, kept FROM aliases_before")
        helpers = ""
        if run.one("SELECT count(*) FROM moved"):
            firsts = read_files(all_files(self.folder, "firsts"))
            for field in told_fields(self.steps.recipe.metrics):
                helpers += (
                    f" UNION SELECT f.subject FROM {firsts} AS f JOIN moved AS o ON o.merged = TRY_CAST(f.detail ->> '$.{field}' AS UUID)"
                    " WHERE f.detail IS NOT NULL"
                )
        run.make(
            "regrouped",
            f"""SELECT merged AS subject FROM moved UNION SELECT kept FROM moved
            UNION SELECT b.kept FROM aliases_before AS b JOIN moved USING (merged){helpers}""",
        )

    def _whole_groups(self, table: str) -> None:
        """All records of everybody in the table, as they are merged now and as they were."""
        if not self.has_aliases:
            return
        both = "(SELECT merged, kept FROM aliases UNION SELECT merged, kept FROM aliases_before)"
        self.run.make(
            "grouped",
            f"""WITH heads AS (
                SELECT subject FROM {table} UNION SELECT b.kept FROM {both} AS b JOIN {table} AS t ON t.subject = b.merged
            )
            SELECT subject FROM heads UNION SELECT b.merged FROM {both} AS b JOIN heads AS h ON h.subject = b.kept""",
        )
        self.run.make(table, "SELECT subject FROM grouped")

    def _effective(self, where: str) -> str:
        """Firsts as they stand after all generations so far. A subject without any left has one row whose key is -1."""
        found = generations(self.folder, "firsts")
        told = [
            f"SELECT f.*, {number} AS generation FROM {read_files(paths)} AS f WHERE {where}"
            for number, paths in enumerate(found)
        ]
        if len(told) == 1:
            return told[0]
        newer = " UNION ALL ".join(
            f"SELECT DISTINCT subject, {number} AS generation FROM {read_files(paths)}"
            for number, paths in enumerate(found)
            if number
        )
        return f"""SELECT t.* FROM ({" UNION ALL ".join(told)}) AS t
            LEFT JOIN (SELECT subject, max(generation) AS generation FROM ({newer}) AS n GROUP BY subject) AS last
                ON last.subject = t.subject
            WHERE t.generation = coalesce(last.generation, 0) AND t.key >= 0"""

    # --- who has -----------------------------------------------------------------------------------------------------------

    def _find_news(self) -> None:
        """A row tells nothing new where the same was known from the same day on, or earlier."""
        run = self.run
        news = f"""SELECT n.subject FROM firsts_new AS n ANTI JOIN kept AS k ON {_same("k", "n")} AND k.came <= n.came
            UNION SELECT subject FROM hit UNION SELECT subject FROM regrouped"""
        if self.steps.counts_later:
            self._find_later()
            news += """ UNION SELECT subject FROM (
                SELECT c.m, c.subject, c.came, c.simulated FROM late_new AS c
                ANTI JOIN late_known AS k ON k.m = c.m AND k.subject = c.subject AND k.came <= c.came AND (k.simulated OR NOT c.simulated)
            ) AS earlier
            UNION SELECT subject FROM late_hit"""
        run.make("news", news)
        self._whole_groups("news")

    def _find_later(self) -> None:
        """Of measures that ask what came so many days after another condition: what the new rows bring, and what was known."""
        run, steps = self.run, self.steps
        run.make(
            "asks_since",
            """SELECT DISTINCT a.* FROM asks AS a JOIN waits AS w ON w.among = a.metric
            JOIN measures AS own ON own.m = a.m AND own.level = ''""",
        )
        some = "WHERE key >> 43 IN (SELECT combo FROM asks_since)"
        known = f"(SELECT {FIRSTS} FROM kept {some} UNION ALL SELECT {FIRSTS} FROM firsts_new {some})"
        placed = steps.placed(as_kept(known, aliases="aliases"))
        met = run.sql("first_day", placed=f"({placed})", asks="asks_since", way="first")
        run.make("since_now", run.sql("since", met=f"({met})"))
        run.make("due_now", run.sql("due", since="since_now", aliases="aliases"))
        run.make("late_new", steps.later("rows_new", due="due_now"))

    def _make_late_known(self) -> None:
        """State rows of these measures as they stand: they cannot be told from firsts. Which row of the day it was no longer matters."""
        state = read_files(all_files(self.folder, "state"))
        self.run.make(
            "late_known",
            f"""SELECT m, subject, CAST(day - DATE '1970-01-01' AS BIGINT) * {DAY} AS came,
                CAST(place AS BIGINT) * 1048576 + combo AS spot, simulated
            FROM {state}
            WHERE m IN (SELECT m FROM measures WHERE after_days > 0) AND subject IN (SELECT subject FROM touched)
            GROUP BY ALL HAVING sum(n) > 0""",
        )

    # --- what it comes to ----------------------------------------------------------------------------------------------------

    def _count_again(self) -> None:
        run, steps = self.run, self.steps
        run.make("firsts_before", f"SELECT {FIRSTS} FROM kept SEMI JOIN news USING (subject)")
        self._make_firsts_after()
        before = steps.meet(as_kept("firsts_before", aliases="aliases_before"), aliases="aliases_before", name="before")
        after = steps.meet(as_kept("firsts_after", aliases="aliases"), aliases="aliases", name="after")
        if steps.counts_later:
            self._make_late()
            before += f" UNION ALL SELECT {MET} FROM late_before"
            after += f" UNION ALL SELECT {MET} FROM late_after"
        if steps.counts_weekly:
            self._make_weekly()
            before += " UNION ALL " + steps.weekly("weekly_before")
            after += " UNION ALL " + steps.weekly("weekly_after")
        run.make(
            "changed",
            f"""SELECT {STATE}, CAST(sum(n) AS TINYINT) AS n
            FROM (
                SELECT {STATE}, -1 AS n FROM ({steps.state(before)}) AS b
                UNION ALL SELECT {STATE}, 1 AS n FROM ({steps.state(after)}) AS a
            ) AS told
            GROUP BY {STATE} HAVING sum(n) <> 0""",
        )

    def _make_firsts_after(self) -> None:
        run, steps = self.run, self.steps
        names = ", ".join(KEY)
        known = " UNION ALL ".join(
            f"SELECT {FIRSTS} FROM {table} SEMI JOIN news USING (subject)" for table in ("kept", "firsts_new")
        )
        told = f"SELECT {names}, min(came) AS came FROM ({known}) AS known GROUP BY {names}"
        if run.one("SELECT count(*) FROM hit"):
            # Rows of one key are of one kind, and so lie on one side of the parts.
            run.make("raw", f"SELECT r.* FROM {self.everything} AS r SEMI JOIN hit USING (subject, later)")
            again = f"(SELECT * FROM ({steps.firsts(valid_of('raw'))}) AS a SEMI JOIN hit AS h ON {_same('h', 'a')})"
            told = f"SELECT * FROM ({told}) AS t ANTI JOIN hit AS h ON {_same('h', 't')} UNION ALL SELECT {FIRSTS} FROM {again} AS again"
        run.make("firsts_after", told)

    def _make_late(self) -> None:
        """Where the day from which on is as before, the earlier of old and new; where it moved, what the rows say."""
        run, steps = self.run, self.steps
        run.make("due_before", run.sql("due", since="before_since", aliases="aliases_before"))
        run.make("due_after", run.sql("due", since="after_since", aliases="aliases"))
        run.make(
            "late_before",
            """SELECT * FROM late_known WHERE subject IN (
                SELECT coalesce(a.kept, n.subject) FROM news AS n LEFT JOIN aliases_before AS a ON a.merged = n.subject
            )""",
        )
        run.make(
            "anew",
            """WITH shifted AS (
                SELECT coalesce(b.subject, a.subject) AS subject FROM due_before AS b
                FULL JOIN due_after AS a ON a.subject = b.subject AND a.wait = b.wait
                WHERE a.due IS DISTINCT FROM b.due
                UNION SELECT subject FROM late_hit UNION SELECT subject FROM regrouped
            )
            SELECT DISTINCT coalesce(a.kept, s.subject) AS subject FROM shifted AS s LEFT JOIN aliases AS a ON a.merged = s.subject""",
        )
        last = max(
            run.one(f"SELECT max(day) FROM {read_files([part])}") for part in steps.recipe.parts
        )  # told by footers
        run.make(
            "due_anew",
            f"SELECT * FROM due_after WHERE kept IN (SELECT subject FROM anew) AND due <= DATE '{last}'",
        )
        run.make(
            "raw", f"SELECT r.* FROM {self.everything} AS r WHERE later AND subject IN (SELECT subject FROM due_anew)"
        )
        told_anew = steps.later(valid_of("raw"), due="due_anew")
        run.make(
            "late_after",
            f"""SELECT m, subject, min(came) AS came, arg_min(spot, came) AS spot, bool_or(simulated) AS simulated
            FROM (SELECT {MET} FROM late_before UNION ALL SELECT {MET} FROM late_new) AS known
            SEMI JOIN news USING (subject) ANTI JOIN anew USING (subject)
            GROUP BY m, subject
            UNION ALL {told_anew}""",
        )

    def _make_weekly(self) -> None:
        """A place's week is no subject's own: where one of them moved, all are looked at."""
        run = self.run
        if not run.one("SELECT (SELECT count(week) FROM firsts_before) + (SELECT count(week) FROM firsts_after)"):
            for name in ("weekly_before", "weekly_after"):
                run.make(name, f"SELECT {FIRSTS} FROM firsts_before WHERE FALSE")
            return
        run.make("weekly_before", f"SELECT {FIRSTS} FROM ({self._effective('f.week IS NOT NULL')}) AS k")
        run.make(
            "weekly_after",
            f"""SELECT {FIRSTS} FROM weekly_before ANTI JOIN news USING (subject)
            UNION ALL SELECT {FIRSTS} FROM firsts_after WHERE week IS NOT NULL""",
        )

    def _save(self) -> int:
        run, folder = self.run, self.folder
        number = f"{self.generation:03d}"
        nothing_left = "SELECT subject, -1 AS key, NULL AS detail, NULL AS week, 0 AS came FROM news"
        run.save(
            f"SELECT {FIRSTS} FROM firsts_after UNION ALL {nothing_left} ANTI JOIN firsts_after USING (subject)",
            folder / f"firsts-{number}.parquet",
        )
        run.save("SELECT * FROM changed", folder / f"state-{number}.parquet")
        return save_cells(self.steps, generation=self.generation)


def _same(one: str, other: str) -> str:
    return " AND ".join(f"{one}.{name} IS NOT DISTINCT FROM {other}.{name}" for name in KEY)


def _last_generation(folder: Path, family: str) -> int:
    return max(int(path.name.split("-")[1].split(".")[0]) for path in folder.glob(f"{family}-*.parquet"))
