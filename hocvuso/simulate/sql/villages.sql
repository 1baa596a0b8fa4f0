-- Villages of 80 to 1,100 people, one after the other until everybody lives somewhere; in four of ten the community team works.
WITH sized AS (
    SELECT no, 80 + CAST(1020 * power(draw('size', no, 0), 0.8) AS INTEGER) AS size FROM range({persons} // 80 + 2) AS r(no)
), placed AS (
    SELECT no, size, sum(size) OVER (ORDER BY no) - size AS first FROM sized
), kept AS (
    SELECT CAST(no AS INTEGER) AS no, size, CAST(first AS INTEGER) AS first, count(*) OVER () AS total FROM placed WHERE first < {persons}
)
SELECT
    no, size, first, CAST(no * {communes} // total AS INTEGER) AS commune, draw('team', no, 0) < 0.4 AS works,
    CAST(draw('evening', no, 0) * 5 AS INTEGER) AS evening
FROM kept
