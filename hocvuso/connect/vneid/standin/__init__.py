"""Plays VNeID's part in the demo and in tests: an OpenID provider, and the side that receives confirmations.

A small program of its own, in a process of its own, reached over HTTP only, so that everything between is real. It knows a handful of
made-up citizens and keeps what it does in memory. It says on every page that it is not VNeID, and never runs in production.
"""
