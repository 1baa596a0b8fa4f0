-- Rows that come after all others: people who were met go on. Half do the same again, half take the next step of the ladder. Most rows are of the
-- last three days, one in eight is up to two weeks late, a few come after months; {voids} earlier rows of any time are taken back.
WITH chosen AS (
    SELECT *, hash({seed}, 'next', seq) AS h FROM {rows}
    WHERE voids IS NULL AND detail IS NULL AND what < {steps} AND hash({seed}, 'chosen', seq) % {one_in} = 0
), taken_back AS (
    SELECT * FROM {rows} WHERE voids IS NULL AND hash({seed}, 'void', seq) % {void_one_in} = 0 AND seq NOT IN (SELECT voids FROM {rows} WHERE voids IS NOT NULL)
    ORDER BY hash({seed}, 'which', seq) LIMIT {voids}
), told AS (
    SELECT
        subject, CASE WHEN h % 2 = 0 OR what >= {steps} - 144 THEN what ELSE what + 72 END AS what, unit_id, org_id, age,
        DATE '{last}' - CAST(
            CASE WHEN (h >> 8) % 100 < 85 THEN (h >> 20) % 3 WHEN (h >> 8) % 100 < 97 THEN (h >> 20) % 15 ELSE (h >> 20) % 121 END AS INTEGER
        ) AS day, detail, CAST(NULL AS BIGINT) AS voids, h
    FROM chosen
    UNION ALL
    SELECT subject, what, unit_id, org_id, age, day, detail, seq AS voids, hash('void', seq) AS h FROM taken_back
)
SELECT
    {mark} + row_number() OVER (ORDER BY h, subject) AS seq, subject, CAST(what AS SMALLINT) AS what, unit_id, org_id, age, day, detail, voids
FROM told
