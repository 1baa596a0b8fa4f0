"""What people may not write into a free text, wherever they write it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hocvuso.lib.errors import BadInput
from hocvuso.people.identity import mentions_number


def refuse_identity_numbers(*texts: str) -> None:
    """Refuse a text that seems to hold an identity number: many will read it. The refusal does not repeat what was typed."""
    if any(mentions_number(text) for text in texts):
        raise BadInput(
            _(
                "Nội dung có 12 chữ số giống số định danh cá nhân. Hãy bỏ số đó; ở đây chỉ nói việc chung, không nói từng người."
            )
        )
