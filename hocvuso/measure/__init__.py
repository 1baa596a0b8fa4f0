"""Figures from evidence: metrics declared in `data/metrics.yaml`, one state row a subject, additive cells, immutable snapshots.

Beside them where a target date will find a figure (`forecast`), and signs that data should be looked at again (`flags`).

Imports `assessment`, `learning`, `plans`, `evidence` and below. DuckDB never opens the live database: ledger rows leave through Django's
own connection into Parquet parts, everything after reads Parquet only. Never changes what it measures.
"""
