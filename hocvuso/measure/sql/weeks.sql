-- Cells to break down by: commune × measure × group × sex × age × kind of commune × week. Coarse enough to be passed upwards.
SELECT
    w.m, w.place, c.grp, c.sex, c.age, p.area, CAST(DATE '1969-12-29' + CAST(7 * w.week AS INTEGER) AS DATE) AS week, w.simulated,
    CAST(w.n AS INTEGER) AS n
FROM (
    SELECT
        s.m, p.commune AS place, c.who, CAST(floor(CAST(s.day - DATE '1969-12-29' AS BIGINT) / 7) AS SMALLINT) AS week, s.simulated,
        sum(s.n) AS n
    FROM {state} AS s
    JOIN places AS p ON p.place = s.place
    JOIN combos AS c ON c.combo = s.combo
    WHERE p.commune IS NOT NULL
    GROUP BY s.m, p.commune, c.who, CAST(floor(CAST(s.day - DATE '1969-12-29' AS BIGINT) / 7) AS SMALLINT), s.simulated
    HAVING sum(s.n) <> 0
) AS w
JOIN whos AS c ON c.who = w.who
JOIN places AS p ON p.place = w.place
