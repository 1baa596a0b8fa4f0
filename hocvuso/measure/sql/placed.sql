-- Firsts with the places they count at; a unit that was merged stands where the main part of it lives on.
SELECT f.subject, f.combo, f.detail, f.week, f.came, u.village, u.commune, o.org
FROM {firsts} AS f
LEFT JOIN unit_spots AS u ON u.id = f.unit_id
LEFT JOIN org_spots AS o ON o.id = f.org_id
