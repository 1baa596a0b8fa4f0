-- Rows of kinds that count so many days after something else, from that day on, with whom they count for.
SELECT r.seq, r.subject, r.what, r.unit_id, r.org_id, r.age, r.day, d.kept, d.wait
FROM {rows} AS r
JOIN {due} AS d ON d.subject = r.subject AND r.day >= d.due
WHERE r.what IN ({whats}) AND r.voids IS NULL
