-- Counts of the metrics asked for, at every place asked for: as of $on, and as of the evening before $since.
-- Most metrics are cumulative. One that counts once a period ($weekly) tells of the last whole week alone, and of the week before it.
-- `total` and `newest` are of everything up to $on, whatever the metric; `then` is up to the newest day on which a single row declares the same.
WITH days AS (
    SELECT p.code, c.m, c.day, list_contains($weekly, t.metric) AS is_weekly, c.simulated, sum(c.n) AS n
    FROM cells AS c
    JOIN cells_asked AS p ON p.place = c.place AND p.deep = c.deep
    JOIN measures_asked AS t ON t.m = c.m
    WHERE c.day <= $on
    GROUP BY ALL
    HAVING sum(c.n) <> 0
), declared AS (
    SELECT d.code, t.metric, t.level, max(d.day) AS day
    FROM days AS d JOIN measures_asked AS t ON t.m = d.m
    WHERE t.grade = 'declared'
    GROUP BY ALL
)
SELECT
    d.code, t.metric, t.level, t.grade,
    sum(CASE WHEN NOT d.is_weekly OR d.day BETWEEN $week_first AND $week_first + INTERVAL 6 DAYS THEN d.n ELSE 0 END)::BIGINT AS now,
    sum(
        CASE
            WHEN d.is_weekly THEN CASE WHEN d.day BETWEEN $week_first - INTERVAL 7 DAYS AND $week_first - INTERVAL 1 DAY THEN d.n ELSE 0 END
            WHEN d.day < $since THEN d.n
            ELSE 0
        END
    )::BIGINT AS before,
    bool_or(d.simulated) AS simulated,
    sum(d.n)::BIGINT AS total,
    max(d.day) AS newest,
    sum(CASE WHEN d.day <= e.day THEN d.n ELSE 0 END)::BIGINT AS "then"
FROM days AS d
JOIN measures_asked AS t ON t.m = d.m
LEFT JOIN declared AS e ON e.code = d.code AND e.metric = t.metric AND e.level = t.level
GROUP BY ALL
