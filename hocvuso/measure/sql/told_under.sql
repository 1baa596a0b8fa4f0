-- Places with a headcount, and each place above them that has one, too. A path is made of its steps: what lies above is found by taking steps
-- away, not by trying every pair.
WITH told AS (SELECT DISTINCT place FROM populations)
SELECT t.place, a.place AS above
FROM told AS t
CROSS JOIN range(2, 8) AS k(steps)
JOIN told AS a ON a.place = array_to_string(list_slice(string_split(t.place, '/'), 1, k.steps), '/') || '/'
WHERE k.steps < len(string_split(t.place, '/')) - 1
