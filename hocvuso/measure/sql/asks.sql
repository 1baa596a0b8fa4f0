-- Which measures (a metric at a level, in a grade) a combination counts for. A combination is everything a row tells of its subject except
-- the day and the place: kind, level, skill, source, group, sex (together `what`, a number in the book) and the age band.
SELECT
    CAST(b.what AS INTEGER) * 32 + n.band AS combo, w.number * 3 + s.grade AS m, w.metric, w.way, w.counted, s.simulated, b.skill
FROM book AS b
JOIN wanted AS w
    ON w.kind = b.kind AND w.subject_type = b.subject_type AND (w.grp = '*' OR w.grp = b.grp)
    AND (w.skill = '' OR w.skill = b.skill) AND (w.level = '' OR w.level = b.level)
JOIN sources AS s ON s.source = b.source
JOIN bands AS n ON (w.min_age IS NULL OR n.low >= w.min_age) AND (w.max_age IS NULL OR n.high <= w.max_age)
