from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """From where somebody tries to sign in, for counting wrong passwords.

    In production a proxy stands in front, and every connection comes from it: the address it saw is the last one in X-Forwarded-For.
    What stands before that was written by the visitor and says nothing.
    """
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() if settings.PRODUCTION else ""
    try:
        return str(ip_address(seen))
    except ValueError:
        return str(request.META.get("REMOTE_ADDR", ""))
