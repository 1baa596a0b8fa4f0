-- Ledger rows of outside sources, imported or declared person by person, where no statement of that grade, inside the place asked for, covers
-- theirs. A statement names no level, so it covers no figure of “sử dụng tốt”.
SELECT p.code, c.metric, c.level, c.grade, sum(c.n)::BIGINT AS total, max(c.day) AS newest
FROM cells AS c
JOIN place_asked AS p ON starts_with(c.place, p.prefix)
WHERE c.grade <> 'proven' AND c.day <= $on AND list_contains($metrics, c.metric)
  AND NOT EXISTS (
    SELECT 1 FROM stated AS s JOIN stated_for AS f ON f.stated = s.metric
    WHERE f.metric = c.metric AND s.grade = c.grade AND s.day <= $on AND c.level = '' AND starts_with(c.place, s.place)
      AND starts_with(s.place, p.prefix)
  )
GROUP BY ALL
