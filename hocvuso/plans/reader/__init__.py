"""From an office's own document to a draft of a plan.

Pure functions in a row, each usable alone: load → repair → outline → metadata, indicators, tasks, reporting duties → findings →
proposed metrics. Neither Django nor the database is known here; the catalogue of metrics is handed in as plain data. A draft changes
nothing: a person reviews it beside the document and adopts it. How it works and what it cannot do: docs/reference/plan-reader.md.
"""
