-- Ledger rows of outside sources, imported or declared person by person, where no statement of that grade, inside the place asked for, covers
-- theirs: place by place. A statement names no level, so it covers no figure of “sử dụng tốt”.
-- Paths are compared between places alone, and cells then joined by number: there may be millions of them.
WITH spots AS MATERIALIZED (
    SELECT p.code, p.prefix, w.place, w.path FROM places AS w JOIN place_asked AS p ON starts_with(w.path, p.prefix)
), days AS (
    SELECT p.code, t.metric, t.level, t.grade, c.day, sum(c.n) AS n
    FROM cells AS c
    JOIN spots AS p ON p.place = c.place
    JOIN measures_asked AS t ON t.m = c.m AND t.grade <> 'proven'
    WHERE NOT c.deep AND c.day <= $on AND list_contains($metrics, t.metric)
      AND NOT EXISTS (
        SELECT 1 FROM stated AS s JOIN stated_for AS f ON f.stated = s.metric
        WHERE f.metric = t.metric AND s.grade = t.grade AND s.day <= $on AND t.level = '' AND starts_with(p.path, s.place)
          AND starts_with(s.place, p.prefix)
      )
    GROUP BY ALL
)
SELECT code, metric, level, grade, sum(n)::BIGINT AS total, max(day) AS newest FROM days WHERE n <> 0 GROUP BY ALL
