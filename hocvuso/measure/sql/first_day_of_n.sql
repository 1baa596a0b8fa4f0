-- First day with at least n distinct values: the day the n-th value came first, and where the subject was then.
WITH enough AS (
    SELECT v.m, v.subject, t.n FROM {seen} AS v JOIN measures AS t ON t.m = v.m GROUP BY v.m, v.subject, t.n HAVING count(*) >= t.n
), ranked AS (
    SELECT v.m, v.subject, v.came, v.spot, v.simulated, e.n, row_number() OVER (PARTITION BY v.m, v.subject ORDER BY v.came) AS rank
    FROM {seen} AS v
    JOIN enough AS e ON e.m = v.m AND e.subject = v.subject
)
SELECT m, subject, came, spot, simulated FROM ranked WHERE rank = n
