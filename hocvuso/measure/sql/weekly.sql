-- What each week added to a measure in each commune of a place: proven only, from the week of $first to the one before $last's end.
SELECT p.path, w.week, sum(w.n)::BIGINT AS n
FROM {weeks} AS w
JOIN measures_asked AS t ON t.m = w.m
JOIN places AS p ON p.place = w.place
WHERE starts_with(p.path, $prefix) AND w.week BETWEEN $first AND $last AND t.level = '' AND t.grade = 'proven'
GROUP BY p.path, w.week
HAVING sum(w.n) <> 0
