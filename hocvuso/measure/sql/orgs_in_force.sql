-- How many organisations of a kind stand in each place on a day.
SELECT p.code, count(*) AS total
FROM orgs AS u
JOIN place_asked AS p ON starts_with(u.path, p.prefix)
WHERE u.kind = $wanted AND u.valid_from <= $on AND (u.valid_to IS NULL OR u.valid_to >= $on)
GROUP BY p.code
