"""A duty's report for a period: figures from `measure`, words from people, a document in the legal form.

Imports `measure` and below. Never edits a sent report and never holds a figure of its own.
"""
