-- How many units of a level lie in each place on a day; of a sender's villages the sender tells (`_add_sent_bases`).
SELECT p.code, count(*) AS total
FROM units AS u
JOIN place_asked AS p ON starts_with(u.path, p.prefix)
WHERE u.level = $wanted AND u.valid_from <= $on AND (u.valid_to IS NULL OR u.valid_to >= $on)
  AND (u.level <> 'village' OR NOT EXISTS (SELECT 1 FROM sent_units AS s WHERE starts_with(u.path, s.path)))
GROUP BY p.code
