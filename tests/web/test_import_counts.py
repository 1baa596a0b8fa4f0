"""Counts of outside systems: looked at first, kept when somebody says so; one wrong line, and nothing of the file is kept."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from hocvuso.audit.models import Entry
from hocvuso.evidence.models import StatedCount
from hocvuso.measure.rules import Ask
from hocvuso.people.models import Account
from hocvuso.places.rules import Group
from tests.make.measure import figure_at
from tests.make.people import signed_in
from tests.make.places import Country, population

pytestmark = pytest.mark.django_db

ADDRESS = reverse("import_counts")
HEAD = "Mã đơn vị,Ngày,Số lũy kế\n"


def _look(client: Client, text: str | bytes, *, name: str = "vneid.csv", **form: str) -> HttpResponse:
    body = text if isinstance(text, bytes) else text.encode()
    told = {"metric": "adult_confirmed", "source": "cong-an-tinh", **form}
    return client.post(ADDRESS, {**told, "file": SimpleUploadedFile(name, body)})  # type: ignore[return-value]


def _seen(answer: HttpResponse) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


@pytest.fixture
def hoa(office: dict[str, Account]) -> Client:
    return signed_in(office["hoa"])


def test_a_file_is_looked_at_and_then_kept(hoa: Client, office: dict[str, Account], land: Country) -> None:
    looked = _look(hoa, f"{HEAD}24373,16/10/2025,2\n24373-01,2025-10-16,1\n")
    assert looked.status_code == 200
    assert "2 số mới" in looked.content.decode()
    assert not StatedCount.objects.exists()
    done = hoa.post(ADDRESS, {"seen": _seen(looked)}, follow=True)
    assert "Đã nhập 2 số" in done.content.decode()
    assert set(StatedCount.objects.values_list("source", "by", "on")) == {
        ("cong-an-tinh", office["hoa"].actor, dt.date(2025, 10, 16))
    }
    assert Entry.objects.filter(verb="state_counts").count() == 1
    shown = figure_at(land.ea_kar, "adult_confirmed")
    assert shown.imported is not None
    assert (shown.imported.count, shown.imported.on) == (2, dt.date(2025, 10, 16))
    assert Ask("adult_confirmed").level == ""


def test_the_same_file_again_changes_nothing_and_a_correction_stands_beside_the_old_count(
    hoa: Client, land: Country
) -> None:
    for count, said in ((2, "1 số mới"), (2, "1 số đã có"), (3, "thay cho 2"), (2, "thay cho 3")):
        looked = _look(hoa, f"{HEAD}24373,16/10/2025,{count}\n")
        assert said in looked.content.decode()
        hoa.post(ADDRESS, {"seen": _seen(looked)})
    assert list(StatedCount.objects.order_by("recorded_at", "id").values_list("count", flat=True)) == [2, 3, 2]
    imported = figure_at(land.ea_kar, "adult_confirmed").imported
    assert imported is not None
    assert imported.count == 2


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("99999,16/10/2025,1\n", "dòng 2: cột “Mã đơn vị”: không có đơn vị"),
        ("24400,16/10/2025,1\n", "dòng 2: cột “Mã đơn vị”: không có đơn vị"),  # the neighbour's
        ("66,16/10/2025,1\n", "dòng 2: cột “Mã đơn vị”: không có đơn vị"),  # above one's own
        ("24373-01,16/10/2025,2\n24373,16/10/2025,4\n", "dòng 3: cột “Số lũy kế”: 4 nhiều hơn số người"),
        ("24373,18/10/2025,1\n", "dòng 2: cột “Ngày”: ngày chưa đến"),
        ("24373,30/06/2025,1\n", "dòng 2: cột “Ngày”: đơn vị này có từ ngày 01/07/2025"),
        ("24373,31/02/2025,1\n", "dòng 2: cột “Ngày” phải là ngày"),
        ("24373,10-2025,1\n", "dòng 2: cột “Ngày” phải là ngày"),
        ("24373,16/10/2025,1.2\n", "dòng 2: cột “Số lũy kế” phải là số nguyên"),
        ("24373,16/10/2025,\n", "dòng 2: cột “Số lũy kế” phải là số nguyên"),
        ("24373,16/10/2025\n", "dòng 2: số cột không khớp"),
        ("24373,16/10/2025,1\n24373,16/10/2025,2\n", "dòng 3: trùng"),
        ("", "không có dòng số liệu nào"),
    ],
)
def test_one_wrong_line_is_named_and_nothing_is_kept(hoa: Client, lines: str, said: str) -> None:
    answer = _look(hoa, HEAD + lines)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert 'name="seen"' not in answer.content.decode()
    assert not StatedCount.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Mã,Ngày\n24373,16/10/2025\n", "dòng 1: thiếu cột “Số lũy kế”"),
        ("Xã,Ngày,Số\nEa Kar,16/10/2025,1\n", "dòng 1: thiếu cột “Mã đơn vị”"),
        (b"\xff\xfe\x00", "không đọc được"),
        (b"PK\x03\x04 cut short", "không đọc được"),
        ("", "Hãy chọn một tệp"),
    ],
)
def test_a_file_of_another_form_is_refused_in_words(hoa: Client, data: str | bytes, said: str) -> None:
    answer = _look(hoa, data)
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_excel_and_semicolons_are_read_too(hoa: Client) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_row(0, 0, ["Ngày", "Tên xã", "Mã xã", "Lũy kế"])
    page.write_datetime(1, 0, dt.date(2025, 10, 16), day)
    page.write_row(1, 1, ["Xã Ea Kar", 24373, 3])
    book.close()
    assert "1 số mới" in _look(hoa, file.getvalue(), name="vneid.xlsx").content.decode()
    assert "1 số mới" in _look(hoa, "\ufeffMã đơn vị;Ngày;Số\r\n24373;16/10/2025;3\r\n").content.decode()


def test_a_plain_count_of_people_is_held_against_the_residents(hoa: Client, land: Country) -> None:
    population(land.villages[0], Group.RESIDENTS, 4)
    figure_at(land.ea_kar, "adult_skill")
    assert _look(hoa, f"{HEAD}24373,16/10/2025,4\n", metric="youth_vn_domain").status_code == 200
    assert _look(hoa, f"{HEAD}24373,16/10/2025,5\n", metric="youth_vn_domain").status_code == 400


def test_what_a_unit_declares_needs_its_document(hoa: Client) -> None:
    text = f"{HEAD}24373,16/10/2025,1\n"
    assert "phải kèm số, ngày văn bản" in _look(hoa, text, source="don-vi-bao-cao").content.decode()
    assert _look(hoa, text, source="don-vi-bao-cao", document="12/BC-UBND").status_code == 200


def test_sources_of_evidence_of_ones_own_and_unknown_metrics_are_not_offered(hoa: Client) -> None:
    text = f"{HEAD}24373,16/10/2025,1\n"
    for form in ({"source": "hoc-vu-so"}, {"source": "mo-phong-ngoai"}, {"metric": "commune_class"}, {"metric": ""}):
        assert _look(hoa, text, **form).status_code == 400


def test_what_was_looked_at_can_be_kept_by_the_same_person_only(hoa: Client, office: dict[str, Account]) -> None:
    seen = _seen(_look(hoa, f"{HEAD}24373,16/10/2025,1\n"))
    for client, told in (
        (signed_in(office["tuan"]), seen),
        (signed_in(office["binh"]), seen),
        (hoa, f"{seen}x"),
        (hoa, "x"),
    ):
        assert "Chưa có gì được giữ" in client.post(ADDRESS, {"seen": told}, follow=True).content.decode()
    assert not StatedCount.objects.exists()


def test_the_province_brings_counts_for_all_its_communes(office: dict[str, Account]) -> None:
    answer = _look(signed_in(office["binh"]), f"{HEAD}24373,16/10/2025,1\n24400,16/10/2025,2\n66,16/10/2025,4\n")
    assert "3 số mới" in answer.content.decode()
