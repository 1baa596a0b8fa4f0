-- State as it is kept: since when a subject meets a measure, where it was then, and as what (combination).
SELECT
    m, subject, CAST(DATE '1970-01-01' + CAST(came >> 42 AS INTEGER) AS DATE) AS day, CAST(spot >> 20 AS INTEGER) AS place,
    CAST(spot & 1048575 AS INTEGER) AS combo, simulated
FROM {met}
