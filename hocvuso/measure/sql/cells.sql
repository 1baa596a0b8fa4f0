-- Additive cells: place × metric × level × grade × day. Any figure on any day is a sum of these.
CREATE TABLE cells AS
SELECT metric, level, grade, place, day, simulated, count(*)::INTEGER AS n
FROM state
WHERE place IS NOT NULL
GROUP BY ALL
ORDER BY metric, place, day
