"""Ways in which offices lay out what they mean: each rule with a short plan of nobody's."""

from __future__ import annotations

import unicodedata

import pytest

from hocvuso.plans.reader.agencies import agency_names
from hocvuso.plans.reader.deadlines import horizon_in
from hocvuso.plans.reader.letters import repair_letters
from hocvuso.plans.reader.model import Draft
from hocvuso.plans.reader.read import read_plan

HEAD = "KẾ HOẠCH\nHọc kỹ năng số năm 2026\n"


def read(text: str, name: str = "ke-hoach.txt") -> Draft:
    return read_plan(f"{HEAD}{text}".encode(), name=name)


def tasks(draft: Draft) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str | None]]:
    return [
        (task.text, task.leads, task.coordinators, str(task.deadline.due) if task.deadline.due else None)
        for task in draft.tasks
    ]


def duties(draft: Draft) -> list[tuple[str, str]]:
    return [(duty.frequency, duty.to) for duty in draft.reporting]


def test_a_bracket_at_the_end_says_who_with_whom_and_by_when() -> None:
    draft = read(
        "II. NHIỆM VỤ\n1. Mở lớp cho người cao tuổi trong xã (Hội Nông dân xã chủ trì; phối hợp: Đoàn xã; hoàn thành trong tháng 5/2026).\n"
        "2. In tờ rơi chữ to cho bà con (Ban Văn hóa chủ trì, phối hợp với Công an xã, xong trước 30.6.2026).\n"
    )
    assert tasks(draft) == [
        ("Mở lớp cho người cao tuổi trong xã", ("Hội Nông dân xã",), ("Đoàn xã",), "2026-05-31"),
        ("In tờ rơi chữ to cho bà con", ("Ban Văn hóa",), ("Công an xã",), "2026-06-30"),
    ]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã",
            ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã",),
        ),
        ("Văn phòng HĐND và UBND phường", ("Văn phòng HĐND và UBND phường",)),
        ("Hội đồng nhân dân xã và Ủy ban nhân dân xã", ("Hội đồng nhân dân xã", "Ủy ban nhân dân xã")),
        ("Viễn thông Sông Mây, Viettel Sông Mây", ("Viễn thông Sông Mây", "Viettel Sông Mây")),
    ],
)
def test_an_office_may_have_and_in_its_name(printed: str, names: tuple[str, ...]) -> None:
    assert agency_names(printed) == names


def test_assignments_are_the_tasks_of_a_plan_that_has_no_other() -> None:
    given = (
        "IV. PHÂN CÔNG NHIỆM VỤ\n1. Sở Nội vụ\n- Chủ trì, phối hợp với Ban Quản lý khu công nghiệp tập huấn công nhân; "
        "hoàn thành trước ngày 31/8/2026.\n2. Đề nghị Tỉnh đoàn\n- Chủ trì thành lập các đội hình về thôn.\n"
        "- Tổng hợp, báo cáo Ủy ban nhân dân tỉnh hằng quý.\n"
    )
    alone = read(given)
    assert tasks(alone) == [
        ("tập huấn công nhân", ("Sở Nội vụ",), ("Ban Quản lý khu công nghiệp",), "2026-08-31"),
        ("thành lập các đội hình về thôn", ("Tỉnh đoàn",), (), None),
    ]
    beside = read(f"III. NHIỆM VỤ\n1. Mở lớp học buổi tối\nCơ quan chủ trì: Sở Y tế\n{given}")
    assert [task.text for task in beside.tasks] == ["Mở lớp học buổi tối"]
    assert len(beside.assignments) == 3


def test_a_task_takes_the_time_of_the_week_it_stands_under() -> None:
    draft = read(
        "III. CÔNG VIỆC\nTuần 1 (từ ngày 01/10 đến ngày 07/10/2026)\n"
        "- Phát tờ rơi đến từng nhà: Phòng Văn hóa chủ trì; Công an phường phối hợp.\n"
        "Tuần 2 (từ ngày 08/10 đến ngày 14/10/2026)\n- Mở bàn hướng dẫn ở chợ phường: Ban Quản lý chợ chủ trì.\n"
    )
    assert tasks(draft) == [
        ("Phát tờ rơi đến từng nhà", ("Phòng Văn hóa",), ("Công an phường",), "2026-10-07"),
        ("Mở bàn hướng dẫn ở chợ phường", ("Ban Quản lý chợ",), (), "2026-10-14"),
    ]


def test_a_table_copied_with_tabs_keeps_empty_cells_and_the_cell_above() -> None:
    draft = read(
        "III. NHIỆM VỤ\nTT\tCông việc\tChủ trì\tCùng thực hiện\tXong khi nào\n1\tLập danh sách người học\tCông an xã\t\t5/2026\n"
        "2\tMở lớp học buổi tối\t-nt-\tĐoàn xã\tThường xuyên\n"
        "3\tPhát tài liệu chữ to\tHội Nông dân xã\tcác thôn\tHọc kỳ I năm học 2026 - 2027\n"
    )
    assert tasks(draft) == [
        ("Lập danh sách người học", ("Công an xã",), (), "2026-05-31"),
        ("Mở lớp học buổi tối", ("Công an xã",), ("Đoàn xã",), None),
        ("Phát tài liệu chữ to", ("Hội Nông dân xã",), ("các thôn",), None),
    ]


def test_a_head_of_two_rows_is_known_again_in_a_table_copied_with_tabs() -> None:
    draft = read(
        "Phần I. CHỈ TIÊU\nTT\tChỉ tiêu\tĐơn vị tính\tMục tiêu\t\tCơ quan theo dõi\n\t\t\tNăm 2026\tNăm 2027\t\n"
        "A\tNgười dân\t\t\t\t\n1\tNgười dân có kỹ năng số\t%\t60\t> 85\tSở Nội vụ\n"
        "2\tThôn có Tổ công nghệ số cộng đồng\t%\t90\t100\tỦy ban nhân dân các xã\nPhần II. KINH PHÍ\nTừ ngân sách xã, 100% là vốn đã có.\n"
    )
    assert [(one.target, one.comparator, one.group, one.horizon, one.leads) for one in draft.indicators] == [
        (60, "=", "adults", "2026", ("Sở Nội vụ",)),
        (85, ">", "adults", "2027", ("Sở Nội vụ",)),
        (90, "=", "villages", "2026", ("Ủy ban nhân dân các xã",)),
        (100, "=", "villages", "2027", ("Ủy ban nhân dân các xã",)),
    ]
    assert draft.embedded == ()


def test_a_matrix_promises_each_column_to_each_group() -> None:
    rows = "<tr><td>1</td><td>Cán bộ, công chức</td><td>86</td><td>100</td><td>-</td></tr>"
    rows += "<tr><td>2</td><td>Người dân từ đủ 18 tuổi</td><td>900</td><td>≥ 75</td><td>> 50</td></tr>"
    draft = read_plan(
        f"<p>KẾ HOẠCH</p><p>I. CHỈ TIÊU</p><p>Đến ngày 15/12/2026, các nhóm đạt như sau:</p><table><tr><td rowspan=2>TT</td>"
        f"<td rowspan=2>Nhóm đối tượng</td><td rowspan=2>Tổng số</td><td colspan=2>Tỷ lệ đạt (%)</td></tr>"
        f"<tr><td>Hoàn thành khóa học</td><td>Được xác nhận</td></tr>{rows}</table>".encode(),
        name="ke-hoach.html",
    )
    found = [(one.text, one.target, one.unit, one.comparator, one.group) for one in draft.indicators]
    assert found == [
        ("Hoàn thành khóa học", 100, "%", "=", "public_servants"),
        ("Hoàn thành khóa học", 75, "%", ">=", "adults"),
        ("Được xác nhận", 50, "%", ">", "adults"),
    ]
    assert {str(one.deadline.due) for one in draft.indicators} == {"2026-12-15"}


def test_the_stamp_of_a_scan_is_no_part_of_the_text() -> None:
    text = "III. NHIỆM VỤ\n(1) Lắp điểm phát sóng. Giao Phòng Kinh tế chủ trì; hoàn thành trong tháng 11.2026.\n"
    "ĐẾN  Số: 1187  Ngày: 04/11/2026\n"
    for form in ("NFC", "NFD"):
        assert "1187" not in "".join(block.text for block in read(unicodedata.normalize(form, text)).document.blocks)


def test_a_day_in_brackets_beats_the_year_of_a_heading() -> None:
    name, deadline = horizon_in("1. Năm 2026 (đến ngày 15/12/2026)")
    assert (name, str(deadline and deadline.due)) == ("2026", "2026-12-15")


def test_duties_said_once_for_several_reports() -> None:
    draft = read(
        "IV. BÁO CÁO\n"
        "1. Các trường báo cáo kết quả học kỳ I trước ngày 20/01/2027, báo cáo tổng kết trước ngày 31/5/2027 về Sở Giáo dục và Đào tạo.\n"
        "2. Phòng Văn hóa báo cáo Sở Nội vụ hằng quý, báo cáo Ủy ban nhân dân tỉnh hằng năm; tổng kết trước ngày 20/12/2027.\n"
        "3. Sở Tài chính bố trí kinh phí hằng năm, báo cáo Ủy ban nhân dân tỉnh xem xét, quyết định.\n"
    )
    assert duties(draft) == [
        ("biannual", "Sở Giáo dục và Đào tạo"),
        ("final", "Sở Giáo dục và Đào tạo"),
        ("quarterly", "Sở Nội vụ"),
        ("yearly", "Ủy ban nhân dân tỉnh"),
        ("final", "Ủy ban nhân dân tỉnh"),
    ]


def test_a_letter_that_a_font_wrote_twice_is_one_and_an_abbreviation_stays() -> None:
    assert repair_letters("Nơơi nhận: VP ĐĐBQH") == "Nơi nhận: VP ĐĐBQH"
