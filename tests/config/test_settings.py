"""Settings that cannot be: one line that names them, exit code 2, for every command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hocvuso.credentials.codes import new_private_key

KEYS = {
    "HOCVUSO_SECRET_KEY": "x" * 40,
    "HOCVUSO_IDENTITY_KEY": "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=",
    "HOCVUSO_CERTIFICATE_KEY": new_private_key(),
    "HOCVUSO_SYNC_KEY": "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=",
}
PRODUCTION = {"HOCVUSO_PRODUCTION": "1", "HOCVUSO_ALLOWED_HOSTS": "a.vn", **KEYS}


def start(home: Path, **given: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HOCVUSO_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "hocvuso", "audit", "verify"],
        env={**clean, "HOCVUSO_HOME": str(home), **given}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"HOCVUSO_LOG": "RAT-TO"}, "HOCVUSO_LOG='RAT-TO': phải là một trong DEBUG"),
        ({"HOCVUSO_PORT": "tám nghìn"}, "HOCVUSO_PORT='tám nghìn'"),
        ({"HOCVUSO_PUBLIC_URL": "hocvuso.vn"}, "HOCVUSO_PUBLIC_URL='hocvuso.vn': phải là một địa chỉ"),
        ({"HOCVUSO_CERTIFICATE_KEY": "khong-phai-khoa"}, "HOCVUSO_CERTIFICATE_KEY: không đọc được khóa"),
        ({**PRODUCTION, "HOCVUSO_SYNC_KEY": "x" * 40}, "HOCVUSO_SYNC_KEY: phải là 32 byte"),
        ({**PRODUCTION, "HOCVUSO_CERTIFICATE_KEY": ""}, "HOCVUSO_CERTIFICATE_KEY: máy chủ chính thức"),
        ({**PRODUCTION, "HOCVUSO_TODAY": "2025-10-17"}, "HOCVUSO_TODAY: máy chủ chính thức"),
        ({"HOCVUSO_VNEID_ISSUER": "https://a.vn"}, "HOCVUSO_VNEID_CLIENT_SECRET: đã đặt địa chỉ của VNeID"),
        ({**PRODUCTION, "HOCVUSO_VNEID_ISSUER": "http://a.vn"}, "HOCVUSO_VNEID_ISSUER: phải là một địa chỉ https://"),
        ({"HOCVUSO_VNEID_CLAIMS": "number=so"}, "HOCVUSO_VNEID_CLAIMS: phải có number và name"),
        ({"HOCVUSO_UPWARD_URL": "https://a.vn"}, "HOCVUSO_UPWARD_UNIT: đã đặt HOCVUSO_UPWARD_URL"),
        ({**PRODUCTION, "HOCVUSO_UPWARD_URL": "https://a.vn"}, "HOCVUSO_UPWARD_KEY: đã đặt HOCVUSO_UPWARD_URL"),
        ({**PRODUCTION, "HOCVUSO_UPWARD_URL": "http://a.vn"}, "HOCVUSO_UPWARD_URL: phải là một địa chỉ https://"),
        ({"HOCVUSO_SMTP_HOST": "localhost"}, "HOCVUSO_SMTP_FROM: đã đặt HOCVUSO_SMTP_HOST"),
        ({"HOCVUSO_ZALO_URL": "https://a.vn/tin"}, "HOCVUSO_ZALO_URL: đã đặt thì phải có đủ"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named_in_one_line(tmp_path: Path, given: dict[str, str], says: str) -> None:
    done = start(tmp_path, **given)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(f"hocvuso: {says}")
    assert len(done.stderr.splitlines()) == 1


def test_a_home_that_cannot_be_made_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("", encoding="utf-8")
    for home in (tmp_path / "tep", tmp_path / "tep" / "nha"):
        done = start(home)
        assert done.returncode == 2, done.stderr
        assert done.stderr.startswith(f"hocvuso: HOCVUSO_HOME={home}: không tạo được thư mục")
