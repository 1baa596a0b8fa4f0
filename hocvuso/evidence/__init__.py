"""The ledger: one append-only row a fact, of a kind that stands on one rung; counts that others state beside it.

The waist of the hourglass: whatever happens becomes evidence, whatever is shown is computed from it. Imports `people`, `places`,
`audit`, `lib`. Never updates or deletes a row: a mistake is answered by a later row that voids it.
"""
