"""Persons, households, accounts and their roles; who may do what, as questions that return only what may be seen.

Imports `places`, `audit`, `lib`. Never shows or logs an identity number: it is kept as a keyed HMAC and an encrypted column.
"""
