"""Difficulties and proposals that units and teams raise at any time: who is to answer by when, what became of it, what is the same.

Imports `plans`, `fieldwork`, `messages`, `attachments` and below. Never changes what somebody said, never answers by itself, and names
nobody: a concern is a place's.
"""
