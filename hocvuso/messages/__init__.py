"""What should reach a person, and whether it did. `connect.notify` carries it out of the house.

Imports people and below. Never sends by itself, never writes a link that asks for a code.
"""
