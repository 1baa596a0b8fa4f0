-- What is not one person's step: teams and committees, weekly classes, weeks, families, helpers and those they help, names registered, topics.
WITH happened AS (
    SELECT {persons} + no AS no, 0 AS j, thing('village', no) AS subject, 'team_founded' AS kind, village_unit(no) AS unit_id, NULL AS org_id, NULL AS age,
        CAST(60 + draw('founded', no, 0) * CASE WHEN works THEN 60 ELSE 300 END AS INTEGER) AS d, NULL AS detail, 0 AS grp, 2 AS sex
    FROM villages
    UNION ALL
    SELECT {persons} + no, 1, thing('village', no), 'team_week_held', village_unit(no), NULL, NULL, CAST(180 + draw('week', no, 0) * 20 AS INTEGER), NULL, 0, 2
    FROM villages WHERE works
    UNION ALL
    SELECT {persons} * 5 // 4 + no, 2, thing('commune', no), kind, commune_unit(no), NULL, NULL, CAST(days + draw(kind, no, 0) * 60 AS INTEGER), NULL, 0, 2
    FROM range({communes}) AS c(no), (VALUES ('committee_founded', 40), ('week_launched', 170), ('counter_assigned', 120)) AS k(kind, days)
    UNION ALL
    SELECT {persons} * 5 // 4 + no, 10 + week, thing('commune', no), 'class_held', commune_unit(no), NULL, NULL, CAST(week * 7 + draw('class', no, week) * 7 AS INTEGER), '{{}}', 0, 2
    FROM range({communes}) AS c(no), range(70) AS w(week) WHERE draw('held', no, week) < 0.7
    UNION ALL
    SELECT {persons} * 3 // 2 + no // 4, 100, thing('home', no // 4), 'family_taught', village_unit(village), NULL, NULL, least(548, since + 120), NULL, 0, 2
    FROM persons WHERE no % 4 = 0 AND works AND n > 20
    UNION ALL
    SELECT {persons} * 3 // 2 + no // 4, 101, thing('home', no // 4), 'domain_registered', village_unit(village), NULL, NULL, least(548, since + 60), '{{"holder": "business"}}', 0, 2
    FROM persons WHERE no % 400 = 0
    UNION ALL
    SELECT no, 500, subject, 'domain_registered', village_unit(village), NULL, age, least(548, since + 30), '{{"holder": "youth"}}', grp, sex
    FROM persons WHERE age BETWEEN 16 AND 30 AND draw('domain', no, 0) < 0.01
    UNION ALL
    SELECT no, 501 + k, subject, 'mentored', village_unit(village), NULL, age, least(548, since + 20 + 9 * k), '{{"mentee": "' || person((no + 1 + k * k) % {persons}) || '"}}', grp, sex
    FROM persons, range(8) AS m(k) WHERE n > 40 AND draw('mentor', no, 0) < 0.03 AND draw('helps', no, k) < 0.7
    UNION ALL
    SELECT {persons} * 7 // 4 + no * 8 + school, k, thing('school', no * 8 + school), 'topic_taught', NULL, office(no, school), NULL, CAST(30 + k * 40 + draw('topic', no * 8 + school, k) * 60 AS INTEGER), '{{"topic": "' || k || '"}}', 0, 2
    FROM range({communes}) AS c(no), (VALUES (3), (4)) AS s(school), range(7) AS t(k) WHERE draw('taught', no * 8 + school, k) < 0.8
)
SELECT
    number_of(h.d + 2, h.no, h.j) AS seq, h.subject, b.what, CAST(h.unit_id AS INTEGER) AS unit_id, CAST(h.org_id AS INTEGER) AS org_id,
    CAST(h.age AS SMALLINT) AS age, DATE '{start}' + CAST(h.d AS INTEGER) AS day, CAST(h.detail AS VARCHAR) AS detail, CAST(NULL AS BIGINT) AS voids
FROM happened AS h
JOIN book AS b ON b.kind = h.kind AND b.source = CASE WHEN h.kind = 'domain_registered' THEN 'mo-phong-ngoai' ELSE 'mo-phong' END
    AND b.grp = group_name(h.grp) AND b.sex = sex_name(h.sex)
    AND (b.subject_type = CASE WHEN h.age IS NOT NULL THEN 'person' WHEN h.kind IN ('family_taught', 'domain_registered') THEN 'household'
        WHEN h.kind = 'topic_taught' THEN 'org' ELSE 'unit' END)
