-- What goes to the level above: cells of commune × week, and by week alone what the unit itself did and no commune of it. No villages, no days.
-- In the order of the months, and always the same within one.
WITH rows AS (
    SELECT p.path, c.m, c.grp, c.sex, c.age, c.area, c.week, c.simulated, c.n
    FROM {weeks} AS c
    JOIN {places} AS p ON p.place = c.place
    WHERE starts_with(p.path, $path)
    UNION ALL
    SELECT p.path, c.m, '' AS grp, '' AS sex, '' AS age, '' AS area, CAST(date_trunc('week', c.day) AS DATE) AS week, c.simulated, c.n
    FROM {cells} AS c
    JOIN {places} AS p ON p.place = c.place
    WHERE p.path = $path AND NOT c.deep
), added AS (
    SELECT
        list_extract(string_split(r.path, '/'), -2) AS commune, t.metric, t.level, t.grade, r.grp, r.sex, r.age, r.area, r.week, r.simulated,
        sum(r.n)::BIGINT AS n
    FROM rows AS r
    JOIN {measures} AS t ON t.m = r.m
    WHERE r.week <= $on
    GROUP BY ALL
    HAVING sum(r.n) <> 0
)
SELECT commune, metric, level, grade, grp, sex, age, area, CAST(week AS VARCHAR) AS week, simulated, n
FROM added
ORDER BY date_trunc('month', added.week), commune, metric, level, grade, grp, sex, age, area, added.week, simulated
