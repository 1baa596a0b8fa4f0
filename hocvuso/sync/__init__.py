"""The inbox of devices: raw events are stored and acknowledged first, and processed after.

Imports people and below. Never loses or refuses an event silently; never knows what an event means.
"""
