"""A duty's report for a period: figures from `measure`, words from people, a document in the legal form.

From the first word to the answer of the level above: written, handed in, signed, numbered, sent, accepted or sent back, replaced.
Imports `measure` and below. Never edits a sent report and never counts by itself: what was handed in is kept as it was counted then.
"""
