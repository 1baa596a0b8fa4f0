-- Firsts with the places they count at; a unit that was merged stands where the main part of it lives on.
SELECT f.subject, CAST(f.key >> 43 AS INTEGER) AS combo, f.detail, f.week, f.came, u.village, u.commune, o.org
FROM {firsts} AS f
LEFT JOIN unit_spots AS u ON u.id = CAST((f.key >> 20) & 8388607 AS INTEGER)
LEFT JOIN org_spots AS o ON o.id = CAST(f.key & 1048575 AS INTEGER)
