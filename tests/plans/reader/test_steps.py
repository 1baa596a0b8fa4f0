"""Each step by itself: outline, tasks, duties, findings, metrics."""

from __future__ import annotations

import pytest

from hocvuso.plans.reader.load import load
from hocvuso.plans.reader.model import Draft
from hocvuso.plans.reader.outline import Outline, outline
from hocvuso.plans.reader.read import read_plan
from hocvuso.plans.reader.repair import repair
from tests.plans.reader import documents


def tree(text: str) -> Outline:
    return outline(repair(load(text.encode(), name="a.txt")))


def read(text: str, **options: object) -> Draft:
    return read_plan(text.encode(), name="a.txt", **options)  # type: ignore[arg-type]


# --- outline ----------------------------------------------------------------------------------------------------------


def test_numbers_may_repeat_or_lose_their_dot() -> None:
    items = tree(
        "II. CHỈ TIÊU\n1. Năm 2025\n- 80% người dân\nIII. NỘI DUNG\n1. Việc một\n2. Việc hai.\n3 Việc ba\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở A"
    ).items
    assert [(item.clause, item.section) for item in items] == [
        ("II", "indicators"), ("II.1", "indicators"), ("II.1", "indicators"), ("III", "tasks"), ("III.1", "tasks"), ("III.2", "tasks"),
        ("III.3", "tasks"), ("III", "organisation"), ("III.1", "organisation"),
    ]  # fmt: skip


def test_dotted_numbers_stand_under_their_number() -> None:
    items = tree("I. NHIỆM VỤ\n1. Một\n1.1. Một một\n- Gạch\n1.2. Một hai\n2. Hai").items
    parents = [items[item.parent].clause if item.parent is not None else None for item in items]
    assert parents == [None, "I", "I.1", "I.1.1", "I.1", "I"]


# --- tasks ------------------------------------------------------------------------------------------------------------

SHARED = """III. NHIỆM VỤ
1. Phổ cập cho người dân
- Tổ chức buổi học cộng đồng ở các thôn.
- Cử hội viên hướng dẫn người cao tuổi.
Trách nhiệm chỉ đạo: Đảng ủy xã.
Cơ quan thực hiện: Phòng Văn hóa - Xã hội chủ trì, phối hợp với các thôn.
Thời gian thực hiện: Từ tháng 5/2025; duy trì thường xuyên.
- Mở lớp cho người khuyết tật.
Cơ quan thực hiện: Trạm Y tế chủ trì, phối hợp với Hội Người khuyết tật xã.
Thời gian thực hiện: Hoàn thành trong tháng 6/2025.
IV. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa - Xã hội
- Theo dõi, đôn đốc, hoàn thành trong tháng 5/2025.
2. Công an xã: Chủ trì, phối hợp với các thôn bảo đảm an ninh mạng.
"""


def test_one_responsibility_block_serves_the_bullets_above_it() -> None:
    draft = read(SHARED)
    assert [(task.text[:12], task.leads, task.coordinators, task.directing_body) for task in draft.tasks] == [
        ("Tổ chức buổi", ("Phòng Văn hóa - Xã hội",), ("các thôn",), "Đảng ủy xã"),
        ("Cử hội viên ", ("Phòng Văn hóa - Xã hội",), ("các thôn",), "Đảng ủy xã"),
        ("Mở lớp cho n", ("Trạm Y tế",), ("Hội Người khuyết tật xã",), ""),
    ]
    first, second, third = draft.tasks
    assert first.shared_block == second.shared_block != third.shared_block
    assert (first.deadline.due, str(first.deadline.start), first.deadline.recurring) == (None, "2025-05-01", True)


def test_what_to_chuc_thuc_hien_lays_upon_an_agency_is_an_assignment() -> None:
    draft = read(SHARED)
    assert [(one.leads, one.text[:10], str(one.deadline.due)) for one in draft.assignments] == [
        (("Phòng Văn hóa - Xã hội",), "Theo dõi, ", "2025-05-31"), (("Công an xã",), "Chủ trì, p", "None"),
    ]  # fmt: skip


def test_tables_whose_cells_share_lines_are_told_apart() -> None:
    assert [(task.text[:12], task.leads, task.coordinators) for task in read(documents.ROWS_ON_LINES).tasks] == [
        ("Mở lớp tập h", ("Phòng Văn hóa - Xã hội",), ("Công an xã",)), ("Hỗ trợ người", ("Công an xã",), ("Các thôn",)),
        ("Tổ chức ngày", ("Đoàn Thanh niên xã",), ("Hội Phụ nữ xã",)),
    ]  # fmt: skip
    assert [(one.target, one.comparator, one.leads) for one in read(documents.VALUES_ON_LINES).indicators] == [
        (70, "=", ("Phòng Văn hóa - Xã hội",)), (90, "=", ("Phòng Văn hóa - Xã hội",)),
        (95, ">=", ("Văn phòng HĐND và UBND xã",)), (100, "=", ("Văn phòng HĐND và UBND xã",)),
        (12, "=", ("Các thôn",)), (24, "=", ("Các thôn",)),
    ]  # fmt: skip


# --- indicators -------------------------------------------------------------------------------------------------------

REPEATED = """II. CHỈ TIÊU CỤ THỂ
1. Đăng ký chữ ký số: 50% cán bộ, công chức đăng ký; 5.000 người dân từ 15 tuổi trở lên đăng ký.
2. Trang bị kỹ năng số cho học sinh: Đến hết tháng 12/2025: 100% học sinh được tập huấn kỹ năng số.
III. NHIỆM VỤ
1. Đăng ký chữ ký số
- Mục tiêu năm 2025: 80% cán bộ, công chức đăng ký.
- Chỉ tiêu giao 100 ngày: 50% cán bộ, công chức đăng ký; 5.000 người dân từ 15 tuổi trở lên đăng ký.
- Đơn vị chủ trì: Sở Nội vụ.
- Thời gian thực hiện: Trước ngày 25/10/2025.
2. Trang bị kỹ năng số cho học sinh
- Chỉ tiêu giao: 100% học sinh được tập huấn kỹ năng số.
- Đơn vị chủ trì: Sở Giáo dục và Đào tạo.
- Thời gian thực hiện: Trước ngày 15/12/2025.
3. Mô hình “Đại sứ số”: mỗi mentor hướng dẫn ít nhất 05 mentee.
- Đơn vị chủ trì: Tỉnh đoàn.
"""


def test_a_statement_that_repeats_an_indicator_lends_it_its_lead_and_day() -> None:
    draft = read(REPEATED)
    assert [(one.target, str(one.deadline.due), one.leads) for one in draft.indicators] == [
        (50, "2025-10-25", ("Sở Nội vụ",)), (5000, "2025-10-25", ("Sở Nội vụ",)),
        (100, "2025-12-31", ("Sở Giáo dục và Đào tạo",)), (80, "2025-12-31", ("Sở Nội vụ",)),
    ]  # fmt: skip
    assert [(one.target, one.duplicate_of) for one in draft.duplicates] == [(50, 0), (5000, 1), (100, 2)]
    assert [(one.target, one.unit, one.task) for one in draft.embedded] == [(5, "mentee/mentor", 2)]


def test_two_days_for_one_indicator_are_a_finding_with_both() -> None:
    (finding,) = read(REPEATED).findings
    assert finding.kind == "contradiction"
    assert [reading.where for reading in finding.readings] == ["Mục II.2", "Mục III.2"]
    assert "31/12/2025" in finding.readings[0].says
    assert "15/12/2025" in finding.readings[1].says


# --- duties -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "duties"),
    [
        ("Định kỳ hằng tháng, quý, 06 tháng, 01 năm hoặc đột xuất báo cáo kết quả với Ban Chỉ đạo tỉnh và Bộ Khoa học và Công nghệ.",
         [(f, "Ban Chỉ đạo tỉnh; Bộ Khoa học và Công nghệ") for f in ("monthly", "quarterly", "biannual", "yearly", "adhoc")]),
        ("Theo dõi; định kỳ hằng tháng báo cáo Thường trực Ban Chỉ đạo, 03 tháng báo cáo Ban Chỉ đạo tiến độ thực hiện.",
         [("monthly", "Thường trực Ban Chỉ đạo"), ("quarterly", "Ban Chỉ đạo")]),
        ("Gửi báo cáo kết quả định kỳ theo quý trước ngày 15 của tháng cuối quý với Ban Chỉ đạo tỉnh (qua Sở Nội vụ) để tổng hợp, báo cáo.",
         [("quarterly", "Ban Chỉ đạo tỉnh (qua Sở Nội vụ)")]),
        ("Định kỳ thứ Sáu hằng tuần tổng hợp, báo cáo kết quả thực hiện về Sở Nội vụ.", [("weekly", "Sở Nội vụ")]),
        ("Báo cáo tổng kết về Sở Nội vụ trước ngày 15/11/2025.", [("final", "Sở Nội vụ")]),
        ("Tổng hợp, báo cáo, tham mưu UBND tỉnh tổng kết Kế hoạch này trước ngày 25/11/2025.", [("final", "UBND tỉnh")]),
        ("Nếu có khó khăn, vướng mắc, các đơn vị gửi Sở Nội vụ để tổng hợp, báo cáo UBND tỉnh xem xét.", [("adhoc", "Sở Nội vụ")]),
        # false friends
        ("Tham mưu báo cáo Ủy ban nhân dân tỉnh bố trí kinh phí thực hiện.", []),
        ("Định kỳ hằng tuần, tổ chức các buổi học cộng đồng cho người dân.", []),
        ("Mở lớp với báo cáo viên là thành viên tổ công nghệ số.", []),
        ("Việc báo cáo thực hiện qua hệ thống thông tin báo cáo của tỉnh.", []),
    ],
)  # fmt: skip
def test_reporting_duties_of_one_sentence(sentence: str, duties: list[tuple[str, str]]) -> None:
    draft = read(f"VI. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n- {sentence}\n")
    assert [(duty.frequency, duty.to) for duty in draft.reporting] == duties
    assert {duty.who for duty in draft.reporting} <= {"Sở Tài chính", "các đơn vị"}


def test_a_weekly_report_keeps_its_weekday_and_channel() -> None:
    (duty,) = read(
        "V. TỔ CHỨC THỰC HIỆN\n1. Các xã\n- Định kỳ thứ Sáu hằng tuần báo cáo kết quả về Sở Nội vụ qua hệ thống (https://bao.cao.vn).\n"
    ).reporting
    assert (duty.weekday, duty.channel, duty.due_rule) == (5, "https://bao.cao.vn", "thứ Sáu hằng tuần")


# --- findings ---------------------------------------------------------------------------------------------------------


def test_an_annex_and_its_plan_are_compared_by_horizon_and_meaning() -> None:
    plan = """III. CHỈ TIÊU
1. Năm 2025
- 80% người dân trưởng thành được xác nhận đạt phổ cập trên VNeID.
Cơ quan thực hiện: Công an tỉnh chủ trì.
Thời gian thực hiện: tháng 12/2025.
2. Năm 2026
- 100% người dân trưởng thành được xác nhận đạt phổ cập trên VNeID.
"""
    annex = """PHỤ LỤC I
BIỂU CHỈ TIÊU
TT Tên chỉ tiêu
Cơ quan chủ trì
Thời gian hoàn thành
I Năm 2025
1
85% người dân trưởng thành được xác nhận đạt phổ cập trên nền tảng VNeID
Sở Nội vụ
Trước 31/12/2026
"""
    findings = read(annex, other=(plan.encode(), "ke-hoach.txt")).findings
    assert [(finding.title.split(":")[0], [reading.says for reading in finding.readings]) for finding in findings] == [
        ("Hai văn bản ghi mức khác nhau", ["85%", "80%"]),
        (
            "Hai văn bản ghi thời hạn khác nhau",
            ["Thời hạn 31/12/2026 (“Trước 31/12/2026”)", "Thời hạn 31/12/2025 (“tháng 12/2025”)"],
        ),
        ("Hai văn bản ghi cơ quan chủ trì khác nhau", ["Chủ trì: Sở Nội vụ", "Chủ trì: Công an tỉnh"]),
    ]
    assert all(finding.readings[1].document == "ke-hoach.txt" for finding in findings)


def test_dates_that_cannot_be_right_are_told() -> None:
    draft = read(
        "Số: 12/KH-UBND\nEa Kar, ngày 01 tháng 9 năm 2025\nKẾ HOẠCH\nPhổ cập kỹ năng số năm 2025\n"
        "Căn cứ Kế hoạch số 30/KH-UBND ngày 15/10/2025 của UBND tỉnh;\n"
        "Căn cứ Quyết định số 5/QĐ-UBND ngày 01/2/2025; Quyết định số 5/QĐ-UBND ngày 01/3/2025;\n"
        "I. NHIỆM VỤ\n1. Mở lớp học cho người dân\n- Chủ trì: Công an xã\n- Thời gian: Trước ngày 30/6/2025\n"
        "2. Tổ chức hội thi\n- Chủ trì: Đoàn xã\n- Thời gian: Từ ngày 20/12/2025 đến ngày 10/11/2025\n"
    )
    assert sorted(finding.title for finding in draft.findings) == [
        "Hạn trước ngày ban hành kế hoạch: Mở lớp học cho người dân",
        "Hạn trước ngày bắt đầu: Tổ chức hội thi",
        "Văn bản số 30/KH-UBND có ngày sau ngày của kế hoạch",
        "Văn bản số 5/QĐ-UBND được ghi với hai ngày khác nhau",
    ]


def test_the_same_promise_with_two_values_is_told() -> None:
    draft = read(
        "I. CHỈ TIÊU NĂM 2025\n1. 80% hộ gia đình có kết nối Internet băng rộng.\nII. MỤC TIÊU VỀ HẠ TẦNG NĂM 2025\n"
        "1. 85% hộ gia đình có kết nối Internet băng rộng.\n"
    )
    assert [(one.kind, [reading.says[:4] for reading in one.readings]) for one in draft.findings] == [
        ("duplicate_value", ["80%:", "85%:"])
    ]


def test_an_annex_that_is_there_is_not_missed() -> None:
    promised = "I. NHIỆM VỤ\n(Chi tiết tại Phụ lục II kèm theo)\n"
    assert [one.kind for one in read(promised).findings] == ["missing_annex"]
    assert read(promised + "PHỤ LỤC II\nDANH MỤC NHIỆM VỤ\n").findings == ()


# --- metrics ----------------------------------------------------------------------------------------------------------

CATALOGUE = {
    "adult_confirmed": {
        "title": "Người trưởng thành được xác nhận phổ cập trên VNeID",
        "population": {"groups": ["adults"]},
    },
    "adult_skill": {"title": "Người trưởng thành có kỹ năng số", "population": {"groups": ["adults"]}},
    "village_team": {
        "title": "Thôn, buôn, tổ dân phố có Tổ công nghệ số cộng đồng",
        "population": {"units": "village"},
    },
}


@pytest.mark.parametrize(
    ("statement", "metric"),
    [
        ("80% người dân trưởng thành được xác nhận đạt phổ cập trên VNeID", "adult_confirmed"),
        ("80% người dân trưởng thành có tri thức cơ bản, kỹ năng số", "adult_skill"),
        ("100% thôn thành lập Tổ công nghệ số cộng đồng", "village_team"),
        ("70% hộ kinh doanh có gian hàng trực tuyến", None),
        ("95% trạm y tế có hồ sơ điện tử", None),
    ],
)
def test_a_metric_is_proposed_or_none(statement: str, metric: str | None) -> None:
    (indicator,) = read(f"I. CHỈ TIÊU NĂM 2025\n1. {statement}.\n", catalogue=CATALOGUE).indicators
    assert indicator.metric == metric
    assert (indicator.metric_confidence > 0) == (metric is not None)
