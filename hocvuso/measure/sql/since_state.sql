-- What since.sql tells, of the conditions that others wait for, from state as it is kept.
SELECT t.metric AS among, s.subject, min(CAST(s.day - DATE '1970-01-01' AS BIGINT) * 4398046511104) AS came
FROM {state} AS s
JOIN measures AS t ON t.m = s.m
WHERE t.level = '' AND t.metric IN (SELECT among FROM waits)
GROUP BY t.metric, s.subject
