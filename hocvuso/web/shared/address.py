from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


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


def inside(request: HttpRequest, wanted: str) -> str:
    """The address somebody wants to go on to, if it lies in this site; else nothing."""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else ""  # a bare word would be taken for the name of a route
