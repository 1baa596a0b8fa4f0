-- Totals others had stated to the sender. `ord` 0: what was stated here on the same day stands before them.
SELECT t.metric, p.path AS place, t.day, t.n AS count, t.grade, t.source, '' AS document, t.simulated, 0 AS ord
FROM sent_stated AS t
JOIN sent_places AS p ON p.sender = t.sender AND p.commune = t.commune
