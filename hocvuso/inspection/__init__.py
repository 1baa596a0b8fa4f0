"""Inspection rounds: who looks at which places, what was found there, and what became of it.

Imports `plans`, `messages`, `attachments` and below. Never punishes and never changes a figure: a wrong one is corrected through evidence.
"""
