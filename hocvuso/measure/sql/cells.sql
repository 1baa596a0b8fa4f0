-- Additive cells: measure × place × day. Any figure on any day is a sum of these. `deep` = with all that lies in the place; only units that
-- have something in them have such cells. `n` may be negative where a change takes something back. A commune's deep cells are added up once
-- and then tell what those above it come to.
WITH own AS (
    SELECT m, place, day, simulated, sum(n) AS n FROM {state} GROUP BY m, place, day, simulated HAVING sum(n) <> 0
), communes AS (
    SELECT o.m, p.commune AS place, o.day, o.simulated, sum(o.n) AS n
    FROM own AS o
    JOIN places AS p ON p.place = o.place
    WHERE p.commune IS NOT NULL
    GROUP BY o.m, p.commune, o.day, o.simulated
    HAVING sum(o.n) <> 0
), higher AS (
    SELECT m, place, day, simulated, n, TRUE AS is_commune FROM communes
    UNION ALL
    SELECT o.m, o.place, o.day, o.simulated, o.n, FALSE AS is_commune
    FROM own AS o
    JOIN places AS p ON p.place = o.place
    WHERE p.commune IS NULL
)
SELECT m, place, FALSE AS deep, day, simulated, CAST(n AS INTEGER) AS n FROM own
UNION ALL
SELECT m, place, TRUE AS deep, day, simulated, CAST(n AS INTEGER) AS n FROM communes
UNION ALL
SELECT h.m, a.above AS place, TRUE AS deep, h.day, h.simulated, CAST(sum(h.n) AS INTEGER) AS n
FROM higher AS h
JOIN above AS a ON a.place = h.place AND (a.above <> h.place OR NOT h.is_commune)
GROUP BY h.m, a.above, h.day, h.simulated
HAVING sum(h.n) <> 0
