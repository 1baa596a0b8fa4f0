"""What pages are held against: a bare Django with one view that reads a row and one that writes a row. Not a bench itself.

`BARE=startproject`: middleware and database as `django-admin startproject` writes them. `BARE=floor`: no middleware at all, and our own
database settings (connections kept, WAL, `synchronous=FULL`): nothing that uses Django can cost less.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from hocvuso.config.env import database

HOME = Path(os.environ["BARE_HOME"])
IS_FLOOR = os.environ["BARE"] == "floor"
AS_STARTED = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PLAIN: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME / "plain.sqlite3"}
settings.configure(
    SECRET_KEY="bare",  # noqa: S106  nothing is signed with it
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": database("", HOME) if IS_FLOOR else PLAIN},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[] if IS_FLOOR else AS_STARTED,
)
application = get_wsgi_application()


def read(request: HttpRequest) -> HttpResponse:
    from django.contrib.contenttypes.models import ContentType

    return HttpResponse(ContentType.objects.get(pk=1).model)


@csrf_exempt
def write(request: HttpRequest) -> HttpResponse:
    from django.contrib.contenttypes.models import ContentType

    made = ContentType.objects.create(app_label="bare", model=request.POST["name"])
    return HttpResponse(str(made.pk), status=201)


urlpatterns = [path("read/", read), path("write/", write)]
