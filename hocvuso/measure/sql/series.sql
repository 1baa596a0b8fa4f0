-- What each day added, for one metric and grade at one place.
SELECT day, sum(n)::BIGINT AS added
FROM cells
WHERE metric = $metric AND level = $level AND grade = $grade AND starts_with(place, $prefix) AND day <= $last
GROUP BY day
ORDER BY day
