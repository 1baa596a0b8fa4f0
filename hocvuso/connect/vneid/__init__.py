"""VNeID: citizens sign in with it (OpenID Connect), and it hears who has passed.

Its developer specification is not public, so whatever it may turn out to be is a setting, and `standin` plays its part in the demo and in
tests. The shapes of the protocol end in this folder. It never asks anybody for a code or a password, and never logs what it was told
about a person.
"""
