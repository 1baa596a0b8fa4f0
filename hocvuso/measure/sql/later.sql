-- What came so many days after another condition was met. Here the first row of all does not decide, so it is asked of the rows themselves:
-- first of each subject's rows of that time, then by measure and place.
SELECT m, subject, min(came) AS came, arg_min(spot, came) AS spot, bool_or(simulated) AS simulated
FROM (
    SELECT
        a.m, r.subject, r.came, a.simulated,
        CAST(CASE a.counted WHEN 'village' THEN u.village WHEN 'org' THEN o.org ELSE u.commune END AS BIGINT) * 1048576 + r.combo AS spot
    FROM (
        SELECT kept AS subject, wait, {combo} AS combo, unit_id, org_id, came
        FROM (
            SELECT kept, wait, what, age, unit_id, org_id, min({came}) AS came FROM {waited} GROUP BY kept, wait, what, age, unit_id, org_id
        ) AS w
    ) AS r
    JOIN asks AS a ON a.combo = r.combo AND a.way = 'later'
    JOIN measures AS t ON t.m = a.m AND t.wait = r.wait
    LEFT JOIN unit_spots AS u ON u.id = r.unit_id
    LEFT JOIN org_spots AS o ON o.id = r.org_id
) AS met
WHERE spot IS NOT NULL
GROUP BY m, subject
