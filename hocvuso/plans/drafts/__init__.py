"""From a draft that was read to a plan that is in force: what a person decides in between.

A `PlanDraft` keeps the document, the draft as it was read (never changed) and the review: every entry with its values, and whether
somebody has accepted, corrected, rejected or added it. `review`, `proposal`, `steps`, `marking` and `adoption` are pure; `actions` writes.
The only way into the system is a checked plan file and `adopt_plan`, the same as for a plan file written by hand.
"""
