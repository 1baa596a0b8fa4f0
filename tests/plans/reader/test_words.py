"""Letters, times, names, numbers: the small grammars, as tables of cases."""

from __future__ import annotations

import datetime as dt

import pytest

from hocvuso.plans.reader.agencies import agency_names, starts_agency, without_office
from hocvuso.plans.reader.deadlines import deadline_in, horizon_in, read_deadline
from hocvuso.plans.reader.groups import find_group, find_level
from hocvuso.plans.reader.letters import repair_letters
from hocvuso.plans.reader.marks import labels_in, marker_of
from hocvuso.plans.reader.quantities import value_of
from hocvuso.plans.reader.statements import statements


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("CӜNG HÑA X HӜI CHỦ NGHƾA", "CỘNG HÒA X HỘI CHỦ NGHĨA"),
        ("Hҥnh ph~c, tұp huấn", "Hạnh phúc, tập huấn"),
        ("CHỦ TỊCH", "CHỦ TỊCH"),
        ("Ðắk Lắk", "Đắk Lắk"),
        ("cоng аn", "cong an"),  # two Cyrillic letters
        ("Москва", "Москва"),  # a Cyrillic word stays
        ("a\u00a0b\u200bc", "a bc"),
    ],
)
def test_look_alikes_are_put_right_inside_vietnamese_words_only(printed: str, meant: str) -> None:
    assert repair_letters(printed) == meant


@pytest.mark.parametrize(
    ("printed", "due", "precision", "start", "traits"),
    [
        ("Trước 31/12/2025", "2025-12-31", "day", None, "before"),
        ("Trước ngày 01/8/2025", "2025-08-01", "day", None, "before"),
        ("Hoàn thành xong trong tháng 12/2025", "2025-12-31", "month", None, ""),
        ("12/2025", "2025-12-31", "month", None, ""),
        ("Quý III/2025", "2025-09-30", "quarter", None, ""),
        ("Quý III-IV/2025", "2025-12-31", "quarter", "2025-07-01", ""),
        ("Quý IV/2025 và Năm 2026", "2026-12-31", "year", "2025-10-01", ""),
        ("10/10/2025 và 10/10/2026", "2026-10-10", "day", "2025-10-10", ""),
        ("Từ tháng 9/2025 đến hết tháng 12/2025", "2025-12-31", "month", "2025-09-01", ""),
        ("từ ngày 15/7/2025 đến ngày 25/10/2025", "2025-10-25", "day", "2025-07-15", ""),
        ("Chậm nhất ngày 30 tháng 9 năm 2025", "2025-09-30", "day", None, ""),
        ("6 tháng cuối năm 2025", "2025-12-31", "month", "2025-07-01", ""),
        ("Đến hết năm 2025", "2025-12-31", "year", None, ""),
        ("2025-2026", "2026-12-31", "year", "2025-01-01", ""),
        ("Năm học 2025-2026", None, "day", None, ""),
        ("Học kỳ I năm học 2025 - 2026", None, "day", None, ""),
        ("Đến hết năm học 2025-2026", "2026-05-31", "month", "2025-09-01", ""),
        ("Thực hiện từ tháng 4/2025, duy trì thường xuyên", None, "day", "2025-04-01", "recurring"),
        ("Hoàn thành xong trong tháng 5/2025, duy trì thường xuyên", "2025-05-31", "month", None, "recurring"),
        ("Hoàn thành xong trong tháng 10 hằng năm", None, "day", None, "recurring"),
        ("Muộn nhất 7 ngày sau khi Trung ương ban hành", None, "day", None, "relative"),
        ("Theo hướng dẫn của Trung ương", None, "day", None, "relative"),
        ("Ngày 31/2/2025", None, "day", None, ""),
        ("", None, "day", None, ""),
    ],
)
def test_times_are_read_as_they_are_printed(
    printed: str, due: str | None, precision: str, start: str | None, traits: str
) -> None:
    read = read_deadline(printed)
    assert (read.due, read.start) == tuple(dt.date.fromisoformat(day) if day else None for day in (due, start))
    assert read.due is None or read.precision == precision
    assert {name for name in ("before", "recurring", "relative") if getattr(read, name)} == set(traits.split())


def test_a_day_without_a_year_takes_the_plan_s() -> None:
    assert read_deadline("Trước ngày 30/9", year=2025).due == dt.date(2025, 9, 30)
    assert read_deadline("Trước ngày 30/9").due is None


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        (
            "hoàn thành trước ngày 30/9/2025 theo Kế hoạch số 12/KH-UBND ngày 24/6/2025 của UBND tỉnh",
            dt.date(2025, 9, 30),
        ),
        ("lựa chọn 01 địa phương phát động, hoàn thành xong trong tháng 5/2025", dt.date(2025, 5, 31)),
        ("theo Quyết định số 146/QĐ-TTg ngày 28/01/2022 của Thủ tướng", None),
        ("80% người dân có kỹ năng số", None),
    ],
)
def test_the_date_of_a_cited_document_sets_no_deadline(sentence: str, due: dt.date | None) -> None:
    found = deadline_in(sentence)
    assert (found[0].due if found else None) == due


def test_a_heading_or_label_sets_the_horizon_of_what_follows() -> None:
    assert horizon_in("1. Đến hết năm 2025")[0] == "2025"
    assert horizon_in("Chỉ tiêu giao 100 ngày") == ("100 ngày", None)
    assert horizon_in("Nội dung phong trào") == ("", None)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (
            "Sở Văn hóa, Thể thao và Du lịch, Sở Khoa học và Công nghệ",
            ("Sở Văn hóa, Thể thao và Du lịch", "Sở Khoa học và Công nghệ"),
        ),
        (
            "Báo và Phát thanh, Truyền hình tỉnh; các cơ quan báo chí",
            ("Báo và Phát thanh, Truyền hình tỉnh", "các cơ quan báo chí"),
        ),
        (
            "Các sở, ban, ngành, UBND các xã, phường trên địa bàn",
            ("Các sở, ban, ngành", "UBND các xã, phường trên địa bàn"),
        ),
        ("Các Sở, Ban, Ngành", ("Các Sở, Ban, Ngành",)),
        ("các cơ quan, đơn vị, địa phương liên quan", ("các cơ quan, đơn vị, địa phương liên quan",)),
        ("Các cơ quan, đơn vị có liên quan, TDP", ("Các cơ quan, đơn vị có liên quan", "TDP")),
        ("Các doanh nghiệp, HTX", ("Các doanh nghiệp, HTX",)),
        ("các trường: Trung cấp, cao đẳng và đại học", ("các trường: Trung cấp, cao đẳng và đại học",)),
        ("Phòng Kinh tế, Hạ tầng và Đô thị phường", ("Phòng Kinh tế, Hạ tầng và Đô thị phường",)),
        ("Văn phòng HĐND và UBND xã; Công an xã và các thôn", ("Văn phòng HĐND và UBND xã", "Công an xã", "các thôn")),
        ("Trung tâm Internet Việt Nam (VNNIC), Tỉnh đoàn", ("Trung tâm Internet Việt Nam (VNNIC)", "Tỉnh đoàn")),
    ],
)
def test_names_of_agencies_are_cut_where_a_name_begins(printed: str, names: tuple[str, ...]) -> None:
    assert agency_names(printed) == names


@pytest.mark.parametrize(
    "text", ["Tổ chức tuyên truyền", "Báo cáo kết quả", "Ban hành kế hoạch", "Hội nghị tổng kết", "triển khai"]
)
def test_a_verb_that_looks_like_a_head_begins_no_agency(text: str) -> None:
    assert not starts_agency(text)


def test_who_leads_an_agency_stands_for_it() -> None:
    assert without_office("Đồng chí Giám đốc Sở Tài chính") == "Sở Tài chính"
    assert without_office("Chánh Văn phòng Tỉnh ủy") == "Chánh Văn phòng Tỉnh ủy"


@pytest.mark.parametrize(
    ("phrase", "group"),
    [
        ("cán bộ, công chức, viên chức và người lao động trong khu vực công", "public_servants"),
        ("học sinh từ cấp tiểu học", "students"),
        ("người dân trong độ tuổi trưởng thành", "adults"),
        ("người dân từ 15 tuổi trở lên", "other"),
        ("công dân từ 16 tuổi", "other"),
        ("người lao động trong các doanh nghiệp, hợp tác xã", "workers"),
        ("người lao động trong cơ quan nhà nước", "public_servants"),
        ("hộ gia đình", "households"),
        ("hộ kinh doanh", "businesses"),
        ("UBND các xã, phường", "communes"),
        ("thôn, buôn, tổ dân phố", "villages"),
        ("Tổ Công nghệ số cộng đồng", "teams"),
        ("kỹ năng cơ bản", None),
    ],
)
def test_the_group_is_whom_the_phrase_names_first(phrase: str, group: str | None) -> None:
    assert find_group(phrase) == group


def test_the_level_rises_from_usable_to_proficient() -> None:
    assert find_level("sử dụng được các nền tảng") == "usable"
    assert find_level("sử dụng tốt các nền tảng") == "proficient"
    assert find_level("được xác nhận") is None


@pytest.mark.parametrize(
    ("printed", "value"), [("1.091.556", 1091556), ("5.000", 5000), ("05", 5), ("97,5", 97.5), ("12.345,6", 12345.6)]
)
def test_numbers_as_vietnam_writes_them(printed: str, value: float) -> None:
    assert value_of(printed) == value


@pytest.mark.parametrize(
    ("sentence", "promises"),
    [
        ("80% người dân có kỹ năng số", [(80, "%", "=", "adults")]),
        ("Trên 60% người dân (Hơn 600.000 người/1.091.556 người)", [(60, "%", ">", "adults")]),
        ("Tỷ lệ hộ gia đình có internet đạt từ 85% trở lên", [(85, "%", ">=", "households")]),
        ("Nâng tỷ lệ doanh nghiệp dùng chữ ký số từ 40% lên 60%", [(60, "%", "=", "businesses")]),
        ("Từ 30% đến 40% hộ kinh doanh bán hàng trực tuyến", [(30, "%", ">=", "businesses")]),
        ("Không dưới 90% cán bộ được tập huấn", [(90, "%", ">=", "public_servants")]),
        ("không quá 5% hộ gia đình chưa có điện thoại", [(5, "%", "<=", "households")]),
        ("50% cán bộ đăng ký; 5.000 người dân từ 15 tuổi trở lên đăng ký", [(50, "%", "=", "public_servants"),
        (5000, "người", "=", "other")]),
        ("Mỗi xã/phường có tối thiểu 10 hộ kinh doanh đăng ký", [(10, "hộ kinh doanh/xã, phường", ">=", "businesses")]),
        ("Mỗi phường, xã bố trí ít nhất một nhân sự hỗ trợ", [(1, "nhân sự/phường, xã", ">=", "communes")]),
        ("Mở tối thiểu 02 lớp/xã cho người dân", [(2, "lớp/xã", ">=", "communes")]),
        ("mỗi tổ có từ 05 thành viên trở lên", [(5, "thành viên/tổ", ">=", "teams")]),
        ("100% (12/12) xã, phường có Tổ", [(100, "%", "=", "communes")]),
        ("80% cán bộ được tập huấn. Trong đó tối thiểu 40% tự học", [(80, "%", "=", "public_servants"),
        (40, "%", ">=", "public_servants")]),
        ("Tối thiểu đào tạo 05 nội dung kỹ năng số cơ bản", [(5, "nội dung kỹ năng số", ">=", "other")]),
        ("19/19 thôn tổ chức “Tuần học số”", [(19, "thôn", "=", "villages")]),
        ("13/13 bản (100%) có Tổ công nghệ số cộng đồng", [(100, "%", "=", "villages")]),
        ("Giảm số hộ chưa có mạng từ 05 hộ xuống còn 01 hộ", [(1, "hộ", "=", "households")]),
        ("Giảm ít nhất 50% số vụ lừa đảo so với năm 2025", [(50, "%", ">=", "other")]),
        ("Thời gian chờ khám bình quân không quá 15 phút", [(15, "phút", "<=", "other")]),
        ("Mỗi đội hình giúp tối thiểu 300 lượt người dân", [(300, "lượt người dân/đội hình", ">=", "teams")]),
        ("mỗi tổ có ít nhất 05 thành viên, trong đó có 01 đoàn viên", [(5, "thành viên/tổ", ">=", "teams"),
        (1, "đoàn viên/tổ", "=", "teams")]),
        ("Tập huấn 12.000 lượt lao động, gồm 7.000 nữ và 5.000 nam", [(12000, "lượt lao động", "=", "workers")]),
        ("Có 150 hộ kinh doanh dùng mã QR, tăng 90 hộ so với năm trước", [(150, "hộ kinh doanh dùng mã QR", "=", "businesses")]),
        ("100% Hội LHPN xã, phường duy trì ít nhất 01 mô hình", [(100, "%", "=", "communes")]),
        # numbers that promise nothing
        ("mục tiêu của năm tương đương 45%", []),
        ("đạt bậc 2 trở lên theo khung năng lực", []),
        ("Ngày hội tổ chức vào 10/10 hằng năm", []),
        ("hướng dẫn người dân sử dụng 05 kỹ năng số cơ bản", []),
        ("đánh giá cho 04 nhóm đối tượng", []),
        ("theo mô hình 4T, Đề án 06, ngày 10/10, giai đoạn 2023 - 2030", []),
        ("ngân sách hỗ trợ 100% kinh phí", []),
        ("hiện nay mới đạt 45% người dân", []),
        ("công dân từ 16 tuổi", []),
    ],
)  # fmt: skip
def test_numbers_that_promise_are_told_from_those_that_do_not(
    sentence: str, promises: list[tuple[float, str, str, str]]
) -> None:
    found = statements(sentence, promised=True)
    assert [(one.quantity.value, one.unit, one.comparator, one.group) for one in found] == promises


def test_phan_dau_is_aspirational_and_no_comparator() -> None:
    (one,) = statements("Phấn đấu đạt 70% người dân", promised=True)
    assert (one.quantity.aspirational, one.comparator) == (True, "=")


@pytest.mark.parametrize(
    ("text", "sort", "shown"),
    [
        ("III. NHIỆM VỤ", "roman", "III"), ("I/ Mục tiêu", "roman", "I"), ("A. Mục tiêu", "capital", "A"),
        ("2.10. Phát động", "dotted", "2.10"),
        ("4. Triển khai", "number", "4"), ("đ) 85% người", "letter", "đ"), ("(5) Hỗ trợ", "bracket", "5"), ("+ 100% xã", "plus", "+"),
        ("- Chủ trì", "dash", "-"), ("Điều 5. Trách nhiệm", "part", "Điều 5"), ("Phần thứ nhất", "part", "Phần thứ nhất"),
        ("PHỤ LỤC II", "annex", "PHỤ LỤC II"),
    ],
)  # fmt: skip
def test_marks_of_paragraphs(text: str, sort: str, shown: str) -> None:
    marker = marker_of(text)
    assert marker is not None
    assert (marker.sort, marker.shown) == (sort, shown)


@pytest.mark.parametrize(
    "text", ["10/10 là ngày Chuyển đổi số", "5.000 người dân", "Chương trình phát động", "VNeID", "tháng 9"]
)
def test_what_is_no_mark(text: str) -> None:
    assert marker_of(text) is None


def test_labels_of_one_line_are_told_apart() -> None:
    text = "(Chủ trì: Sở A; đơn vị phối hợp: Sở B, Sở C; thời gian thực hiện: tháng 9/2025)"
    assert [(label.role, text[label.value_start : label.value_end]) for label in labels_in(text)] == [
        ("lead", "Sở A"), ("coordinators", "Sở B, Sở C"), ("due", "tháng 9/2025"),
    ]  # fmt: skip
