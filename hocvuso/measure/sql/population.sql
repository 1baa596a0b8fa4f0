-- Dated headcounts of each of $groups: the newest row of each place; a unit's own row wins over the rows of what lies in it,
-- even when it is older: a few villages counted anew must not stand for the whole commune.
WITH newest AS (
    SELECT p.code, b.*
    FROM populations AS b
    JOIN place_asked AS p ON starts_with(b.place, p.prefix)
    WHERE b.day <= $on AND list_contains($groups, b.grp)
    QUALIFY row_number() OVER (PARTITION BY p.code, b.place, b.grp ORDER BY b.day DESC, b.source) = 1
), covered AS (
    -- A path is made of its steps: what lies above a place is found by taking steps away, not by trying every pair.
    SELECT DISTINCT n.code, n.grp, n.place
    FROM newest AS n
    CROSS JOIN range(2, 8) AS k(steps)
    JOIN newest AS above
        ON above.code = n.code AND above.grp = n.grp
        AND above.place = array_to_string(list_slice(string_split(n.place, '/'), 1, k.steps), '/') || '/'
    WHERE k.steps < len(string_split(n.place, '/')) - 1
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
