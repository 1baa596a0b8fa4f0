-- First day a subject met the condition, and where it was then: one row a subject and measure. `spot` = place and combination of that row.
SELECT m, subject, min(came) AS came, arg_min(spot, came) AS spot, bool_or(simulated) AS simulated
FROM (
    SELECT
        a.m, p.subject, p.came, a.simulated,
        CAST(CASE a.counted WHEN 'village' THEN p.village WHEN 'org' THEN p.org ELSE p.commune END AS BIGINT) * 1048576 + p.combo AS spot
    FROM {placed} AS p
    JOIN {asks} AS a ON a.combo = p.combo
    WHERE a.way = '{way}'
) AS met
WHERE spot IS NOT NULL
GROUP BY m, subject
