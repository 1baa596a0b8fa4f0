-- From which moment on a row counts for measures that ask for what came so many days after another condition was met.
SELECT DISTINCT t.among, t.after_days, s.subject, ((s.came >> 40) + t.after_days) * 1099511627776 AS due
FROM {since} AS s
JOIN measures AS t ON t.among = s.among AND t.after_days > 0
