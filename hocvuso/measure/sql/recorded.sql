-- Ledger rows of outside sources, imported or declared person by person, where no statement of that grade, inside the place asked for, covers
-- theirs: place by place. A statement names no level, so it covers no figure of “sử dụng tốt”.
-- Paths are compared between places alone, and cells joined by number: there may be millions of them.
WITH wanted AS (
    SELECT m, metric, level, grade FROM measures_asked WHERE grade <> 'proven' AND list_contains($metrics, metric)
), added AS MATERIALIZED (
    SELECT m, place, day, sum(n) AS n
    FROM cells
    WHERE NOT deep AND day <= $on AND m IN (SELECT m FROM wanted)
    GROUP BY m, place, day
), spots AS MATERIALIZED (
    SELECT p.code, p.prefix, w.place, w.path
    FROM places AS w
    JOIN place_asked AS p ON starts_with(w.path, p.prefix)
    WHERE w.place IN (SELECT place FROM added)
), covered AS MATERIALIZED (
    SELECT DISTINCT p.code, p.place, f.metric, s.grade
    FROM spots AS p
    JOIN stated AS s ON starts_with(p.path, s.place) AND starts_with(s.place, p.prefix)
    JOIN stated_for AS f ON f.stated = s.metric
    WHERE s.day <= $on
), days AS (
    SELECT p.code, t.metric, t.level, t.grade, a.day, sum(a.n) AS n
    FROM added AS a
    JOIN wanted AS t ON t.m = a.m
    JOIN spots AS p ON p.place = a.place
    WHERE NOT EXISTS (
        SELECT 1 FROM covered AS c
        WHERE c.code = p.code AND c.place = p.place AND c.metric = t.metric AND c.grade = t.grade AND t.level = ''
    )
    GROUP BY ALL
)
SELECT code, metric, level, grade, sum(n)::BIGINT AS total, max(day) AS newest FROM days WHERE n <> 0 GROUP BY ALL
