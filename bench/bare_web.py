"""What pages are held against: a bare Django with one view that reads a row and one that writes a row. Not a bench itself.

No middleware, no session, no template; the same database settings as ours (WAL, `synchronous=FULL`).
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from hocvuso.config.env import database

settings.configure(
    SECRET_KEY="bare",  # noqa: S106  nothing is signed with it
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": database("", Path(os.environ["BARE_HOME"]))},
    INSTALLED_APPS=["django.contrib.contenttypes"],
    MIDDLEWARE=[],
)
application = get_wsgi_application()


def read(request: HttpRequest) -> HttpResponse:
    from django.contrib.contenttypes.models import ContentType

    return HttpResponse(ContentType.objects.get(pk=1).model)


def write(request: HttpRequest) -> HttpResponse:
    from django.contrib.contenttypes.models import ContentType

    made = ContentType.objects.create(app_label="bare", model=f"m{ContentType.objects.values('pk').count()}")
    return HttpResponse(str(made.pk), status=201)


urlpatterns = [path("read/", read), path("write/", write)]
