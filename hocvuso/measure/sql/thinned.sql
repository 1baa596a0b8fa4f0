-- Rows without those that repeat the row before them, only later. Where the parts are in order, most rows go. It holds in whatever order they
-- come: what is left out has an earlier one like it, and that stays. A row that may have been taken back ({is_doubtful}) stands for no other.
SELECT * EXCLUDE repeats
FROM (
    SELECT
        *,
        subject = lag(subject) OVER () AND what = lag(what) OVER () AND unit_id IS NOT DISTINCT FROM lag(unit_id) OVER ()
        AND org_id IS NOT DISTINCT FROM lag(org_id) OVER () AND age IS NOT DISTINCT FROM lag(age) OVER ()
        AND (day > lag(day) OVER () OR (day = lag(day) OVER () AND seq >= lag(seq) OVER ())) {is_doubtful} AS repeats
    FROM {rows}
) AS r
WHERE repeats IS NOT TRUE
