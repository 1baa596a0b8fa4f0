-- Counts of the metrics asked for, at every place asked for: as of $on, and as of the evening before $since.
-- Most metrics are cumulative. One that counts once a period ($weekly) tells of the last whole week alone, and of the week before it.
SELECT
    p.code, c.metric, c.level, c.grade,
    sum(CASE WHEN NOT list_contains($weekly, c.metric) OR c.day >= $week_first THEN c.n ELSE 0 END)::BIGINT AS now,
    sum(
        CASE
            WHEN list_contains($weekly, c.metric) THEN CASE WHEN c.day < $week_first THEN c.n ELSE 0 END
            WHEN c.day < $since THEN c.n
            ELSE 0
        END
    )::BIGINT AS before,
    max(c.day) AS last,
    bool_or(c.simulated) AS simulated
FROM cells AS c
JOIN place_asked AS p ON starts_with(c.place, p.prefix)
WHERE list_contains($metrics, c.metric)
  AND CASE
        WHEN list_contains($weekly, c.metric) THEN c.day BETWEEN $week_first - INTERVAL 7 DAYS AND $week_first + INTERVAL 6 DAYS
        ELSE c.day <= $on
      END
GROUP BY ALL
