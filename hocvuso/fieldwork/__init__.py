"""Teams, their members, classes and attendance: what happens in a village, told by those who did it.

Imports credentials and below. Never trusts a phone's clock or the order in which its events arrive.
"""
