-- Counts of the metrics asked for, at every place asked for: as of $on, and as of the evening before $since.
-- Most metrics are cumulative. One that counts once a period ($weekly) tells of the last whole week alone, and of the week before it.
SELECT
    p.code, t.metric, t.level, t.grade,
    sum(CASE WHEN NOT list_contains($weekly, t.metric) OR c.day >= $week_first THEN c.n ELSE 0 END)::BIGINT AS now,
    sum(
        CASE
            WHEN list_contains($weekly, t.metric) THEN CASE WHEN c.day < $week_first THEN c.n ELSE 0 END
            WHEN c.day < $since THEN c.n
            ELSE 0
        END
    )::BIGINT AS before,
    sum(CASE WHEN c.simulated THEN c.n ELSE 0 END) > 0 AS simulated
FROM cells AS c
JOIN cells_asked AS p ON p.place = c.place AND p.deep = c.deep
JOIN measures_asked AS t ON t.m = c.m
WHERE CASE
        WHEN list_contains($weekly, t.metric) THEN c.day BETWEEN $week_first - INTERVAL 7 DAYS AND $week_first + INTERVAL 6 DAYS
        ELSE c.day <= $on
      END
GROUP BY ALL
