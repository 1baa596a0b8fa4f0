-- Which cells tell of a place: of a unit with others in it the deep ones; of a village or an organisation its own, and of what stands in it.
SELECT a.code, p.place, TRUE AS deep
FROM place_asked AS a JOIN uppers AS p ON p.path = a.prefix
UNION ALL
SELECT a.code, p.place, FALSE AS deep
FROM place_asked AS a JOIN places AS p ON starts_with(p.path, a.prefix)
WHERE NOT EXISTS (SELECT 1 FROM uppers AS u WHERE u.path = a.prefix)
