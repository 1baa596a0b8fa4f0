"""What the movement runs on: money by task, source and stage; what partners give in kind; which villages have no signal.

Imports `plans` and below. Money and gifts in kind are never added. Nothing here is accounting: the treasury's books stay the books.
"""
