-- Of rows that differ only in their day, the first decides every figure: one row a subject and key (combination and place in one number).
-- Combinations that no measure asks for are left out; what counts so many days after something else asks the rows.
-- `came` orders rows by day and then by the order they came (day * 2^42 + seq). Rows with a detail are those that some metric looks into,
-- or counts once a week: they are told apart by it, too.
SELECT subject, key, CAST(NULL AS VARCHAR) AS detail, CAST(NULL AS DATE) AS week, min(came) AS came
FROM (SELECT subject, {key} AS key, {came} AS came FROM {plain} WHERE detail IS NULL) AS plain
WHERE key >> 43 IN (SELECT combo FROM asks WHERE way <> 'later')
GROUP BY subject, key
UNION ALL
SELECT subject, key, detail, week, min(came) AS came
FROM (
    SELECT subject, {key} AS key, detail, CASE WHEN {weekly} THEN CAST(date_trunc('week', day) AS DATE) END AS week, {came} AS came
    FROM {rows} WHERE detail IS NOT NULL
) AS apart
WHERE key >> 43 IN (SELECT combo FROM asks WHERE way <> 'later')
GROUP BY subject, key, detail, week
