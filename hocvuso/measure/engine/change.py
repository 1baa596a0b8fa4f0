"""A change: what new rows, voids and newly merged records alter, written as one more generation beside the whole.

Only subjects with news are counted again, before and after, and the difference is what is kept: cells move by signed numbers. A subject's
firsts are told anew by the newest generation that has the subject. Where a void hits a row that decided something, the rows are asked what
comes in its place; so they are for a first day that moved, where another measure asks what came so many days after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from hocvuso.measure.engine.build import save_cells
from hocvuso.measure.engine.duck import Duck
from hocvuso.measure.engine.files import FAMILIES, PART_COLUMNS, all_files, generations, read_files, repr_of
from hocvuso.measure.engine.steps import CAME, DAY, FIRSTS, MET, PLAIN, STATE, Recipe, Steps, as_kept, valid_of
from hocvuso.measure.engine.tables import key_of, told_fields

KEY = ("subject", "key", "detail", "week")
EPOCH = dt.date(1970, 1, 1)


def build_change(folder: Path, recipe: Recipe, *, new: Sequence[Path], before: Path) -> int:
    """One generation more in `folder`, which holds the generations so far and the small tables of now. `new` are the parts that came since,
    `before` the small tables as they were then. Returns how many cells changed."""
    with Duck(folder / "scratch") as run:
        return _Change(run, folder, recipe, new=new, before=before).make()


class _Change:
    def __init__(self, run: Duck, folder: Path, recipe: Recipe, *, new: Sequence[Path], before: Path) -> None:
        self.run, self.folder = run, folder
        self.generation = 1 + max(_last_generation(folder, family) for family in FAMILIES)
        self.new = new
        self.everything = read_files(recipe.parts, PART_COLUMNS)
        self.steps = Steps(run, folder, recipe, parts=new)
        run.make("rows_in", f"SELECT * FROM {self.steps.parts}")
        self.rows_new = valid_of("rows_in")
        run.make("aliases_before", run.sql("kept", aliases=f"read_parquet({repr_of(before / 'aliases.parquet')})"))
        self.has_aliases = bool(
            run.one("SELECT (SELECT count(*) FROM aliases) + (SELECT count(*) FROM aliases_before)")
        )
        self._find_kin()

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
        run.make("firsts_new", steps.firsts(self.rows_new))
        self._find_regrouped()
        asked = """SELECT subject FROM firsts_new UNION SELECT subject FROM rows_in WHERE voids IS NOT NULL
            UNION SELECT subject FROM regrouped"""
        if self.steps.counts_later:
            self._make_late_known()
            asked += " UNION SELECT subject FROM awaited"
        run.make("touched", asked)
        self._whole_groups("touched")
        for table, family, columns in (("kept", "firsts", PLAIN), ("kept_told", "told", FIRSTS)):
            run.make(table, self._effective(family, columns, "f.subject IN (SELECT subject FROM touched)"))
        self._find_held()
        self._find_hit()

    def _find_held(self) -> None:
        """`held`: the firsts known of whoever may have news. A row tells nothing new where the same is known from the same day on, or
        earlier; so it is for nearly all."""
        run = self.run
        run.make("taken_back", self.steps.taken_back("rows_in"))
        run.make(
            "unheard",
            f"""SELECT n.subject FROM firsts_new AS n ANTI JOIN kept AS k ON k.subject = n.subject AND k.key = n.key AND k.came <= n.came
            WHERE n.detail IS NULL
            UNION SELECT n.subject FROM firsts_new AS n ANTI JOIN kept_told AS k ON {_same("k", "n")} AND k.came <= n.came
            WHERE n.detail IS NOT NULL""",
        )
        awaited = " UNION SELECT subject FROM awaited" if self.steps.counts_later else ""
        run.make(
            "maybe",
            f"SELECT subject FROM unheard UNION SELECT subject FROM taken_back UNION SELECT subject FROM regrouped{awaited}",
        )
        self._whole_groups("maybe")
        run.make(
            "held",
            f"""SELECT {FIRSTS} FROM (
                SELECT subject, key, CAST(NULL AS VARCHAR) AS detail, CAST(NULL AS DATE) AS week, came FROM kept
                UNION ALL SELECT {FIRSTS} FROM kept_told
            ) AS k WHERE subject IN (SELECT subject FROM maybe)""",
        )
        run.drop("kept", "kept_told")

    def _find_hit(self) -> None:
        """What voids may change: firsts that they hit, and whoever's later row is known to have counted on the day of one taken back."""
        run, steps = self.run, self.steps
        names = ", ".join(f"t.{name}" for name in (*KEY, "later", "came"))
        run.make(
            "hit",
            f"SELECT DISTINCT {names} FROM taken_back AS t JOIN held AS h ON {_same('h', 't')} AND h.came = t.came",
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
            told = read_files(all_files(self.folder, "told"))
            for field in told_fields(self.steps.recipe.metrics):
                helpers += f""" UNION SELECT f.subject FROM {told} AS f
                    JOIN moved AS o ON o.merged = TRY_CAST(f.detail ->> '$.{field}' AS UUID)"""
        run.make(
            "regrouped",
            f"""SELECT merged AS subject FROM moved UNION SELECT kept FROM moved
            UNION SELECT b.kept FROM aliases_before AS b JOIN moved USING (merged){helpers}""",
        )

    def _find_kin(self) -> None:
        """Who is one person with whom, as records are merged now and as they were."""
        both = "(SELECT merged, kept FROM aliases UNION SELECT merged, kept FROM aliases_before)"
        self.run.make(
            "kin",
            f"""WITH merged AS {both}
            SELECT merged AS subject, kept AS other FROM merged
            UNION SELECT kept, merged FROM merged
            UNION SELECT a.merged, b.merged FROM merged AS a JOIN merged AS b ON b.kept = a.kept AND b.merged <> a.merged""",
        )

    def _whole_groups(self, table: str) -> None:
        """All records of everybody in the table."""
        if not self.has_aliases:
            return
        self.run.make(
            "grouped",
            f"""SELECT DISTINCT k.other AS subject FROM kin AS k JOIN {table} AS t ON t.subject = k.subject
            WHERE k.other NOT IN (SELECT subject FROM {table})""",
        )
        self.run.make(table, f"SELECT subject FROM {table} UNION ALL SELECT subject FROM grouped")

    def _effective(self, family: str, columns: str, where: str) -> str:
        """Firsts as they stand after all generations so far. A subject without any has one row in `firsts` whose key is -1."""
        found = generations(self.folder, family)
        told = [
            f"SELECT {columns}, {number} AS generation FROM {read_files(paths)} AS f WHERE {where}"
            for number, paths in enumerate(found)
        ]
        if len(told) == 1:
            return f"SELECT {columns} FROM ({told[0]}) AS t"
        newer = " UNION ALL ".join(
            f"SELECT DISTINCT subject, {number} AS generation FROM {read_files(paths)}"
            for number, paths in enumerate(generations(self.folder, "firsts"))
            if number
        )
        return f"""SELECT {columns} FROM ({" UNION ALL ".join(told)}) AS t
            LEFT JOIN (SELECT subject, max(generation) AS newest FROM ({newer}) AS n GROUP BY subject) AS last USING (subject)
            WHERE generation = coalesce(newest, 0) AND key >= 0"""

    # --- who has -----------------------------------------------------------------------------------------------------------

    def _find_news(self) -> None:
        run = self.run
        news = "SELECT subject FROM unheard UNION SELECT subject FROM hit UNION SELECT subject FROM regrouped"
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
        some = "WHERE subject IN (SELECT subject FROM awaited) AND key >> 43 IN (SELECT combo FROM asks_since)"
        known = " UNION ALL ".join(f"SELECT {FIRSTS} FROM {rows} {some}" for rows in ("held", "firsts_new"))
        placed = steps.placed(as_kept(f"({known})", aliases="aliases"))
        met = run.sql("first_day", placed=f"({placed})", asks="asks_since", way="first")
        run.make("since_now", run.sql("since", met=f"({met})"))
        run.make("due_now", run.sql("due", since="since_now", aliases="aliases"))
        run.make("late_new", steps.later(self.rows_new, due="due_now"))

    def _make_late_known(self) -> None:
        """State rows of these measures as they stand: they cannot be told from firsts. Which row of the day it was no longer matters.
        `awaited`: whoever has new rows of these kinds that may come earlier than what is known."""
        run, state = self.run, read_files(all_files(self.folder, "state"))
        run.make("heard_of", "SELECT subject FROM rows_in UNION SELECT subject FROM regrouped")
        self._whole_groups("heard_of")
        run.make(
            "late_known",
            f"""SELECT m, subject, CAST(day - DATE '1970-01-01' AS BIGINT) * {DAY} AS came,
                CAST(place AS BIGINT) * 1048576 + combo AS spot, simulated
            FROM {state}
            WHERE m IN (SELECT m FROM measures WHERE after_days > 0) AND subject IN (SELECT subject FROM heard_of)
            GROUP BY ALL HAVING sum(n) > 0""",
        )
        run.make("awaited", run.sql("awaited", rows=self.rows_new, key=key_of(self.steps.recipe.metrics), came=CAME))
        self._whole_groups("awaited")

    # --- what it comes to ----------------------------------------------------------------------------------------------------

    def _count_again(self) -> None:
        run, steps = self.run, self.steps
        run.make("firsts_before", f"SELECT {FIRSTS} FROM held WHERE subject IN (SELECT subject FROM news)")
        self._make_firsts_after()
        before = self._meet("before", aliases="aliases_before")
        after = self._meet("after", aliases="aliases")
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

    def _meet(self, name: str, *, aliases: str) -> str:
        self.run.make(f"{name}_placed", self.steps.placed(as_kept(f"firsts_{name}", aliases=aliases)))
        return self.steps.meet(f"{name}_placed", aliases=aliases, name=name)

    def _make_firsts_after(self) -> None:
        names = ", ".join(KEY)
        known = f"SELECT {FIRSTS} FROM firsts_before UNION ALL SELECT {FIRSTS} FROM firsts_new SEMI JOIN news USING (subject)"
        told = f"SELECT {names}, min(came) AS came FROM ({known}) AS known GROUP BY {names}"
        if self.run.one("SELECT count(*) FROM hit"):
            self._ask_rows()
            told = f"SELECT * FROM ({told}) AS t ANTI JOIN hit AS h ON {_same('h', 't')} UNION ALL SELECT {FIRSTS} FROM again"
        self.run.make("firsts_after", told)

    def _ask_rows(self) -> None:
        """`again`: what comes in the place of firsts that were hit; it came later than they did."""
        run = self.run
        since = run.one("SELECT min(came) FROM hit") // DAY
        parts = read_files([part for part, last in self._last_days if last >= since or part in self.new])
        voids_since = f"(SELECT * FROM rows_in WHERE voids IS NOT NULL AND day - DATE '1970-01-01' >= {since})"
        # Rows of one key are of one kind, and so lie on one side of the parts. Most that are taken back have none like them, which two
        # columns tell: there are no more rows with that number in the book than were taken back.
        run.make(
            "alike",
            f"""SELECT subject FROM (
                SELECT subject, what, 1 AS n FROM {parts} AS r SEMI JOIN hit USING (subject, later) WHERE voids IS NULL
                UNION ALL
                SELECT subject, what, -1 AS n FROM (SELECT DISTINCT subject, what, voids FROM {voids_since}) AS v
            ) AS r SEMI JOIN (SELECT subject, key >> 48 AS what FROM hit) AS h USING (subject, what)
            GROUP BY subject, what HAVING sum(n) > 0""",
        )
        if not run.one("SELECT count(*) FROM alike"):
            run.make("again", f"SELECT {FIRSTS} FROM held WHERE FALSE")
            return
        voids = f"SELECT voids AS seq FROM {self.everything} WHERE voids IS NOT NULL AND subject IN (SELECT subject FROM alike)"
        run.make(
            "raw",
            f"""SELECT * FROM {parts} AS r
            SEMI JOIN (SELECT subject, later FROM hit SEMI JOIN alike USING (subject)) AS h USING (subject, later)
            ANTI JOIN ({voids}) AS v USING (seq) WHERE voids IS NULL""",
        )
        run.make(
            "again", f"SELECT {FIRSTS} FROM ({self.steps.firsts('raw')}) AS r SEMI JOIN hit AS h ON {_same('h', 'r')}"
        )

    @cached_property
    def _last_days(self) -> list[tuple[Path, int]]:
        """Parts with their last day, in days since 1970. Asked part by part, footers tell it."""
        asked = ((part, self.run.one(f"SELECT max(day) FROM {read_files([part])}")) for part in self.steps.recipe.parts)
        return [(part, (last - EPOCH).days) for part, last in asked if last is not None]

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
        last = EPOCH + dt.timedelta(days=max(last for _, last in self._last_days))
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
        run.make(
            "weekly_before", f"SELECT {FIRSTS} FROM ({self._effective('told', FIRSTS, 'f.week IS NOT NULL')}) AS k"
        )
        run.make(
            "weekly_after",
            f"""SELECT {FIRSTS} FROM weekly_before ANTI JOIN news USING (subject)
            UNION ALL SELECT {FIRSTS} FROM firsts_after WHERE week IS NOT NULL""",
        )

    def _save(self) -> int:
        run, folder = self.run, self.folder
        number = f"{self.generation:03d}"
        plain = f"SELECT {PLAIN} FROM firsts_after WHERE detail IS NULL"
        nothing_left = "SELECT subject, -1 AS key, 0 AS came FROM news"
        run.save(
            f"{plain} UNION ALL {nothing_left} ANTI JOIN ({plain}) AS p USING (subject)",
            folder / f"firsts-{number}.parquet",
        )
        run.save(f"SELECT {FIRSTS} FROM firsts_after WHERE detail IS NOT NULL", folder / f"told-{number}.parquet")
        run.save("SELECT * FROM changed", folder / f"state-{number}.parquet")
        return save_cells(self.steps, generation=self.generation)


def _same(one: str, other: str) -> str:
    """One key. Only what may be missing is compared as such: it costs."""
    return f"{one}.subject = {other}.subject AND {one}.key = {other}.key" + "".join(
        f" AND {one}.{name} IS NOT DISTINCT FROM {other}.{name}" for name in ("detail", "week")
    )


def _last_generation(folder: Path, family: str) -> int:
    return max(int(path.name.split("-")[1].split(".")[0]) for path in folder.glob(f"{family}-*.parquet"))
