"""What pydantic finds wrong with somebody's file, in words for whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def _(text: str) -> str:
    """Marks what is to be translated; who asks says by what."""
    return text


_KNOWN = {
    "missing": _("thiếu khóa này"),
    "extra_forbidden": _("không có khóa này"),
    "string_type": _("phải là chữ"),
    "string_too_short": _("không được để trống"),
    "string_pattern_mismatch": _("không đúng dạng"),
    "int_type": _("phải là số nguyên"),
    "int_parsing": _("phải là số nguyên"),
    "int_from_float": _("phải là số nguyên"),
    "float_type": _("phải là số"),
    "float_parsing": _("phải là số"),
    "bool_type": _("phải là true hoặc false"),
    "bool_parsing": _("phải là true hoặc false"),
    "tuple_type": _("phải là danh sách"),
    "list_type": _("phải là danh sách"),
    "dict_type": _("phải là bảng khóa – giá trị"),
    "model_type": _("phải là bảng khóa – giá trị"),
    "too_short": _("chưa đủ"),
    "less_than": _("phải nhỏ hơn %(limit)s"),
    "less_than_equal": _("không quá %(limit)s"),
    "greater_than": _("phải lớn hơn %(limit)s"),
    "greater_than_equal": _("ít nhất %(limit)s"),
    "literal_error": _("phải là một trong: %(known)s"),
    "enum": _("phải là một trong: %(known)s"),
}
_DATE = _("phải là ngày, dạng 2025-12-31")
_LIMITS = ("lt", "le", "gt", "ge")


def fault_in_words(fault: Mapping[str, Any], *, translate: Callable[[str], str] = _) -> str:
    """One of `ValidationError.errors()`, in Vietnamese or what `translate` (gettext) makes of it. Where a check of ours raised it, its own
    words stand; what is not known here keeps pydantic's."""
    context, kind = fault.get("ctx", {}), str(fault["type"])
    said = _DATE if kind.startswith(("date", "time")) else _KNOWN.get(kind)
    if said is None:
        return str(fault["msg"]).removeprefix("Value error, ")
    limit = next((context[name] for name in _LIMITS if name in context), "")
    known = str(context.get("expected", "")).replace(" or ", ", ")  # pydantic joins with an English "or"
    return translate(said) % {"limit": limit, "known": known}
