"""Lists that offices send, through the console: a whole file or nothing, twice the same as once, refusals by file and line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hocvuso.audit.models import Entry
from hocvuso.evidence.models import Evidence, StatedCount
from hocvuso.people.models import Person
from hocvuso.places.models import Level, Organisation, Population, Unit
from hocvuso.places.rules import Group
from tests.cli.conftest import Say
from tests.make.evidence import fact
from tests.make.people import person
from tests.make.places import Country, population

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.usefixtures("measure_dir")]


@dataclass(frozen=True)
class Sheet:
    """One kind of list: how it is loaded, its header, two good lines, and how many rows there are."""

    command: tuple[str, ...]
    header: str
    good: tuple[str, str]
    rows: Callable[[], int]
    name: str = "ds.csv"

    def file(self, folder: Path, *lines: str, header: str = "") -> Path:
        path = folder / self.name
        path.write_text("\n".join((header or self.header, *lines)) + "\n", encoding="utf-8")
        return path

    def words(self, path: Path) -> tuple[object, ...]:
        return (*self.command[:2], path, *self.command[2:])


EVIDENCE = Sheet(
    ("evidence", "load", "--source", "to-cong-nghe-so"),
    "ref,kind,subject_type,subject,on,level,skill,detail,unit",
    (
        'l1,info_contact,person,danh-sach/lan,2025-10-01,,,"{""channel"": ""loa""}",',
        "l2,family_taught,household,Hộ số 12,2025-10-02,,,,24373-01",
    ),
    Evidence.objects.count,
)
STATED = Sheet(
    ("evidence", "state", "--source", "don-vi-bao-cao"),
    "ref,metric,place_type,place,on,count,document",
    (
        "b1,adult_reached,unit,24373,2025-10-10,120,12/BC-UBND",
        "b2,official_trained,org,24373-ubnd,2025-10-10,7,12/BC-UBND",
    ),
    StatedCount.objects.count,
)
VILLAGES = Sheet(
    ("places", "villages"),
    "commune,code,name,kind,lat,lon,valid_from",
    ("24373,24373-11,Buôn Trưng,buôn,12.81,108.45,2025-07-01", "24373,24373-12,Thôn 12,Thôn,,,2025-07-01"),
    lambda: Unit.objects.filter(level=Level.VILLAGE).count(),
)
HEADCOUNTS = Sheet(
    ("places", "count", "--source", "Công an tỉnh"),
    "place_type,place,group,on,count",
    ("unit,24373-01,adults,2025-09-01,310", "org,24373-ubnd,officials,2025-09-01,25"),
    Population.objects.count,
)
PEOPLE = Sheet(
    ("people", "load", "--source", "danh-sach"),
    "ref,name,birth_year,sex,unit,org,group,identity_number",
    ("h1,Nguyễn Thị Hạnh,1990,f,24373-01,,,", "h2,Trần Minh,,,,24373-ubnd,officials,066090001234"),
    Person.objects.count,
)
ALL = {"evidence": EVIDENCE, "stated": STATED, "villages": VILLAGES, "headcounts": HEADCOUNTS, "people": PEOPLE}

each = pytest.mark.parametrize("kind", ALL.values(), ids=ALL)


@pytest.fixture(autouse=True)
def lan(land: Country) -> Person:
    return person("Lan", land.villages[0], ref="lan")


@each
def test_a_good_file_is_loaded_and_a_second_time_changes_nothing(kind: Sheet, say: Say, tmp_path: Path) -> None:
    path = kind.file(tmp_path, *kind.good)
    before = kind.rows()
    first, rows = say(*kind.words(path)), kind.rows()
    again = say(*kind.words(path))
    assert (first.code, first.err, rows - before) == (0, "", 2)
    assert "2 " in first.out
    assert "0 đã có" in first.out
    assert (again.code, kind.rows()) == (0, rows)
    assert "2 đã có" in again.out


@each
def test_a_trial_says_what_would_be_new_and_writes_nothing(kind: Sheet, say: Say, tmp_path: Path) -> None:
    path, rows, acts = kind.file(tmp_path, *kind.good), kind.rows(), Entry.objects.count()
    said = say(*kind.words(path), "--dry-run")
    assert (said.code, kind.rows(), Entry.objects.count()) == (0, rows, acts)
    assert "chưa ghi gì: sẽ có 2 " in said.out
    say(*kind.words(path))
    assert "2 đã có" in say(*kind.words(path), "--dry-run").out


@each
def test_spreadsheets_may_leave_a_mark_and_empty_rows(kind: Sheet, say: Say, tmp_path: Path) -> None:
    path = kind.file(
        tmp_path, kind.good[0], "," * kind.header.count(","), "", kind.good[1], header="\ufeff" + kind.header
    )
    assert say(*kind.words(path)).code == 0


@each
def test_a_file_that_is_no_such_list_is_refused(kind: Sheet, say: Say, tmp_path: Path) -> None:
    rows = kind.rows()
    column = kind.header.split(",")[0]
    for content, why in (
        (None, "Không đọc được tệp ds.csv"),
        (kind.header.replace(f"{column},", "khac,", 1) + "\n", f"thiếu cột {column}"),
        (kind.header.replace(",", ";") + "\n", "dấu phẩy"),
        (f"{kind.header}\n{kind.good[0]}\nthừa,thiếu\n", "dòng 3: số cột không khớp"),
        (f'{kind.header}\n{kind.good[0]}\n"chưa khép', "dòng 3: không đúng dạng CSV"),
    ):
        path = tmp_path / "ds.csv"
        if content is not None:
            path.write_text(content, encoding="utf-8")
        said = say(*kind.words(path))
        assert (said.code, kind.rows()) == (2, rows), content
        assert why in said.err
    path.write_bytes(kind.header.encode() + "\nHạnh".encode("utf-16"))
    assert "UTF-8" in say(*kind.words(path)).err


@each
def test_the_same_key_with_another_content_is_refused(kind: Sheet, say: Say, tmp_path: Path) -> None:
    changed = {"310": "311", "120": "121", "Trưng": "Trưng B", "Hạnh": "Hoa", "2025-10-01": "2025-10-03"}
    other = next(kind.good[0].replace(old, new) for old, new in changed.items() if old in kind.good[0])
    rows = kind.rows()
    said = say(*kind.words(kind.file(tmp_path, kind.good[0], kind.good[0], other)))
    assert (said.code, kind.rows()) == (2, rows)
    assert "ds.csv, dòng 4: trùng" in said.err
    assert "với dòng 2" in said.err


BAD = [
    (EVIDENCE, "x,khong-co,person,danh-sach/lan,2025-10-01,,,,", "cột kind"),
    (EVIDENCE, "x,info_contact,household,danh-sach/lan,2025-10-01,,,,", "cột subject_type"),
    (EVIDENCE, "x,info_contact,person,danh-sach/Nguyễn Thị Kín,2025-10-01,,,,", "cột subject"),
    (EVIDENCE, "x,info_contact,person,Nguyễn Thị Kín,2025-10-01,,,,", "cột subject"),
    (EVIDENCE, "x,info_contact,person,danh-sach/lan,2025-10-18,,,,", "ngày chưa đến"),
    (EVIDENCE, "x,info_contact,person,danh-sach/lan,2019-10-18,,,,", "01/01/2020"),
    (EVIDENCE, "x,info_contact,person,danh-sach/lan,01/10/2025,,,,", "2025-10-17"),
    (EVIDENCE, "x,info_contact,person,danh-sach/lan,2025-10-01,,,{Kín,", "cột detail"),
    (EVIDENCE, "x,info_contact,person,danh-sach/lan,2025-10-01,,,NaN,", "cột detail"),
    (EVIDENCE, 'x,info_contact,person,danh-sach/lan,2025-10-01,,,"{""ten"": ""Kín""}",', "chi tiết không đúng mẫu"),
    (EVIDENCE, "x,skill_guided,person,danh-sach/lan,2025-10-01,,Kín,,", "kỹ năng"),
    (EVIDENCE, 'x,assessment_passed,person,danh-sach/lan,2025-10-01,Kín,,"{}",', "cần mức"),
    (EVIDENCE, "x,team_week_held,unit,99999,2025-10-01,,,,", "cột subject"),
    (EVIDENCE, 'x,topic_taught,org,khong-co,2025-10-01,,,"{""topic"": ""a""}",', "cột subject"),
    (EVIDENCE, "x,family_taught,household,Hộ ông Kín,2025-10-01,,,,", "cột unit"),
    (EVIDENCE, ",info_contact,person,danh-sach/lan,2025-10-01,,,,", "cột ref"),
    (EVIDENCE, "void:1,info_contact,person,danh-sach/lan,2025-10-01,,,,", "cột ref"),
    (EVIDENCE, "x" * 121 + ",info_contact,person,danh-sach/lan,2025-10-01,,,,", "cột ref"),
    (STATED, "x,khong-co,unit,24373,2025-10-10,120,12/BC", "cột metric"),
    (STATED, "x,adult_reached,xã,24373,2025-10-10,120,12/BC", "cột place_type"),
    (STATED, "x,adult_reached,unit,99999,2025-10-10,120,12/BC", "cột place"),
    (STATED, "x,adult_reached,org,24373,2025-10-10,120,12/BC", "cột place"),
    (STATED, "x,adult_reached,unit,24373,2025-10-18,120,12/BC", "ngày chưa đến"),
    (STATED, "x,adult_reached,unit,24373,2025-10-10,1.200,12/BC", "cột count"),
    (STATED, "x,adult_reached,unit,24373,2025-10-10,-1,12/BC", "cột count"),
    (STATED, "x,adult_reached,unit,24373,2025-10-10,120,", "số, ngày văn bản"),
    (VILLAGES, "99999,24373-13,Thôn 13,thôn,,,2025-07-01", "cột commune"),
    (VILLAGES, "66,24373-13,Thôn 13,thôn,,,2025-07-01", "cột commune"),
    (VILLAGES, "24373,24373-13,Thôn 13,xã,,,2025-07-01", "cột kind"),
    (VILLAGES, "24373,24373/13,Thôn 13,thôn,,,2025-07-01", "cột code"),
    (VILLAGES, "24373,24373-13,Thôn 13,thôn,nan,,2025-07-01", "cột lat"),
    (VILLAGES, "24373,24373-13,Thôn 13,thôn,,,7/2025", "cột valid_from"),
    (VILLAGES, "24373,24373-01,Thôn khác,thôn,,,2025-07-01", "không ghi đè"),
    (VILLAGES, "24373,24373-01,Thôn 1,thôn,,,2025-09-01", "không ghi đè"),
    (VILLAGES, "24373,24400,Thôn 13,thôn,,,2025-07-01", "không ghi đè"),
    (HEADCOUNTS, "unit,24373-01,nguoi-lon,2025-09-01,310", "cột group"),
    (HEADCOUNTS, "unit,99999,adults,2025-09-01,310", "cột place"),
    (HEADCOUNTS, "unit,24373-02,adults,2025-10-18,310", "ngày chưa đến"),
    (HEADCOUNTS, "unit,24373-02,adults,2025-09-01,3e2", "cột count"),
    (HEADCOUNTS, "unit,24373-02,adults,2025-09-01,9999999999", "cột count"),
    (PEOPLE, "x,Kín,90,f,24373-01,,,", "cột birth_year"),
    (PEOPLE, "x,Kín,1990?,f,24373-01,,,", "cột birth_year"),
    (PEOPLE, "x,Kín,2026,f,24373-01,,,", "cột birth_year"),
    (PEOPLE, "x,Kín,1990,nữ,24373-01,,,", "cột sex"),
    (PEOPLE, "x,Kín,1990,f,Nguyễn Kín,,,", "cột unit"),
    (PEOPLE, "x,Kín,1990,f,,khong-co,,", "cột org"),
    (PEOPLE, "x,Kín,1990,f,24373-01,,dân,", "cột group"),
    (PEOPLE, "x,Kín,1990,f,,,,", "nơi ở hoặc đơn vị"),
    (PEOPLE, "x,,1990,f,24373-01,,,", "cột name"),
    (PEOPLE, "x,Kín,1990,f,24373-01,,,12345", "12 chữ số"),
    (PEOPLE, "x,Kín,1990,f,24373-01,,,066090001234", "một người khác"),
]


@pytest.mark.parametrize(("kind", "line", "why"), BAD, ids=[f"{k.command[0]}-{why}" for k, _line, why in BAD])
def test_a_bad_line_refuses_the_file_by_its_number_and_keeps_its_content_to_itself(
    kind: Sheet, line: str, why: str, say: Say, tmp_path: Path
) -> None:
    rows, acts = kind.rows(), Entry.objects.count()
    said = say(*kind.words(kind.file(tmp_path, *kind.good, line)))
    assert said.code == 2
    assert said.err.startswith("hocvuso: ds.csv, dòng 4: ")
    assert why in said.err
    assert said.err.count("\n") == 1
    assert not any(personal in said.err for personal in ("Kín", "066090001234", "12345"))
    assert (kind.rows(), Entry.objects.count()) == (rows, acts)


def test_an_unknown_source_is_refused(say: Say, tmp_path: Path) -> None:
    for kind in (EVIDENCE, STATED):
        said = say(*kind.command[:2], kind.file(tmp_path, *kind.good), "--source", "la-lam")
        assert (said.code, kind.rows()) == (2, 0)
    said = say("evidence", "state", STATED.file(tmp_path, *STATED.good), "--source", "hoc-vu-so")
    assert "ghi từng minh chứng" in said.err
    assert say("people", "load", PEOPLE.file(tmp_path, *PEOPLE.good), "--source", "a/b").code == 2
    assert say("places", "count", HEADCOUNTS.file(tmp_path, *HEADCOUNTS.good), "--source", " ").code == 2


def test_a_fact_stands_where_its_subject_does(land: Country, lan: Person, say: Say, tmp_path: Path) -> None:
    path = EVIDENCE.file(
        tmp_path,
        *EVIDENCE.good,
        'u,team_founded,unit,24373-02,2025-10-03,,,"{""document"": ""1/QĐ"", ""dated"": ""2025-10-01""}",',
        'o,topic_taught,org,24373-thpt,2025-10-03,,,"{""topic"": ""an-toan""}",',
        "h,family_taught,household,Hộ số 12,2025-10-05,,,,24373-02",
    )
    assert say(*EVIDENCE.words(path)).code == 0
    rows = {row.source_ref: row for row in Evidence.objects.all()}
    assert (rows["l1"].subject, rows["l1"].unit, rows["l1"].detail) == (lan.pk, land.villages[0], {"channel": "loa"})
    assert (rows["u"].subject, rows["u"].unit) == (land.villages[1].uid, land.villages[1])
    assert (rows["o"].subject, rows["o"].org, rows["o"].unit) == (land.school.uid, land.school, None)
    assert rows["l2"].unit == land.villages[0]
    assert rows["l2"].subject != rows["h"].subject  # the same words in another village are another household


def test_a_count_above_the_headcount_is_kept_and_said(land: Country, say: Say, tmp_path: Path) -> None:
    population(land.ea_kar, Group.ADULTS, 100)
    said = say(*STATED.words(STATED.file(tmp_path, *STATED.good)))
    assert said.code == 0
    assert "ds.csv, dòng 2: 120 nhiều hơn số dân hoặc số nơi đã biết (100)" in said.err
    assert "dòng 3" not in said.err  # of that office nobody has counted the officials
    assert StatedCount.objects.count() == 2


def test_loaded_evidence_and_headcounts_become_a_figure(say: Say, tmp_path: Path) -> None:
    say(*HEADCOUNTS.words(HEADCOUNTS.file(tmp_path, *HEADCOUNTS.good)))
    assert "measure refresh" in say(*EVIDENCE.words(EVIDENCE.file(tmp_path, *EVIDENCE.good))).out
    shown = say("measure", "show", "--unit", "24373", "--json").out
    assert '"proven": 1' in shown
    assert '"count": 310' in shown


def test_evidence_is_cancelled_by_its_name_once_and_with_a_reason(lan: Person, say: Say) -> None:
    fact(lan, "info_contact", ref="nhầm")
    words = ("evidence", "void", "nhầm", "--source", "hoc-vu-so")
    assert say(*words).code == 2
    assert say(*words, "--reason", " ").code == 2
    assert say("evidence", "void", "không-có", "--source", "hoc-vu-so", "--reason", "x").code == 2
    assert Evidence.objects.count() == 1
    assert say(*words, "--reason", "ghi nhầm người").code == 0
    assert Evidence.objects.filter(voids__isnull=False).count() == 1
    assert "đã được hủy" in say(*words, "--reason", "lần nữa").err


ORGANISATIONS = """
province: "66"
valid_from: 2025-07-01
source: Tỉnh rà soát
organisations:
  - {code: 66-so-y-te, name: Sở Y tế, symbol: SYT, kind: agency, seat: "24373"}
  - {code: 24400-ubnd, name: UBND xã Ea Knốp, symbol: UBND, kind: agency, seat: "24400", of: "24400"}
"""


def test_organisations_come_from_yaml_and_answer_to_province_or_commune(
    land: Country, say: Say, tmp_path: Path
) -> None:
    path = tmp_path / "co-quan.yaml"
    path.write_text(ORGANISATIONS, encoding="utf-8")
    before = Organisation.objects.count()
    assert say("places", "organisations", path, "--dry-run").code == 0
    assert Organisation.objects.count() == before
    assert "2 cơ quan, đơn vị mới" in say("places", "organisations", path).out
    assert "2 đã có" in say("places", "organisations", path).out
    assert Organisation.objects.get(code="66-so-y-te").of == land.province
    assert Organisation.objects.get(code="24400-ubnd").of == land.ea_knop


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('seat: "24400"', 'seat: "99999"'),
        ("kind: agency", "kind: so"),
        ("24400-ubnd", "66-so-y-te"),
        ("name: Sở Y tế", "name: 1"),
        ("code: 66-so-y-te,", ""),
        ("organisations:", "co-quan:"),
        ("{code", "[code"),
    ],
)
def test_a_bad_file_of_organisations_is_refused_whole(old: str, new: str, say: Say, tmp_path: Path) -> None:
    path = tmp_path / "co-quan.yaml"
    path.write_text(ORGANISATIONS.replace(old, new), encoding="utf-8")
    before = Organisation.objects.count()
    said = say("places", "organisations", path)
    assert (said.code, Organisation.objects.count()) == (2, before)
    assert "co-quan.yaml" in said.err
