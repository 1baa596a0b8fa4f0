-- The first day of each distinct value (a skill, a mentee, a topic) of a subject.
SELECT m, subject, value, min(came) AS came, arg_min(spot, came) AS spot, bool_or(simulated) AS simulated
FROM (
    SELECT
        a.m, p.subject, p.came, a.simulated, {value} AS value,
        CAST(CASE a.counted WHEN 'village' THEN p.village WHEN 'org' THEN p.org ELSE p.commune END AS BIGINT) * 1048576 + p.combo AS spot
    FROM {placed} AS p
    JOIN asks AS a ON a.combo = p.combo
    {joins}
    WHERE {where}
) AS met
WHERE spot IS NOT NULL AND value <> ''
GROUP BY m, subject, value
