"""Skill frameworks and the items of tests: immutable versions, read from files, told apart by key and version.

Imports evidence and below. Never grades, never knows who answered.
"""
