-- Cells to break down by: commune × measure × group × sex × age × kind of commune × week. Coarse enough to be passed upwards.
SELECT w.m, w.place, c.grp, c.sex, c.age, p.area, w.week, w.simulated, CAST(w.n AS INTEGER) AS n
FROM (
    SELECT s.m, p.commune AS place, c.who, CAST(date_trunc('week', s.day) AS DATE) AS week, s.simulated, sum(s.n) AS n
    FROM {state} AS s
    JOIN places AS p ON p.place = s.place
    JOIN combos AS c ON c.combo = s.combo
    WHERE p.commune IS NOT NULL
    GROUP BY s.m, p.commune, c.who, CAST(date_trunc('week', s.day) AS DATE), s.simulated
    HAVING sum(s.n) <> 0
) AS w
JOIN whos AS c ON c.who = w.who
JOIN places AS p ON p.place = w.place
