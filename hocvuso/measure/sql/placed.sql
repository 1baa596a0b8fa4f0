-- Firsts with the places they count at. Merged persons are the one kept; a unit that was merged stands where the main part of it lives on.
SELECT coalesce(a.kept, f.subject) AS subject, f.combo, f.detail, f.week, f.came, u.village, u.commune, o.org
FROM {firsts} AS f
LEFT JOIN {aliases} AS a ON a.merged = f.subject
LEFT JOIN unit_spots AS u ON u.id = f.unit_id
LEFT JOIN org_spots AS o ON o.id = f.org_id
