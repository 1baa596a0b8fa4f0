-- Valid facts: neither voided nor voiding; merged persons counted as the one kept; places as paths, so that what lies in a unit starts with
-- its path. An organisation stands in its seat: /VN/66/24133/o:66-so-khcn/. A unit that was merged stands where its successor does.
CREATE TABLE facts AS
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
