"""Boards, breakdowns, maps, their files, flags: what they show, to whom, and in which order."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hocvuso.audit.models import Entry
from hocvuso.lib.sheets import rows_of_spreadsheet
from hocvuso.measure.flagfiles import FlagSheet, write_flags
from hocvuso.measure.flags import Flag, Severity
from hocvuso.measure.models import FlagReview
from hocvuso.measure.queries.flags import FLAG_FILE
from hocvuso.people.actions import end_role
from hocvuso.people.models import Account
from hocvuso.places.models import Unit
from tests.make.people import TODAY, signed_in
from tests.make.places import Country

pytestmark = pytest.mark.django_db

SKILL = "iii-2-4-nam-nguoi-lon-co-ky-nang"
PROVINCE, EA_KAR = reverse("board", args=["66"]), reverse("board", args=["24373"])


def _page(client: Client, address: str, **asked: str) -> Any:
    answer = client.get(address, asked)
    assert answer.status_code == 200, address
    return lxml.html.document_fromstring(answer.content.decode())


def _rows(page: Any, section: str) -> list[str]:
    """The first cell of each row of a section's table."""
    return [
        " ".join(cell.text_content().split()) for cell in page.xpath(f"//*[@aria-labelledby='{section}']//tbody/tr/th")
    ]


# --- the board --------------------------------------------------------------------------------------------------------------------------


def test_the_way_in_is_the_own_place(office: dict[str, Account]) -> None:
    for who, name in (("hoa", "Xã Ea Kar"), ("binh", "Tỉnh Đắk Lắk"), ("mai", "Trường THPT Ea Kar")):
        assert _page(signed_in(office[who]), reverse("boards")).xpath("//h1")[0].text_content() == name


def test_the_three_grades_stand_side_by_side(office: dict[str, Account]) -> None:
    page = _page(signed_in(office["hoa"]), EA_KAR)
    table = page.xpath("//*[@aria-labelledby='chi-tieu']//table")[0]
    heads = [" ".join(cell.text_content().split()) for cell in table.xpath(".//thead//th")]
    assert heads[2:6] == ["Có minh chứng", "Nhập từ hệ thống khác", "Đơn vị tự báo cáo", "Chênh lệch"]
    row = next(row for row in table.xpath(".//tbody/tr") if "có kỹ năng số cơ bản" in row.text_content())
    assert [cell.text_content().strip() for cell in row.xpath("./td")][1:5] == ["1", "—", "—", "—"]


def test_the_comparison_sorts_by_its_headings_and_says_so(office: dict[str, Account]) -> None:
    client = signed_in(office["binh"])
    page = _page(client, PROVINCE, **{"chi-tieu": SKILL, "xep": "minh-chung", "chieu": "giam"})
    assert _rows(page, "so-sanh")[:2] == ["Xã Ea Kar", "Xã Ea Knốp"]
    sorted_by = page.xpath("//*[@aria-labelledby='so-sanh']//th[@aria-sort='descending']")
    assert [head.text_content().strip() for head in sorted_by] == ["Có minh chứng"]
    up = _page(client, PROVINCE, **{"chi-tieu": SKILL, "xep": "minh-chung", "chieu": "tang"})
    assert _rows(up, "so-sanh")[:2] == ["Xã Ea Knốp", "Xã Ea Kar"]
    link = up.xpath("//*[@aria-labelledby='so-sanh']//th[@aria-sort='ascending']/a/@href")[0]
    assert "chieu=giam" in link
    assert SKILL in link


def test_what_is_new_this_week_is_told(office: dict[str, Account]) -> None:
    page = _page(signed_in(office["hoa"]), EA_KAR)
    assert any("có kỹ năng số" in row for row in _rows(page, "tuan-nay"))


def test_a_plan_or_target_that_is_not_there_is_not_found(office: dict[str, Account]) -> None:
    client = signed_in(office["hoa"])
    for asked in ({"ke-hoach": "khong-co"}, {"chi-tieu": "khong-co"}):
        assert client.get(EA_KAR, asked).status_code == 404


def test_a_villages_weeks_are_for_who_may_see_its_people(office: dict[str, Account]) -> None:
    village = reverse("board", args=["24373-01"])
    assert "mỗi bước của đường này" in signed_in(office["binh"]).get(village, {"chi-tieu": SKILL}).content.decode()
    assert "mỗi bước của đường này" not in signed_in(office["hoa"]).get(village, {"chi-tieu": SKILL}).content.decode()
    files = reverse("board_file", args=["24373-01", "duong-di", "csv"])
    assert signed_in(office["binh"]).get(files, {"chi-tieu": SKILL}).status_code == 404
    assert signed_in(office["hoa"]).get(files, {"chi-tieu": SKILL}).status_code == 200


# --- breakdown and map ------------------------------------------------------------------------------------------------------------------


def test_a_figure_in_parts_shows_small_numbers_and_says_what_they_are_for(office: dict[str, Account]) -> None:
    page = _page(signed_in(office["hoa"]), reverse("breakdown", args=["24373", "adult_skill"]))
    assert _rows(page, "sex") == ["Nữ"]
    assert _rows(page, "age") == ["18–59 tuổi"]
    assert "không gửi ra ngoài" in page.text_content()


@pytest.mark.parametrize("metric", ["khong-co", "commune_class", "village_team"])
def test_only_what_counts_persons_so_far_has_parts(office: dict[str, Account], metric: str) -> None:
    assert signed_in(office["hoa"]).get(reverse("breakdown", args=["24373", metric])).status_code == 404


@pytest.mark.parametrize("place", ["66", "VN"])
def test_a_map_draws_and_names_both_archipelagos_and_says_its_figures_as_a_table(
    office: dict[str, Account], land: Country, place: str
) -> None:
    for unit, lat, lon in ((land.ea_kar, 12.81, 108.45), (land.ea_knop, 12.78, 108.5), (land.province, 12.7, 108.3)):
        Unit.objects.filter(pk=unit.pk).update(lat=lat, lon=lon)
    page = _page(signed_in(office["binh"]), reverse("board_map", args=[place]))
    drawing = page.xpath("//figure[@class='map']/svg")[0]
    assert {"QĐ. Hoàng Sa", "QĐ. Trường Sa"} <= {text.text_content() for text in drawing.xpath(".//text")}
    assert drawing.xpath("./title")
    assert drawing.xpath("./desc")
    named = {title.text_content().rpartition(":")[0] for title in drawing.xpath(".//g/title")}
    assert named == set(_rows(page, "so-sanh")) == ({"Xã Ea Kar", "Xã Ea Knốp"} if place == "66" else {"Tỉnh Đắk Lắk"})


def test_there_is_no_map_of_a_commune(office: dict[str, Account]) -> None:
    assert signed_in(office["hoa"]).get(reverse("board_map", args=["24373"])).status_code == 404


# --- files and marks --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["chi-tieu", "cac-bac", "so-sanh", "duong-di", "dau-hieu"])
def test_each_table_is_a_file_with_place_and_day(office: dict[str, Account], table: str) -> None:
    client = signed_in(office["binh"])
    text = client.get(reverse("board_file", args=["66", table, "csv"]), {"chi-tieu": SKILL})
    rows = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert rows[1] == ["Nơi: Tỉnh Đắk Lắk (mã 66)"]
    assert rows[2] == ["Đến ngày: 17/10/2025"]
    book = client.get(reverse("board_file", args=["66", table, "xlsx"]), {"chi-tieu": SKILL})
    again = rows_of_spreadsheet(book.content)
    assert again is not None
    assert len(again) == len(rows)
    assert re.search(rf'filename="{table}-66-2025-10-17\.xlsx"', book.headers["Content-Disposition"])


def test_a_file_says_when_its_data_is_simulated(office: dict[str, Account], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hocvuso.web.office.board_sheets.database_is_simulated", lambda: True)
    text = (
        signed_in(office["hoa"]).get(reverse("breakdown_file", args=["24373", "adult_skill", "csv"])).content.decode()
    )
    assert "DỮ LIỆU MÔ PHỎNG" in text


@pytest.mark.parametrize(("table", "form"), [("khong-co", "csv"), ("chi-tieu", "pdf")])
def test_a_table_that_is_not_there_is_not_found(office: dict[str, Account], table: str, form: str) -> None:
    assert signed_in(office["hoa"]).get(reverse("board_file", args=["24373", table, form])).status_code == 404


def test_who_has_the_page_already_is_told_so(office: dict[str, Account]) -> None:
    client = signed_in(office["hoa"])
    first = client.get(EA_KAR)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(EA_KAR, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_mark_is_of_this_person_role_language_and_day(office: dict[str, Account], land: Country) -> None:
    mark = signed_in(office["binh"]).get(PROVINCE).headers["ETag"]
    assert signed_in(office["ha"]).get(PROVINCE, headers={"if-none-match": mark}).status_code == 200
    client = signed_in(office["binh"])
    mine = client.get(PROVINCE).headers["ETag"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get(PROVINCE, headers={"if-none-match": mine}).status_code == 200
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
    assert client.get(PROVINCE, headers={"if-none-match": mine}).status_code == 304
    assert client.get(PROVINCE, {"xep": "noi"}, headers={"if-none-match": mine}).status_code == 200
    end_role(office["binh"].roles.get(), by=":test", today=TODAY)
    assert client.get(PROVINCE, headers={"if-none-match": mine}).status_code in (200, 404)


# --- flags ------------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def flags(office: dict[str, Account], land: Country, measure_dir: Path) -> list[Flag]:
    """One sign at each commune."""
    found = [
        Flag(
            "falls", unit.path, "adult_skill", "", (dt.date(2025, 10, 6), dt.date(2025, 10, 13)),
            {"before": 40, "now": 30, "drop": 10, "on": "13/10/2025", "on_before": "06/10/2025"}, Severity.MEDIUM,
        )
        for unit in (land.ea_kar, land.ea_knop)
    ]  # fmt: skip
    write_flags(FlagSheet("thu", TODAY, tuple(found)), measure_dir / FLAG_FILE)
    return found


def test_flags_of_the_line_above_come_without_the_neighbours(office: dict[str, Account], flags: list[Flag]) -> None:
    def shown(who: str, address: str) -> list[str]:
        links = _page(signed_in(office[who]), address).xpath("//section[@aria-labelledby='dau-hieu']//ul//a/@href")
        return [link.split("/")[3] for link in links]

    assert sorted(shown("binh", PROVINCE)) == ["24373", "24400"]
    assert shown("hoa", PROVINCE) == ["24373"]
    assert shown("hoa", EA_KAR) == ["24373"]
    assert shown("mai", EA_KAR) == ["24373"]


def test_a_flag_says_what_to_look_at_and_takes_a_persons_judgement(
    office: dict[str, Account], flags: list[Flag]
) -> None:
    client = signed_in(office["hoa"])
    address = reverse("flag", args=["24373", flags[0].key])
    page = client.get(address).content.decode()
    assert "giảm 10" in page
    assert "Dấu hiệu không phải kết luận" in page
    assert client.post(address, {"verdict": "explained"}).status_code == 400  # to settle it takes a reason
    assert client.post(address, {}).status_code == 400
    assert not FlagReview.objects.exists()
    mark = client.get(EA_KAR).headers["ETag"]
    said = client.post(address, {"verdict": "corrected", "note": "Bỏ 10 người trùng"}, follow=True).content.decode()
    assert "Bỏ 10 người trùng" in said
    assert client.get(EA_KAR, headers={"if-none-match": mark}).status_code == 200  # the board has changed
    assert Entry.objects.filter(verb="review_flag", actor=office["hoa"].actor).count() == 1
    client.post(address, {"verdict": "open"})
    assert [row.verdict for row in FlagReview.objects.order_by("recorded_at", "pk")] == ["corrected", "open"]


def test_a_stranger_finds_no_flag_and_the_steering_committee_only_reads(
    office: dict[str, Account], flags: list[Flag]
) -> None:
    address = reverse("flag", args=["24373", flags[0].key])
    assert signed_in(office["tuan"]).get(address).status_code == 404
    assert (
        signed_in(office["tuan"]).get(reverse("flag", args=["66", flags[0].key])).status_code == 404
    )  # by the line above
    ha = signed_in(office["ha"])
    assert ha.get(address).status_code == 200
    assert ha.post(address, {"verdict": "open"}).status_code == 404
    assert signed_in(office["mai"]).post(address, {"verdict": "open"}).status_code == 404
    assert signed_in(office["binh"]).get(reverse("flag", args=["66", flags[0].key])).headers["Location"] == address
    assert signed_in(office["binh"]).get(reverse("flag", args=["66", "khong-co"])).status_code == 404
