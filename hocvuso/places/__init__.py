"""Units (nation → province → commune → village) through time, organisations, and dated populations: the denominators.

Imports `audit` and `lib`. Never overwrites a unit's past: a merger closes the old unit and names its successors.
"""
