-- Dated headcounts of each of $groups: the newest row of each place; a unit's own row wins over the rows of what lies in it,
-- even when it is older: a few villages counted anew must not stand for the whole commune.
WITH newest AS (
    SELECT p.code, b.*
    FROM populations AS b
    JOIN place_asked AS p ON starts_with(b.place, p.prefix)
    WHERE b.day <= $on AND list_contains($groups, b.grp)
    QUALIFY row_number() OVER (PARTITION BY p.code, b.place, b.grp ORDER BY b.day DESC, b.source) = 1
), covered AS (
    SELECT DISTINCT n.code, n.grp, n.place
    FROM newest AS n
    JOIN told_under AS u ON u.place = n.place
    JOIN newest AS above ON above.code = n.code AND above.grp = n.grp AND above.place = u.above
)
SELECT
    n.code, n.grp,
    sum(n.count)::BIGINT AS total,
    min(n.day) AS oldest,
    string_agg(DISTINCT n.source, ', ' ORDER BY n.source) AS sources,
    count(DISTINCT n.place) AS places
FROM newest AS n
ANTI JOIN covered USING (code, grp, place)
GROUP BY n.code, n.grp
