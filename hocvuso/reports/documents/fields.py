"""Named fields in the texts of templates: "{agency}" and nothing else. No expressions, no attributes, nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_FIELD = re.compile(r"\{([^{}]*)\}")

# Of a form's bodies. Capital names give capital letters.
BODY_FIELDS = frozenset({"name", "NAME", "unit", "UNIT", "place", "PLACE", "kind", "symbol", "party", "PARTY"})
# Of a template.
TEMPLATE_FIELDS = frozenset(
    {
        "plan", "plan_reference", "plan_issuer", "agency", "place", "duty", "to", "period", "first", "last", "due", "clause",
        "next_period", "ask",
    }
)  # fmt: skip


def check_fields(text: str, known: Collection[str]) -> None:
    """Raises ValueError naming a field nobody fills, or a brace that belongs to none."""
    for name in _FIELD.findall(text):
        if name not in known:
            raise ValueError(f"không có trường {{{name}}}; có: {', '.join(f'{{{one}}}' for one in sorted(known))}")
    if set(_FIELD.sub("", text)) & set("{}"):
        raise ValueError("dấu ngoặc nhọn chỉ dùng cho trường, ví dụ {agency}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled; what a value holds is never read as a field again."""
    return _FIELD.sub(lambda found: values[found[1]], text)
