-- Rows of kinds that count so many days after something else, from that day on, with what they were waited for.
SELECT d.number, r.seq, r.what, r.unit_id, r.org_id, r.age, r.day
FROM {rows} AS r
JOIN {due} AS d ON d.subject = r.subject AND r.day >= d.due
WHERE r.later AND r.voids IS NULL
