-- First day a subject met the condition, and where it was then. One row a subject and grade.
INSERT INTO state
SELECT $metric, $level, grade, subject, min(day), arg_min(place, (day, seq)), bool_or(simulated)
FROM chosen
GROUP BY grade, subject
