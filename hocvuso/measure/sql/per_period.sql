-- Once a period: each place counts at most once a week (Monday to Sunday), on the first day it did.
INSERT INTO state
SELECT $metric, $level, grade, NULL, min(day), place, bool_or(simulated)
FROM chosen
GROUP BY grade, place, date_trunc('week', day)
