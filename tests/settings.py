"""The settings of the tests: a home of its own for every worker, no demo, no production, the machine's day left alone."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

for _name in ("HOCVUSO_DEMO", "HOCVUSO_PRODUCTION", "HOCVUSO_TODAY", "HOCVUSO_ALLOWED_HOSTS"):
    os.environ.pop(_name, None)
os.environ["HOCVUSO_HOME"] = tempfile.mkdtemp(prefix="hocvuso-test-")
atexit.register(shutil.rmtree, os.environ["HOCVUSO_HOME"], ignore_errors=True)

from hocvuso.config.settings import *  # noqa: E402, F403

# Pages need no collected static files here, and passwords no slow hash.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
SIMULATED_ASKED_EVERY = 0
