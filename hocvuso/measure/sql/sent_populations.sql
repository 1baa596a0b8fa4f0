-- Headcounts that were sent. A newer one counted here stands before them.
SELECT p.path AS place, h.grp, h.day, h.n AS count, h.source
FROM sent_headcounts AS h
JOIN sent_places AS p ON p.sender = h.sender AND p.commune = h.commune
