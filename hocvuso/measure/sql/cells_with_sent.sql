-- The own cells, and those that were sent, at the places of this installation and with the sums above them. A week counts from its last day on, or from the day
-- the figures are of. A metric this installation does not know is not shown. Own cells of a sender's unit
-- step back, and out of the sums above it.
WITH sent AS (
    SELECT t.m, p.place, least(c.week + 6, p.day)::DATE AS day, c.simulated, sum(c.n)::BIGINT AS n
    FROM sent_cells AS c
    JOIN measures AS t ON t.metric = c.metric AND t.level = c.level AND t.grade = c.grade
    JOIN sent_places AS p ON p.sender = c.sender AND p.commune = c.commune
    GROUP BY ALL
), above AS (
    SELECT p.place, u.place AS above FROM sent_places AS p JOIN uppers AS u ON starts_with(p.path, u.path)
), outs AS (
    SELECT p.place, u.place AS above
    FROM uppers AS p
    JOIN sent_units AS s ON s.path = p.path
    JOIN uppers AS u ON starts_with(s.path, u.path) AND u.path <> s.path
)
SELECT m, place, deep, day, simulated, n::BIGINT AS n
FROM own_cells
WHERE place NOT IN (SELECT w.place FROM places AS w JOIN sent_units AS s ON starts_with(w.path, s.path))
UNION ALL
SELECT m, place, FALSE AS deep, day, simulated, n FROM sent
UNION ALL
SELECT s.m, a.above AS place, TRUE AS deep, s.day, s.simulated, sum(s.n)::BIGINT AS n
FROM sent AS s
JOIN above AS a ON a.place = s.place
GROUP BY ALL
UNION ALL
SELECT c.m, o.above AS place, TRUE AS deep, c.day, c.simulated, -sum(c.n)::BIGINT AS n
FROM own_cells AS c
JOIN outs AS o ON o.place = c.place
WHERE c.deep
GROUP BY ALL
ORDER BY deep DESC, m, place, day
