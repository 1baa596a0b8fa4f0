"""How a gateway of SMS wants to be asked, as data: every Vietnamese provider has its own names. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hocvuso.lib.errors import BadInput
from hocvuso.lib.faults import fault_in_words

WORDS = ("phone", "text", "brand", "reference", "user", "secret", "unicode")
PLACE = re.compile(r"\{(\w+)\}")


class Answer(BaseModel):
    """Which word of their answer (a path with dots) says what became of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str = Field(min_length=1)
    accepted: list[str] = Field(min_length=1)
    refused: list[str] = []  # they understood and say no: trying again is no use


class SmsForm(BaseModel):
    """One POST: headers and fields with places like {phone}. Without `answer` every answer 2xx means accepted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    body: Literal["json", "form"] = "json"
    phone: Literal["+84", "84", "0"] = "84"
    headers: dict[str, str] = {}
    fields: dict[str, str] = Field(min_length=1)
    answer: Answer | None = None

    def filled(self, values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """(headers, fields) with their places filled."""
        values = {**values, "phone": self.phone + values["phone"].removeprefix("+84")}

        def fill(template: str) -> str:
            return PLACE.sub(lambda found: values[found[1]], template)

        headers = {name: fill(text) for name, text in self.headers.items()}
        return headers, {name: fill(text) for name, text in self.fields.items()}

    def outcome(self, answer: Mapping[str, Any]) -> tuple[Literal["accepted", "refused", "later"], str]:
        """What an answer means, and their word for it as a short code."""
        if self.answer is None:
            return "accepted", ""
        value: Any = answer
        for step in self.answer.field.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        word = "" if value is None else str(value)
        if word in self.answer.accepted:
            return "accepted", ""
        code = re.sub(r"[^A-Za-z0-9_-]", "", word)[:20] or "not_readable"
        return ("refused" if word in self.answer.refused else "later"), code


def parse_sms_form(raw: Any, *, name: str) -> SmsForm:
    """Raises `BadInput` with what is wrong in the file of this name."""
    try:
        form = SmsForm.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "tệp"
        raise BadInput(f"{name}: {where} không đúng ({fault_in_words(first)}).") from None
    texts = [*form.headers.values(), *form.fields.values()]
    unknown = {word for text in texts for word in PLACE.findall(text)} - set(WORDS)
    if unknown:
        raise BadInput(f"{name}: không có chỗ điền {{{sorted(unknown)[0]}}}; chỉ có {', '.join(WORDS)}.")
    if not {"{phone}", "{text}"} <= {f"{{{word}}}" for text in texts for word in PLACE.findall(text)}:
        raise BadInput(f"{name}: phải có {{phone}} và {{text}}.")
    return form
