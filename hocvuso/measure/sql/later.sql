-- What came so many days after another condition was met. Here the first row of all does not decide, so it is asked of the rows themselves:
-- first of each subject's rows of that time, then by measure and place.
SELECT m, subject, min(came) AS came, arg_min(spot, came) AS spot, bool_or(simulated) AS simulated
FROM (
    SELECT
        a.m, d.kept AS subject, r.came, a.simulated,
        CAST(CASE a.counted WHEN 'village' THEN u.village WHEN 'org' THEN o.org ELSE u.commune END AS BIGINT) * 1048576 + (r.key >> 43) AS spot
    FROM (
        SELECT number, key, min(came) AS came FROM (SELECT number, {key} AS key, {came} AS came FROM {waited}) AS w GROUP BY number, key
    ) AS r
    JOIN {due} AS d ON d.number = r.number
    JOIN asks AS a ON a.combo = r.key >> 43 AND a.way = 'later'
    JOIN measures AS t ON t.m = a.m AND t.wait = d.wait
    LEFT JOIN unit_spots AS u ON u.id = CAST((r.key >> 20) & 8388607 AS INTEGER)
    LEFT JOIN org_spots AS o ON o.id = CAST(r.key & 1048575 AS INTEGER)
) AS met
WHERE spot IS NOT NULL
GROUP BY m, subject
