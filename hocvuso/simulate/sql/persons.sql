-- Everybody: age, sex, group, and whether they have an identity account (a third of the adults have none). `n` is how many events they have:
-- few have many. `since` is the day a campaign first meets them: slowly, then quickly, then slowly; later where the team does not work. Whoever
-- would be left for last is fetched in the spring before, so that all have time for what follows.
WITH drawn AS (
    SELECT
        CAST(no AS INTEGER) AS no, person(no) AS subject, CAST(floor(88 * power(draw('age', no, 0), 1.3)) AS INTEGER) AS age,
        CAST(draw('sex', no, 0) * 2.02 AS INTEGER) % 3 AS sex, draw('group', no, 0) AS g, draw('account', no, 0) < 0.667 AS account,
        draw('busy', no, 0) AS busy, draw('start', no, 0) AS start, draw('moves', no, 0) < 0.02 AS moves
    FROM range({persons}) AS r(no)
), placed AS (
    SELECT
        d.*, v.no AS village, v.commune, v.works, v.evening,
        CASE
            WHEN age BETWEEN 6 AND 10 AND g < 0.97 THEN 3
            WHEN age BETWEEN 11 AND 22 AND g < 0.75 THEN 4
            WHEN age BETWEEN 23 AND 60 AND g < 0.014 THEN 1
            WHEN age BETWEEN 23 AND 60 AND g < 0.024 THEN 2
            WHEN age BETWEEN 23 AND 60 AND g < 0.17 THEN 5
            ELSE 0
        END AS grp
    FROM drawn AS d ASOF JOIN villages AS v ON d.no >= v.first
), weighed AS (
    SELECT
        *,
        CASE WHEN age < 6 THEN 0 WHEN age < 18 THEN 0.15 ELSE 1 END * CASE WHEN works THEN 1.5 ELSE 0.6 END
            * CASE WHEN account THEN 1.2 ELSE 0.5 END * (0.02 + 3 * power(busy, 3)) AS weight
    FROM placed
), met AS (
    SELECT *, CAST(greatest(0, 180 + 45 * ln((start + 0.01) / (1.01 - start)) + CASE WHEN works THEN 0 ELSE 90 END) AS INTEGER) AS first_met
    FROM weighed
), shared AS (
    SELECT *, weight * {events} / sum(weight) OVER () AS mine, sum(weight) OVER (ORDER BY subject) * {events} / sum(weight) OVER () AS upto
    FROM met
)
SELECT
    * EXCLUDE (g, busy, start, weight, mine, upto, first_met), least(480, CAST(floor(upto) - floor(upto - mine) AS INTEGER)) AS n,
    CASE WHEN first_met > 440 THEN 350 + CAST(90 * draw('caught up', no, 0) AS INTEGER) ELSE first_met END AS since
FROM shared
ORDER BY subject
