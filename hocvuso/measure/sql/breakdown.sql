-- One measure in the communes of a place so far, by what people were when they were counted. Coarse cells: nobody is named, weeks begin on Mondays.
SELECT w.grp, w.sex, w.age, w.area, t.grade, sum(w.n)::BIGINT AS n
FROM {weeks} AS w
JOIN measures_asked AS t ON t.m = w.m
JOIN places AS p ON p.place = w.place
WHERE starts_with(p.path, $prefix) AND w.week <= $on AND t.level = $level
GROUP BY ALL
HAVING sum(w.n) <> 0
