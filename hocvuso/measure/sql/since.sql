-- From which day on somebody belongs to those among whom another metric counts: the first day in any grade.
SELECT t.metric AS among, s.subject, min(s.came) AS came
FROM {met} AS s
JOIN measures AS t ON t.m = s.m
WHERE t.level = '' AND t.metric IN (SELECT among FROM measures)
GROUP BY t.metric, s.subject
