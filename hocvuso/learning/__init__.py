"""Course packs, their lessons and pictures, and how far each learner is.

Imports items and below. Never grades: a finished lesson says that somebody went through it, and nothing more.
"""
