from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import LEVELS
from hocvuso.items.models import Item, ItemVersion
from hocvuso.items.rules import Bank, parse_bank
from hocvuso.lib import clock
from hocvuso.lib.errors import Refused
from hocvuso.lib.yamlfile import read_yaml


@dataclass(frozen=True, slots=True)
class Loaded:
    new: int
    known: int


def read_bank(path: Path) -> Bank:
    return parse_bank(read_yaml(path), skills=frozenset(catalogue().skills), levels=LEVELS)


@transaction.atomic
def load_bank(bank: Bank, *, by: str) -> Loaded:
    """Keep the versions that are new; a version whose words differ from those kept refuses the bank. Loading again changes nothing."""
    known = {
        (version.item.key, version.version): version.digest
        for version in ItemVersion.objects.filter(item__bank=bank.key).select_related("item")
    }
    new = changed = 0
    at = clock.real_now()
    for text, status in sorted(bank.items.items(), key=lambda pair: (pair[0].key, pair[0].version)):
        kept = known.get((text.key, text.version))
        if kept is not None and kept != text.digest:
            raise Refused(
                _("Câu %(key)s bản %(version)s đã có với nội dung khác. Đổi nội dung thì phải tăng số bản.")
                % {"key": text.key, "version": text.version}
            )
        item, made = Item.objects.get_or_create(
            bank=bank.key, key=text.key, defaults={"status": status, "version": text.version}
        )
        if kept is None:
            ItemVersion.objects.create(
                item=item, version=text.version, framework=bank.framework, skill=text.skill, level=text.level, kind=text.kind,
                stem=text.stem, options=[[option.text, option.right] for option in text.options], explanation=text.explanation,
                digest=text.digest, recorded_at=at,
            )  # fmt: skip
            new += 1
        if not made and text.version >= item.version and (item.status, item.version) != (status, text.version):
            item.status, item.version = status, text.version
            item.save(update_fields=["status", "version"])
            changed += 1
    if new or changed:
        record_act("load_bank", by=by, object_type="item_bank", object_id=bank.key, fields=[f"+{new}", f"~{changed}"])
    return Loaded(new, len(bank.items) - new)
