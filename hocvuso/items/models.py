from __future__ import annotations

from django.db import models

from hocvuso.items.rules import ItemText, Option, Status


class Item(models.Model):
    """An item of a bank through its versions: which one is in use, and whether it is."""

    bank = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    status = models.CharField(max_length=8, choices=[(status.value, status.value) for status in Status])
    version = models.PositiveSmallIntegerField()  # the one that is drawn

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bank", "key"], name="item_key")]


class ItemVersion(models.Model):
    """The words of an item, once and for all: an answer points here, so nothing of it may change afterwards."""

    append_only = True

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    framework = models.CharField(max_length=60)  # key and version, "nam-ky-nang-1.0"
    skill = models.CharField(max_length=24)
    level = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    stem = models.TextField()
    options = models.JSONField()  # [[text, is right], …] in the order of the file
    explanation = models.TextField()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "version"], name="item_version_once")]

    @property
    def text(self) -> ItemText:
        return ItemText(
            key=self.item.key, version=self.version, skill=self.skill, level=self.level, kind=self.kind, stem=self.stem,
            options=tuple(Option(text, right) for text, right in self.options), explanation=self.explanation,
        )  # fmt: skip
