-- First day with at least $n distinct values of a field (five skills, five mentees): the day the n-th value came first.
INSERT INTO state
WITH firsts AS (
    SELECT grade, subject, value, min((day, seq)) AS came, arg_min(place, (day, seq)) AS place, bool_or(simulated) AS simulated
    FROM chosen
    WHERE value IS NOT NULL AND value <> ''
    GROUP BY grade, subject, value
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY grade, subject ORDER BY came) AS rank FROM firsts
)
SELECT $metric, $level, grade, subject, struct_extract_at(came, 1), place, simulated
FROM ranked
WHERE rank = $n
