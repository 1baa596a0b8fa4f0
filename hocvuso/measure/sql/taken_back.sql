-- What was taken back, told by the rows that did it (they repeat what they take back): its key, and when it came.
SELECT
    subject, {key} AS key, detail, CASE WHEN detail IS NOT NULL AND {weekly} THEN CAST(date_trunc('week', day) AS DATE) END AS week, later, day,
    {came} AS came
FROM (SELECT * REPLACE (voids AS seq) FROM {rows} WHERE voids IS NOT NULL) AS r
