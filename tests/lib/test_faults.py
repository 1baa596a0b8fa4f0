"""Faults in a file are told in words of whoever wrote it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from django.utils import translation
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from hocvuso.lib.faults import fault_in_words


class Colour(StrEnum):
    RED = "do"
    BLUE = "xanh"


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(min_length=1)] = "a"
    key: Annotated[str, Field(pattern="^[a-z]+$")] = "a"
    count: Annotated[int, Field(ge=1, le=9)] = 1
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    ends: dt.date = dt.date(2025, 12, 31)
    sure: bool = True
    steps: list[str] = []
    names: dict[str, str] = {}
    way: Literal["lam", "hoc", "giu"] = "lam"
    colour: Colour = Colour.RED
    inner: Annotated[tuple[str, ...], Field(min_length=2)] = ("a", "b")
    own: str = ""

    @field_validator("own")
    @classmethod
    def _own(cls, value: str) -> str:
        if value:
            raise ValueError("mục này phải để trống")
        return value


class Needed(BaseModel):
    needed: int


@pytest.mark.parametrize(
    ("model", "data", "said"),
    [
        (Needed, {}, "thiếu khóa này"),
        (Form, {"tilte": "a"}, "không có khóa này"),
        (Form, {"title": 5}, "phải là chữ"),
        (Form, {"title": ""}, "không được để trống"),
        (Form, {"key": "A-"}, "không đúng dạng"),
        (Form, {"count": "năm"}, "phải là số nguyên"),
        (Form, {"count": None}, "phải là số nguyên"),
        (Form, {"count": 1.5}, "phải là số nguyên"),
        (Form, {"count": 0}, "ít nhất 1"),
        (Form, {"count": 10}, "không quá 9"),
        (Form, {"share": "nửa"}, "phải là số"),
        (Form, {"share": 0}, "phải lớn hơn 0.0"),
        (Form, {"share": 1}, "phải nhỏ hơn 1.0"),
        (Form, {"ends": "31/12/2025"}, "phải là ngày, dạng 2025-12-31"),
        (Form, {"ends": "2025-02-30"}, "phải là ngày, dạng 2025-12-31"),
        (Form, {"sure": "có"}, "phải là true hoặc false"),
        (Form, {"steps": "a"}, "phải là danh sách"),
        (Form, {"names": ["a"]}, "phải là bảng khóa – giá trị"),
        (Form, {"way": "ngu"}, "phải là một trong: 'lam', 'hoc', 'giu'"),
        (Form, {"colour": "vang"}, "phải là một trong: 'do', 'xanh'"),
        (Form, {"inner": ["a"]}, "chưa đủ"),
        (Form, {"own": "a"}, "mục này phải để trống"),
    ],
)
def test_each_kind_of_fault_has_words(model: type[BaseModel], data: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(data)
    assert [fault_in_words(fault) for fault in refused.value.errors()] == [said]


def test_in_english_they_are_english() -> None:
    with pytest.raises(ValidationError) as refused:
        Needed.model_validate({})
    with translation.override("en"):
        assert fault_in_words(refused.value.errors()[0], translate=translation.gettext) == "this key is missing"
