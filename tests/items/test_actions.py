from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from hocvuso.audit.models import Entry
from hocvuso.items.actions import Loaded, load_bank
from hocvuso.items.models import Item, ItemVersion
from hocvuso.items.queries import items_in_use
from hocvuso.lib.errors import Refused
from tests.make.assessment import bank, item

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _in_use() -> list[str]:
    ids = [pk for pk, _skill in items_in_use("thu", framework="thu-1.0", level="usable")]
    return [f"{v.item.key}/{v.version}" for v in ItemVersion.objects.filter(pk__in=ids).order_by("item__key")]


def test_loading_a_bank_again_changes_nothing() -> None:
    made = bank(item("a"), item("b"))
    assert load_bank(made, by=":test") == Loaded(2, 0)
    assert load_bank(made, by=":test") == Loaded(0, 2)
    assert (Item.objects.count(), ItemVersion.objects.count()) == (2, 2)
    assert Entry.objects.filter(verb="load_bank").count() == 1


def test_other_words_under_the_same_version_are_refused_and_nothing_is_kept() -> None:
    load_bank(bank(item("a")), by=":test")
    with pytest.raises(Refused, match="tăng số bản"):
        load_bank(bank(item("a", stem="Câu đã sửa?"), item("b")), by=":test")
    assert ItemVersion.objects.get().stem == "Câu a?"


def test_a_new_version_is_drawn_from_then_on_and_the_old_one_stays() -> None:
    load_bank(bank(item("a")), by=":test")
    load_bank(bank(item("a"), item("a", version=2, stem="Câu đã sửa?")), by=":test")
    assert _in_use() == ["a/2"]
    assert ItemVersion.objects.count() == 2


def test_only_active_items_are_drawn_and_a_retired_one_leaves() -> None:
    load_bank(bank(item("a"), item("b", status="trial"), item("c", status="draft")), by=":test")
    assert _in_use() == ["a/1"]
    load_bank(bank(item("a", status="retired"), item("b")), by=":test")
    assert _in_use() == ["b/1"]


def test_the_words_of_a_version_cannot_be_changed() -> None:
    load_bank(bank(item("a")), by=":test")
    for change in (lambda: ItemVersion.objects.update(stem="khác"), lambda: ItemVersion.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
