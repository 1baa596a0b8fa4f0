from __future__ import annotations

from django.db import models

from hocvuso.places.models import Unit


class Sender(models.Model):
    """Another instance that may send its figures here: under which key, and for which unit. The key's private half is only there."""

    name = models.SlugField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key_id = models.CharField(max_length=16, unique=True)
    public_key = models.CharField(max_length=43)  # Ed25519, base64url
    accepted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Two that speak for one unit would take turns overwriting each other.
            models.UniqueConstraint(fields=["unit"], condition=models.Q(ended_at=None), name="sender_one_of_a_unit")
        ]

    def __str__(self) -> str:
        return self.name
