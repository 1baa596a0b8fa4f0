"""Plans as data: indicators, targets, tasks and their progress, reporting duties, findings.

Imports `evidence` and below; knows a metric only by its key and never where actual figures come from. Contradictions between and inside
documents are findings with both readings: nobody's is chosen here.
"""
