"""Carries messages out of the house: e-mail through the office's own SMTP server, Zalo, SMS, each behind the same seam.

Imports messages and below. The address comes from the person's agreement at the moment of sending; what is sent has no link and asks
for nothing.
"""
