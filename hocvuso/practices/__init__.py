"""The register of good practices and initiatives: what a place does well, who recognised it, who took it up.

Imports `plans`, `messages` and below. Never ranks places and never becomes a figure.
"""
