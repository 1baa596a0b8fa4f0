from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act. `actor` is an account's id, or the name of a program ("simulate", "migrate") behind a colon."""

    append_only = True

    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    verb = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=120)
    fields = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]


class Seal(models.Model):
    """A link of the chain: the digest of the rows it holds and of the link before it."""

    append_only = True

    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()


class SealedEntry(models.Model):
    """Which seal holds a row. A straggler that commits late goes into the next seal; no write waits for sealing."""

    append_only = True

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="sealed")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="entries")
