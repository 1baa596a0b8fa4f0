"""Files that were sent in: kept by the digest of their bytes under HOCVUSO_HOME/uploads, for nobody but the program (0600).

A file's own name is never a path here.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.conf import settings


def keep_file(data: bytes) -> str:
    """Write the file, if it is not there yet; its digest is its name."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        beside = path.with_suffix(".tmp")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
        beside.replace(path)
    return digest


def path_of(digest: str) -> Path:
    if len(digest) != 64 or not digest.isalnum():
        raise ValueError("not a digest")
    return Path(settings.UPLOADS_DIR) / digest


def drop_file(digest: str) -> None:
    path_of(digest).unlink(missing_ok=True)
