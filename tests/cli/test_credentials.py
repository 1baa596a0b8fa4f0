"""Certificates from the console: what is shown, what is refused and how."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hocvuso.credentials.codes import new_private_key
from hocvuso.credentials.drawings import offline_code
from hocvuso.credentials.models import Certificate, Revocation
from hocvuso.credentials.queries import signer
from tests.cli.conftest import Say
from tests.make.credentials import certified
from tests.make.people import person
from tests.make.places import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(land: Country) -> Certificate:
    return certified(person("Lan Niê", land.villages[0]))


def test_the_list_names_nobody(paper: Certificate, say: Say) -> None:
    said = say("credentials", "list")
    assert paper.pk in said.out
    assert "Lan" not in said.out
    (row,) = json.loads(say("credentials", "list", "--json").out)
    assert row == {
        "id": paper.pk, "issued_on": "2025-10-17", "rule": "nam-ky-nang-su-dung-duoc", "revoked": "", "vneid": "",
    }  # fmt: skip


def test_a_code_is_verified_from_the_line_or_a_file(paper: Certificate, say: Say, tmp_path: Path) -> None:
    file = tmp_path / "ma.txt"
    file.write_text(offline_code(paper) + "\n", encoding="utf-8")
    for words in ((offline_code(paper),), ("--file", file)):
        said = say("credentials", "verify", *words)
        assert (said.code, f"Có thật: giấy {paper.pk}" in said.out, "Lan Niê" in said.out) == (0, True, True)


def test_what_is_not_good_is_refused_in_one_line(paper: Certificate, say: Say, tmp_path: Path) -> None:
    code = offline_code(paper)
    for words, why in (
        ((code[:-3],), "bị sửa"),
        (("https://x.vn",), "không phải mã"),
        ((), "--file"),
        ((code, "--file", "x"), "--file"),
        (("--file", tmp_path / "khong-co"), "Không đọc được tệp"),
    ):
        said = say("credentials", "verify", *words)
        assert (said.code, said.out, why in said.err) == (2, "", True)


def test_revoking_is_told_to_whoever_verifies(paper: Certificate, say: Say) -> None:
    assert say("credentials", "revoke", "7Q3M9XK2DA", "--reason", "mistake").code == 2
    assert say("credentials", "revoke", paper.pk, "--reason", "thich").code == 2
    assert say("credentials", "revoke", paper.pk, "--reason", "mistake").code == 0
    assert Revocation.objects.get().by == ":cli"
    said = say("credentials", "verify", offline_code(paper))
    assert (said.code, "thu hồi ngày 17/10/2025" in said.err) == (2, True)


def test_another_key_stops_every_command_until_it_is_accepted(paper: Certificate, say: Say, settings: Any) -> None:
    settings.CERTIFICATE_KEY = new_private_key().encode()
    signer.cache_clear()
    try:
        said = say("credentials", "list")
        assert (said.code, "HOCVUSO_CERTIFICATE_KEY" in said.err) == (2, True)
        assert say("credentials", "accept-key").code == 0
        assert say("credentials", "list").code == 0
        assert say("credentials", "verify", offline_code(paper)).code == 0
    finally:
        signer.cache_clear()
