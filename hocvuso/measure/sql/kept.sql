-- Whom a merged person counts as. The kept person may have been merged again later: the chain is followed to its end (32 steps, should two
-- ever point at each other).
WITH RECURSIVE chain AS (
    SELECT merged, kept, 1 AS step FROM {aliases}
    UNION ALL
    SELECT chain.merged, a.kept, chain.step + 1 AS step
    FROM chain JOIN {aliases} AS a ON a.merged = chain.kept
    WHERE chain.step < 32
)
SELECT merged, arg_max(kept, step) AS kept FROM chain GROUP BY merged
