"""Files that were sent in: kept by the digest of their bytes under HOCVUSO_HOME/uploads, for nobody but the program (0600).

A file's own name is never a path here.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def keep_file(data: bytes) -> str:
    """Write the file, if it is not there yet; its digest is its name."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        # A name of its own (0600): two who send the same bytes at once do not write into each other's file.
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    return digest


def path_of(digest: str) -> Path:
    if len(digest) != 64 or not digest.isalnum():
        raise ValueError("not a digest")
    return Path(settings.UPLOADS_DIR) / digest


def drop_file(digest: str) -> None:
    path_of(digest).unlink(missing_ok=True)
