-- How many organisations of a kind stand in each place on a day; of a sender's unit the sender tells (`_add_sent_bases`).
SELECT p.code, count(*) AS total
FROM orgs AS u
JOIN place_asked AS p ON starts_with(u.path, p.prefix)
WHERE u.kind = $wanted AND u.valid_from <= $on AND (u.valid_to IS NULL OR u.valid_to >= $on)
  AND NOT EXISTS (SELECT 1 FROM sent_units AS s WHERE starts_with(u.path, s.path))
GROUP BY p.code
