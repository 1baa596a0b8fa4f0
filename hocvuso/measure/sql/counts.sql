-- Cumulative counts of the metrics asked for, at every place asked for: as of $on, and as of the evening before $since.
SELECT
    p.code, c.metric, c.level, c.grade,
    sum(c.n)::BIGINT AS now,
    sum(CASE WHEN c.day < $since THEN c.n ELSE 0 END)::BIGINT AS before,
    max(c.day) AS last,
    bool_or(c.simulated) AS simulated
FROM cells AS c
JOIN place_asked AS p ON starts_with(c.place, p.prefix)
WHERE c.day <= $on AND list_contains($metrics, c.metric)
GROUP BY ALL
