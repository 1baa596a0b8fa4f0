"""Plays Zalo and a gateway of SMS for the demo and the tests: sends nothing to anybody, shows what would have been sent.

Knows nothing of the database; numbers are shown with their last digits only.
"""
