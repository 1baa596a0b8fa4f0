"""The pages, one folder an audience. A view parses, calls one query or one action, renders; every route declares its right.

Imports every domain package; nothing imports it but `config`. Never writes except through an action.
"""
