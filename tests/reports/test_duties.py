"""Each reporting duty of the plans gives a document: opened again, it is in its issuer's form and holds the figures of `measure show`."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from django.db import transaction
from django.test import override_settings
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from hocvuso.cli import hocvuso
from hocvuso.lib import clock
from hocvuso.lib.sheets import rows_of_spreadsheet
from hocvuso.lib.text import NBSP, fold
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.measure.actions import refresh_measure
from hocvuso.places.models import Level, OrganisationKind, Place
from hocvuso.places.rules import Group
from hocvuso.plans.actions import adopt_plan, read_plan_file
from hocvuso.plans.queries import duty_named
from hocvuso.reports.documents.docx_writer import write_docx
from hocvuso.reports.documents.layout import SIMULATED_MARK
from hocvuso.reports.documents.library import shipped
from hocvuso.reports.documents.periodic import TO_BE_ADDED, periodic_report
from hocvuso.reports.documents.workbook import report_workbook
from hocvuso.reports.queries import report_content
from hocvuso.reports.rules import ReportContent, cell
from tests.make.evidence import fact, passed, unit_fact
from tests.make.measure import stated
from tests.make.people import person
from tests.make.places import country, organisation, population, unit

PLANS = Path(__file__).parents[2] / "hocvuso" / "data" / "plans"
AFTER_ALL = dt.date(2026, 7, 27)
DUTIES = [
    f"{path.stem}/{duty['key']}" for path in sorted(PLANS.glob("*.yaml")) for duty in read_yaml(path).get("duties", [])
]
# Bodies that bear the weekly report of Đắk Lắk and have a form of their own: name → system of documents, symbol, last line of signing.
BODIES = {
    "Văn phòng Tỉnh ủy": ("party", "BC/VPTU", "CHÁNH VĂN PHÒNG"),
    "Tỉnh đoàn": ("youth", "BC/TĐTN", "BÍ THƯ"),
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh": ("front", "BC-MTTQ-BTT", "CHỦ TỊCH"),
    "Liên đoàn Lao động tỉnh": ("union", "BC-LĐLĐ", "CHỦ TỊCH"),
    "Hội Liên hiệp Phụ nữ tỉnh": ("association", "BC-BTV", "CHỦ TỊCH"),
    "Hội Nông dân tỉnh": ("farmers", "BC/HNDT", "CHỦ TỊCH"),
    "Công an tỉnh": ("state", "BC-CAT", "GIÁM ĐỐC"),
}
pytestmark = pytest.mark.django_db  # so that there is a database; only `made` needs it
WEEKLY = "dak-lak-100-ngay/v1-hang-tuan"


@dataclass(frozen=True)
class Made:
    content: ReportContent
    shown: dict[str, dict[str, Any]]  # what `measure show` says of the same place and day, by target


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Made]]:
    """Every duty's content at the plan's own unit, at a commune and at bodies of every system: made once, for all tests here."""
    folder = tmp_path_factory.mktemp("measure")
    with (
        django_db_blocker.unblock(),
        override_settings(MEASURE_DIR=folder),
        clock.standing_on(AFTER_ALL),
        transaction.atomic(),
    ):
        places = _country()
        yield {name: _made(key, place) for name, key, place in _wanted(places)}
        transaction.set_rollback(True)


def _country() -> dict[str, Place]:
    land = country()
    places: dict[str, Place] = {"66": land.province, "24373": land.ea_kar}
    for code, name in (("15", "Tỉnh Lào Cai"), ("52", "Tỉnh Gia Lai"), ("19", "Tỉnh Thái Nguyên")):
        places[code] = unit(code, name, Level.PROVINCE, "tỉnh", land.nation)
    ward = unit("05890", "Phường Vạn Xuân", Level.COMMUNE, "phường", places["19"])  # type: ignore[arg-type]
    ward.short_name = "Vạn Xuân"
    ward.save()
    places["05890"] = ward
    symbols = {"Văn phòng Tỉnh ủy": "VPTU", "Công an tỉnh": "CAT"}
    for number, name in enumerate(BODIES):
        code, symbol = f"66-x{number}", symbols.get(name, "")
        places[name] = organisation(code, name, OrganisationKind.AGENCY, land.ea_kar, land.province, symbol)
    for path in sorted(PLANS.glob("*.yaml")):
        adopt_plan(read_plan_file(path), by=":test", today=dt.date(2025, 7, 15))
    population(land.villages[0], Group.ADULTS, 10, source="mô phỏng")
    population(land.villages[2], Group.ADULTS, 30)
    for name, day, village in (("a", 1, 0), ("b", 9, 0), ("c", 12, 0), ("d", 14, 2)):
        fact(person(name, land.villages[village]), "info_contact", on=dt.date(2025, 10, day))
    passed(person("a", land.villages[0]), on=dt.date(2025, 10, 13))
    unit_fact(land.ea_kar, "committee_founded", on=dt.date(2025, 7, 28))
    stated(land.ea_kar, "adult_confirmed", 8, on=dt.date(2025, 10, 14), source="cong-an-tinh")
    stated(land.ea_kar, "adult_reached", 9, on=dt.date(2025, 10, 14))
    refresh_measure()
    return places


def _wanted(places: dict[str, Place]) -> Iterator[tuple[str, str, Place]]:
    for key in DUTIES:
        duty = duty_named(key)
        yield key, key, places[duty.plan.unit.code]
        if duty.borne_by == "communes_and_agencies" and duty.plan.key.startswith("dak-lak"):
            yield f"{key} at a commune", key, places["24373"]
    for name in BODIES:
        yield name, WEEKLY, places[name]


def _made(key: str, place: Place) -> Made:
    duty = duty_named(key)
    usual = {"weekly": dt.date(2025, 10, 17), "adhoc": dt.date(2025, 10, 17), "final": dt.date(2025, 11, 14)}
    content = report_content(duty, place, due=usual.get(duty.frequency, dt.date(2025, 12, 25)))
    option = "--org" if place.code.startswith("66-x") else "--unit"
    words = [
        "measure",
        "show",
        option,
        place.code,
        "--on",
        content.span.last.isoformat(),
        "--plan",
        duty.plan.key,
        "--json",
    ]
    said = CliRunner().invoke(hocvuso, words, catch_exceptions=False)
    rows = json.loads(said.output)["figures"]
    return Made(content, {target["key"]: row for row in rows for target in row["targets"]})


def opened(content: ReportContent) -> Any:
    file = io.BytesIO()
    write_docx(periodic_report(content), to=file)
    return docx.Document(file)


def _texts(package: Any) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in package.element.body.iter(qn("w:p"))]


EACH = [*DUTIES, *(f"{key} at a commune" for key in DUTIES if key.startswith("dak-lak") and "v2" not in key), *BODIES]


def test_no_duty_is_left_out(made: dict[str, Made]) -> None:
    assert len(DUTIES) == 17
    assert set(EACH) == set(made)


@pytest.mark.parametrize("name", EACH)
def test_the_document_is_in_its_form_and_holds_the_figures(made: dict[str, Made], name: str) -> None:
    content, shown = made[name].content, made[name].shown
    form = shipped().forms[content.issuer.form]
    package = opened(content)
    found = _texts(package)
    for section in package.sections:
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(one / Mm(1)) for one in margins] == [
            form.margins.top, form.margins.bottom, form.margins.left, form.margins.right,
        ]  # fmt: skip
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml
    for style in package.styles:
        if style.style_id in form.styles:
            look = form.styles[style.style_id]
            assert (style.font.size, bool(style.font.bold)) == (Pt(look.size), look.bold), style.style_id
    heading = [line.text for line in form.heading] or [content.issuer.agency.replace("\n", "")]
    order = [
        *heading,
        "BÁO CÁO",
        SIMULATED_MARK,
        f"{form.numeral(1, 1)} ",
        "Nơi nhận:",
        content.issuer.authority[-1],
        "Phụ lục",
    ]
    places = [next(n for n, text in enumerate(found) if text.startswith(words)) for words in order]
    assert places == sorted(places), order
    assert content.simulated
    assert _figures_in(package) == _figures_shown(content, shown)
    assert not any(TO_BE_ADDED in text for text in found)
    assert not any("{" in text or "None" in text for text in found)
    assert (
        shipped().lacks(plan=content.plan, duty=content.duty, frequency=content.frequency, contents=content.contents)
        == ()
    )


def _figures_in(package: Any) -> list[tuple[str, ...]]:
    """Of the annex: proven, imported, declared, denominator of each target."""
    table = next(one for one in package.tables if "Kỳ này" in [cell.text for cell in one.rows[0].cells])
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    return sorted((r[1], r[4], r[5], r[6], r[7]) for r in rows if r[0].isdigit() and r[3] != "–")


def _figures_shown(content: ReportContent, shown: dict[str, dict[str, Any]]) -> list[tuple[str, ...]]:
    """The same by the command line; a target without a metric has no row there."""
    found = []
    for line in content.lines:
        if line.counts_communes or line.headline == "imported":
            continue
        row: dict[str, Any] = shown.get(line.key, {})
        others: list[int | None] = [
            (row.get(grade) or {}).get("count") for grade in ("imported", "declared", "population")
        ]
        counts = [row.get("proven"), *others[:2], others[2] or None]  # nobody to count: no denominator
        found.append((line.title, *(cell(one) for one in counts)))
    return sorted(found)


@pytest.mark.parametrize("name", BODIES)
def test_each_body_writes_as_its_own_system_does(made: dict[str, Made], name: str) -> None:
    system, symbol, office = BODIES[name]
    content = made[name].content
    form = shipped().forms[content.issuer.form]
    document = periodic_report(content)
    assert (form.system, content.issuer.symbol, content.issuer.authority[-1]) == (system, symbol, office)
    found = _texts(opened(content))
    country_name = any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text for text in found)
    assert country_name is (system in {"state", "front", "union", "association"})
    number = next(text for text in found if text.startswith("Số"))
    before = {"party": "Số -", "farmers": "Số -", "youth": "Số: -"}.get(system, "Số: /")
    assert number.replace(NBSP, "") == f"{before}{symbol}"
    last_words = next(text for text in found if "kính gửi" in text)
    assert last_words.endswith("." if system == "party" else "./.")
    assert document.subject[0] == ("k" if system == "party" else "K")


def test_the_party_committees_office_reports_in_the_partys_form(made: dict[str, Made]) -> None:
    content = made["yen-bai-ke-hoach/vi-9-bao-cao-thang"].content
    assert (content.issuer.parent_agency, content.issuer.agency) == ("TỈNH ỦY LÀO CAI", "VĂN PHÒNG")
    assert content.issuer.recipients == (
        "Thường trực Ban Chỉ đạo (b/c)", "Lãnh đạo Văn phòng Tỉnh ủy", "Lưu Văn phòng Tỉnh ủy",
    )  # fmt: skip
    found = _texts(opened(content))
    assert "Số " + NBSP * 6 + "-BC/VPTU" in found
    assert "I- Tiến độ thực hiện" in found
    assert "*" in found
    assert "-----" in found
    assert not any("CỘNG HÒA" in text for text in found)


def test_a_later_day_takes_the_newer_guide_of_the_party(made: dict[str, Made]) -> None:
    old, _body = shipped().form_for("Văn phòng Tỉnh ủy", kind="office", on=dt.date(2026, 5, 26))
    new, _body = shipped().form_for("Văn phòng Tỉnh ủy", kind="office", on=dt.date(2026, 5, 27))
    assert (old.styles["CountryName"].size, new.styles["CountryName"].size) == (15, 14)


def test_a_wards_office_reports_to_both_who_are_named(made: dict[str, Made]) -> None:
    issuer = made["van-xuan-2025-2026/vi-1-bao-cao-quy"].content.issuer
    assert (issuer.parent_agency, issuer.symbol) == ("ỦY BAN NHÂN DÂN\nPHƯỜNG VẠN XUÂN", "BC-VHXH")
    assert fold(issuer.agency.replace("\n", " ")).startswith("phong van hoa")
    assert issuer.authority == ("TRƯỞNG PHÒNG",)
    assert issuer.recipients[:2] == ("UBND phường (b/c)", "Sở Khoa học và Công nghệ (b/c)")


def test_who_collects_the_reports_does_not_send_to_itself(made: dict[str, Made]) -> None:
    quarterly = made["yen-bai-ke-hoach/vi-1-bao-cao-quy-don-vi"].content.issuer
    assert (quarterly.agency, quarterly.to) == ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", ("Ban Chỉ đạo tỉnh",))
    assert made[WEEKLY].content.issuer.to == ("UBND tỉnh Đắk Lắk",)


def test_the_spreadsheet_holds_the_annex_as_numbers_with_its_sources(made: dict[str, Made]) -> None:
    content = made[f"{WEEKLY} at a commune"].content
    book = report_workbook(content)
    assert book == report_workbook(content)
    rows = rows_of_spreadsheet(book)
    assert rows is not None
    said = "\n".join(str(row[0]) for row in rows)
    for words in (
        SIMULATED_MARK,
        "gửi ngày 17/10/2025",
        "từ ngày 10/10/2025 đến ngày 16/10/2025",
        "không cộng với nhau",
    ):
        assert words in said
    head = next(row for row in rows if row[0] == "Chỉ tiêu")
    reached = next(
        dict(zip(head, row, strict=False)) for row in rows if "tiếp cận thông tin" in str(row[0]) and row[4] != ""
    )
    assert (reached["Kỳ này"], reached["Lũy kế (có minh chứng)"], reached["Tự báo cáo"], reached["Mẫu số"]) == (
        1,
        3,
        9,
        10,
    )
    assert reached["Ngày tự báo cáo"] == dt.date(2025, 10, 14)
    assert "Nguồn số nhập: " in said
