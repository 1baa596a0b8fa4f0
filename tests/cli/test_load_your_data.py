"""The page “load your data” does what it says: its files load one after the other into an empty province, and become figures."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from hocvuso.cli import hocvuso
from hocvuso.evidence.models import Evidence
from hocvuso.places.models import Level
from hocvuso.places.rules import LONG_AGO
from tests.make.places import unit

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "load-your-data.md"


@pytest.mark.django_db
@pytest.mark.usefixtures("measure_dir")
def test_the_files_of_the_page_load_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nation = unit("VN", "Việt Nam", Level.NATION, "quốc gia", None, valid_from=LONG_AGO)
    province = unit("66", "Tỉnh Đắk Lắk", Level.PROVINCE, "tỉnh", nation)
    for code, name in (("24373", "Xã Ea Kar"), ("24163", "Phường Tân Lập")):
        unit(code, name, Level.COMMUNE, "xã", province)
    page = PAGE.read_text(encoding="utf-8")
    files = re.findall(r"^`([\w-]+\.(?:csv|yaml))`.*?^```(?:csv|yaml)\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL)
    assert len(files) == 6
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    loading = re.findall(r"^hocvuso ((?:places|people|evidence) .*\.(?:csv|yaml).*)$", page, flags=re.MULTILINE)
    assert len(loading) == 6
    for line in loading:
        words = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)]
        for trial in (["--dry-run"], []):
            done = CliRunner().invoke(hocvuso, [*words, *trial], catch_exceptions=False)
            assert done.exit_code == 0, line
            assert " 0 đã có" in done.output
    assert Evidence.objects.count() == 4
    shown = CliRunner().invoke(hocvuso, ["measure", "show", "--unit", "24373", "--json"], catch_exceptions=False)
    figures = {row["metric"]: row for row in json.loads(shown.output)["figures"]}
    reached = figures["adult_reached"]
    assert (reached["proven"], reached["declared"]["count"], reached["population"]["count"]) == (1, 400, 594)
    assert [figures[key]["proven"] for key in ("adult_guided", "village_team", "digital_family")] == [1, 1, 1]
