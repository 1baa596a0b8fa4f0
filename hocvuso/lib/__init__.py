"""Ground floor: Vietnamese text, reporting periods, ids, the error family, the two clocks, append-only tables.

Imports nothing of ours; never holds a model and never reads a setting.
"""
