-- Valid facts: neither voided nor voiding; merged persons counted as the one kept; places as paths, so that what lies in a unit starts with
-- its path. An organisation stands in its seat: /VN/66/24133/o:66-so-khcn/.
-- A kept person may have been merged again later: the chain is followed to its end (32 steps, should two ever point at each other).
CREATE TABLE facts AS
WITH RECURSIVE chain AS (
    SELECT merged, kept, 1 AS step FROM aliases
    UNION ALL
    SELECT chain.merged, a.kept, chain.step + 1
    FROM chain JOIN aliases AS a ON a.merged = chain.kept
    WHERE chain.step < 32
), kept_at_last AS (
    SELECT merged, arg_max(kept, step) AS kept FROM chain GROUP BY merged
)
SELECT
    r.seq, r.kind, r.subject_type, coalesce(a.kept, r.subject) AS subject,
    u.path AS unit_path, u.commune_path, o.path AS org_path,
    r.grp, r.birth_year, r.day, r.level, r.skill, r.detail, s.grade, s.simulated
FROM rows_kept AS r
JOIN sources AS s ON s.source = r.source
LEFT JOIN units AS u ON u.id = r.unit_id
LEFT JOIN orgs AS o ON o.id = r.org_id
LEFT JOIN kept_at_last AS a ON a.merged = r.subject
WHERE r.voids IS NULL
  AND r.id NOT IN (SELECT voids FROM rows_kept WHERE voids IS NOT NULL)
