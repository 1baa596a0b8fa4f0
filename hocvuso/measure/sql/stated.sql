-- What others stated: the newest row of each place. Where a place and one above it both have a row, the newer level counts and the other is
-- left out (at equal days the one above), so that nothing is counted twice; `places` tells how many gave a part.
WITH newest AS (
    SELECT p.code, s.*
    FROM stated AS s
    JOIN place_asked AS p ON starts_with(s.place, p.prefix)
    WHERE s.day <= $on AND list_contains($metrics, s.metric)
    QUALIFY row_number() OVER (PARTITION BY p.code, s.place, s.metric, s.grade ORDER BY s.day DESC, s.ord DESC) = 1
)
SELECT
    n.code, n.metric, n.grade,
    sum(n.count)::BIGINT AS total,
    min(n.day) AS oldest,
    string_agg(DISTINCT n.source, ' ' ORDER BY n.source) AS sources,
    count(*) AS places,
    any_value(n.document) AS document,
    bool_or(n.simulated) AS simulated
FROM newest AS n
WHERE NOT EXISTS (
    SELECT 1 FROM newest AS above
    WHERE above.code = n.code AND above.metric = n.metric AND above.grade = n.grade
      AND above.place <> n.place AND starts_with(n.place, above.place) AND above.day >= n.day
)
AND NOT EXISTS (
    SELECT 1 FROM newest AS below
    WHERE below.code = n.code AND below.metric = n.metric AND below.grade = n.grade
      AND below.place <> n.place AND starts_with(below.place, n.place) AND below.day > n.day
)
GROUP BY n.code, n.metric, n.grade
