from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.db.models import F

from hocvuso.items.models import ItemVersion
from hocvuso.items.rules import ItemText, Status


def items_in_use(bank: str, *, framework: str, level: str) -> list[tuple[int, str]]:
    """(id of the version, skill) of every active item of a bank at one level of one framework, in the order of their keys."""
    rows = ItemVersion.objects.filter(
        item__bank=bank, item__status=Status.ACTIVE, framework=framework, level=level, version=F("item__version")
    )
    return list(rows.order_by("item__key").values_list("pk", "skill"))


@lru_cache(maxsize=4096)
def item_text(version: int) -> ItemText:
    """The words of one item version. They never change, so a process reads each once."""
    return ItemVersion.objects.select_related("item").get(pk=version).text


def item_texts(versions: Iterable[int]) -> Mapping[int, ItemText]:
    return {version: item_text(version) for version in versions}
