"""Files for the province's reporting system, and who may read figures, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hocvuso.measure.readers import reader_with_token
from hocvuso.people.models import Account
from tests.cli.conftest import Say
from tests.make.places import Country
from tests.web.conftest import office

__all__ = ["office"]
pytestmark = pytest.mark.django_db
PACK = ("exchange", "pack", "--duty", "v1-hang-tuan", "--due", "2025-10-17")


def test_the_files_are_written_and_a_wrong_wish_writes_none(
    say: Say, office: dict[str, Account], tmp_path: Path
) -> None:
    said = say(*PACK, "--unit", "24373", "-o", tmp_path / "ea-kar.xlsx")
    assert (said.code, "13 gói" in said.out, (tmp_path / "ea-kar.xlsx").stat().st_size > 5000) == (0, True, True)
    (tmp_path / "m.yaml").write_text("packets: {la: {columns: [{header: A, field: b}]}}", encoding="utf-8")
    for words, says in (
        ((*PACK, "--unit", "24373", "-o", tmp_path / "x.doc"), ".zip"),
        ((*PACK, "--unit", "la", "-o", tmp_path / "x.zip"), "mã “la”"),
        ((*PACK, "--unit", "24373", "--mapping", tmp_path / "m.yaml", "-o", tmp_path / "x.zip"), "không có gói này"),
        ((*PACK, "--unit", "24373", "-o", tmp_path / "khong-co" / "x.zip"), "Không ghi được"),
        (("exchange", "check", tmp_path / "m.yaml"), "không có gói này"),
    ):
        refused = say(*words)
        assert (refused.code, says in refused.err) == (2, True), refused.err
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == ["ea-kar.xlsx", "m.yaml"]


def test_a_token_is_printed_once_and_ends_when_it_is_told_to(say: Say, land: Country) -> None:
    token = say("exchange", "open-reader", "kho-du-lieu", "--unit", "66").out.split()[-1]
    assert reader_with_token(token) is not None
    listed = say("exchange", "readers").out
    assert "kho-du-lieu" in listed
    assert token not in listed
    assert say("exchange", "open-reader", "Kho Dữ Liệu", "--unit", "66").code == 2
    assert say("exchange", "end-reader", "kho-du-lieu").code == 0
    assert reader_with_token(token) is None
    assert say("exchange", "end-reader", "kho-du-lieu").code == 2
