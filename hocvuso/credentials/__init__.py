"""Certification by rules that are data, certificates with their two codes, the status list, and what is to be confirmed outside.

Imports assessment and below. Never certifies without evidence; never holds an identity number.
"""
