-- Measures that count only among those who met another: from the later of the two days on, where the subject was when its own came.
SELECT s.m, s.subject, s.came, s.spot, s.simulated
FROM {met} AS s JOIN measures AS t ON t.m = s.m WHERE t.among = ''
UNION ALL
SELECT s.m, s.subject, greatest(s.came, a.came) AS came, s.spot, s.simulated
FROM {met} AS s
JOIN measures AS t ON t.m = s.m AND t.among <> ''
JOIN {since} AS a ON a.among = t.among AND a.subject = s.subject
