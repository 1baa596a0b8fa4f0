-- Once a period: each place counts at most once a week (Monday to Sunday), on the first day it did. The place is what counts, not a subject.
SELECT m, CAST(NULL AS UUID) AS subject, min(came) AS came, arg_min(spot, came) AS spot, bool_or(simulated) AS simulated
FROM (
    SELECT
        a.m, p.week, p.came, a.simulated, CASE a.counted WHEN 'village' THEN p.village WHEN 'org' THEN p.org ELSE p.commune END AS place,
        CAST(CASE a.counted WHEN 'village' THEN p.village WHEN 'org' THEN p.org ELSE p.commune END AS BIGINT) * 1048576 + p.combo AS spot
    FROM {placed} AS p
    JOIN asks AS a ON a.combo = p.combo
    WHERE a.way = 'week' AND p.week IS NOT NULL
) AS held
WHERE place IS NOT NULL
GROUP BY m, place, week
