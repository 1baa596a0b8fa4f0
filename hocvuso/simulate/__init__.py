"""A repeatable population and its movement for a province, for the demo, for trials of size and for tests.

The same province, number of persons and seed always give the same villages, people and facts; the day only decides how many of the facts
are known yet. `rules` makes everything up, `actions` writes it through the real actions of `places`, `people` and `evidence`, so that what
is simulated is checked like anything else. Every source it writes is named as simulated. Never runs on a production installation.

Left without any data on purpose, so that "chưa đo được" is seen: observed work on the platforms (`official_platform`,
`resident_platform`) and helpers at the counter (`commune_counter`).
"""
