"""Who did what to what, sealed in a hash chain.

Rows name the actor (a plain id), the verb, the object and the changed fields; never a personal value, which could not be erased.
Imports only `lib`; every package above writes here through `record`.
"""
