-- What happens to persons {first} to {last} of the table: each climbs the ladder step by step and then goes on using, meeting, learning.
-- Classes are in the evening the village chose; offices rest on Saturday and Sunday; at Tết nothing is held. Most rows come within three
-- days, some after weeks, a few after three months; one in two thousand is taken back ten days later.
WITH numbered AS (
    SELECT p.*, j, hash({seed}, p.no, j) AS h FROM (SELECT * FROM persons LIMIT {last} - {first} OFFSET {first}) AS p, unnest(range(n)) AS u(j)
), thrown AS (
    SELECT
        *, CAST((h >> 44) % 1000 AS INTEGER) AS r1, CAST((h >> 32) % 4096 AS INTEGER) AS r2, CAST((h >> 20) % 4096 AS INTEGER) AS r3,
        CAST(h % 2000 AS INTEGER) AS r4
    FROM numbered
), stepped AS (
    SELECT
        *,
        CASE
            WHEN age < 18 THEN CASE WHEN j = 1 THEN 8 WHEN j = 4 THEN 15 WHEN r1 < 700 THEN 6 ELSE 0 END
            WHEN j < 10 OR j = 12 OR j = 15 OR j = 16 THEN j
            WHEN j IN (10, 11, 13) THEN CASE WHEN account THEN j ELSE 0 END
            WHEN j = 14 THEN CASE WHEN grp IN (1, 2) THEN 14 ELSE 17 END
            WHEN r1 < 440 THEN 17
            WHEN r1 < 600 THEN 0
            WHEN r1 < 840 THEN 1 + r2 % 5
            WHEN r1 < 850 THEN 18
            ELSE 6
        END AS act,
        since + CASE WHEN j < 17 THEN j * 5 + r3 * 12 // 4096 ELSE 90 + r3 * (458 - since) // 4096 END AS raw
    FROM thrown
), dated AS (
    SELECT
        *,
        CASE
            WHEN act IN (11, 12, 13, 14) THEN 1
            WHEN act = 10 THEN CASE WHEN r4 < 1000 THEN 3 ELSE 1 END
            WHEN r4 < 40 THEN 2
            ELSE 0
        END AS source,
        least(548, raw + CASE WHEN raw BETWEEN {tet} AND {tet} + 8 THEN 9 ELSE 0 END) AS due
    FROM stepped
), settled AS (
    SELECT
        *,
        CASE
            WHEN act = 6 THEN due - (due + {weekday}) % 7 + evening
            WHEN grp IN (1, 2) AND (due + {weekday}) % 7 >= 5 THEN due + 2
            ELSE due
        END AS d
    FROM dated
), arrived AS (
    SELECT *, d + CASE WHEN r4 < 1700 THEN r4 % 3 WHEN r4 < 1940 THEN r4 % 15 ELSE r4 % 91 END AS came FROM settled
)
SELECT
    number_of(came + 10 * void, no, j) AS seq, subject, CAST(((act * 4 + source) * 6 + grp) * 3 + sex AS SMALLINT) AS what,
    village_unit(CASE WHEN moves AND d > 250 THEN (village * 7919) % {villages} ELSE village END) AS unit_id,
    CASE WHEN grp > 0 THEN office(commune, grp) END AS org_id, CAST(age + CAST(d >= 275 AS INTEGER) AS SMALLINT) AS age,
    DATE '{start}' + CAST(d AS INTEGER) AS day, CAST(NULL AS VARCHAR) AS detail,
    CASE WHEN void = 1 THEN number_of(came, no, j) END AS voids
FROM arrived, unnest(CASE WHEN r4 = 1999 THEN [0, 1] ELSE [0] END) AS t(void)
