-- From which day on a row counts for measures that ask for what came so many days after another condition was met: by record, with the one
-- it counts as. Each such wait has a number.
WITH heads AS (
    SELECT w.wait, s.subject, CAST(DATE '1970-01-01' + CAST((s.came >> 42) + w.after_days AS INTEGER) AS DATE) AS due
    FROM {since} AS s
    JOIN waits AS w ON w.among = s.among
), waiting AS (
    SELECT wait, subject, subject AS kept, due FROM heads
    UNION ALL
    SELECT h.wait, a.merged AS subject, h.subject AS kept, h.due FROM heads AS h JOIN {aliases} AS a ON a.kept = h.subject
)
SELECT wait, subject, kept, due, CAST(row_number() OVER (ORDER BY subject, wait) AS INTEGER) AS number FROM waiting
