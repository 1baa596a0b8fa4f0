from __future__ import annotations

from django.db import models

from hocvuso.attachments.rules import Kind
from hocvuso.lib import ids


class Attachment(models.Model):
    """One file somebody added, as it was. The row never changes; what it belongs to points to it."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in Kind])
    size = models.PositiveIntegerField()  # bytes
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
