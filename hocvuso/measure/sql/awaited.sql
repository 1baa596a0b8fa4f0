-- Subjects with new rows of kinds that count so many days after something else, where no such row is known from the same day on, or earlier.
SELECT DISTINCT r.subject
FROM (
    SELECT subject, key >> 43 AS combo, min(came) AS came FROM (SELECT subject, {key} AS key, {came} AS came FROM {rows} AS r WHERE later) AS k
    GROUP BY subject, key >> 43
) AS r
LEFT JOIN aliases AS l ON l.merged = r.subject
JOIN asks AS a ON a.combo = r.combo AND a.way = 'later'
ANTI JOIN late_known AS k
    ON k.m = a.m AND k.subject = coalesce(l.kept, r.subject) AND k.came <= r.came AND (k.simulated OR NOT a.simulated)
