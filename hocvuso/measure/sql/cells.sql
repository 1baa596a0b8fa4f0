-- Additive cells: measure × place × day. Any figure on any day is a sum of these. `deep` = with all that lies in the place; only units that
-- have something in them have such cells. `n` may be negative where a change takes something back.
WITH own AS (
    SELECT m, place, day, simulated, sum(n) AS n FROM {state} GROUP BY m, place, day, simulated HAVING sum(n) <> 0
)
SELECT m, place, FALSE AS deep, day, simulated, CAST(n AS INTEGER) AS n FROM own
UNION ALL
SELECT o.m, a.above AS place, TRUE AS deep, o.day, o.simulated, CAST(sum(o.n) AS INTEGER) AS n
FROM own AS o
JOIN above AS a ON a.place = o.place
GROUP BY o.m, a.above, o.day, o.simulated
HAVING sum(o.n) <> 0
