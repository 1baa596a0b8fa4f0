"""Report documents as files: frozen dataclasses in, a Word file in the legal form of Decree 30/2020/NĐ-CP out.

`model` says what an administrative document is, with no trace of Word; `state_docx` writes it. Pure: no Django, no
clock, no database, and the same document always gives the same bytes. It may import `python-docx` and nothing of
ours; it never decides what a report says, computes a figure, or gives a document its number. Import
`state_docx` where it is used, not at start-up: `python-docx` is slow to load.
"""
