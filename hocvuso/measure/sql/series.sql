-- What each day added, for the one measure and place asked for.
SELECT c.day, sum(c.n)::BIGINT AS added
FROM cells AS c
JOIN cells_asked AS p ON p.place = c.place AND p.deep = c.deep
JOIN measures_asked AS t ON t.m = c.m
WHERE t.level = $level AND t.grade = $grade AND c.day <= $last
GROUP BY c.day
HAVING sum(c.n) <> 0
ORDER BY c.day
