"""Blueprints, attempts and answers. An answer is stored one by one and never changed; a passed attempt becomes evidence.

Imports learning, items and below. Never certifies.
"""
