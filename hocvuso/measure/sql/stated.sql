-- What others stated at every place asked for: the newest row of each place in it. Which of them count together: rules.taken_together.
SELECT p.code, s.metric, s.grade, s.place, s.day, s.count, s.source, s.document, s.simulated
FROM stated AS s
JOIN place_asked AS p ON starts_with(s.place, p.prefix)
WHERE s.day <= $on AND list_contains($metrics, s.metric)
QUALIFY row_number() OVER (PARTITION BY p.code, s.place, s.metric, s.grade ORDER BY s.day DESC, s.ord DESC) = 1
