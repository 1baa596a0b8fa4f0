-- The weekly cells of communes, beside those that were sent; own ones of a sender's unit step back.
SELECT m, place, grp, sex, age, area, week, simulated, n
FROM {own}
WHERE place NOT IN (SELECT w.place FROM places AS w JOIN sent_units AS s ON starts_with(w.path, s.path))
UNION ALL
SELECT t.m, p.place, c.grp, c.sex, c.age, c.area, c.week, c.simulated, c.n
FROM {sent} AS c
JOIN measures AS t ON t.metric = c.metric AND t.level = c.level AND t.grade = c.grade
JOIN sent_places AS p ON p.sender = c.sender AND p.commune = c.commune
WHERE c.commune <> c.sender
