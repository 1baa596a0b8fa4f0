-- Where what was sent belongs here: the communes of each sender's unit, and the unit itself for its own rows.
SELECT DISTINCT s.code AS sender, s.day, p.place, p.path, list_extract(string_split(p.path, '/'), -2) AS commune
FROM sent_units AS s
JOIN uppers AS p ON p.path = s.path OR (p.level = 'commune' AND starts_with(p.path, s.path))
