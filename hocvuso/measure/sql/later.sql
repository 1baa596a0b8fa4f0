-- What came so many days after another condition was met. Here the first row does not decide, so it is asked of the rows themselves.
SELECT m, subject, min(came) AS came, arg_min(spot, came) AS spot, bool_or(simulated) AS simulated
FROM (
    SELECT
        a.m, r.subject, r.came, a.simulated,
        CAST(CASE a.counted WHEN 'village' THEN u.village WHEN 'org' THEN o.org ELSE u.commune END AS BIGINT) * 1048576 + r.combo AS spot
    FROM (
        SELECT p.subject, p.unit_id, p.org_id, {came} AS came, {combo} AS combo
        FROM {rows} AS p
        WHERE p.what IN ({whats})
    ) AS r
    JOIN asks AS a ON a.combo = r.combo AND a.way = 'later'
    JOIN {due} AS d ON d.subject = r.subject AND d.m = a.m AND r.came >= d.due
    LEFT JOIN unit_spots AS u ON u.id = r.unit_id
    LEFT JOIN org_spots AS o ON o.id = r.org_id
) AS met
WHERE spot IS NOT NULL
GROUP BY m, subject
