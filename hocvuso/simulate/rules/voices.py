"""What places of the demo have trouble with, week by week: the same for the same seed. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

FIRST_WEEK = dt.date(2025, 7, 21)
MOST_WEEKS = 26
A_WEEK = (3, 5)  # concerns a week in the whole province, from … to
UNANSWERED = 0.12  # of those raised at agencies and the province

# theme, kind, agency by its code's end (none: as the theme says), what places say of it, what is answered
_MATTERS: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    (
        "song-mang", "difficulty", "so-khcn",
        (
            "Sóng điện thoại ở các buôn xa còn yếu, lớp buổi tối phải dùng tài liệu in.",
            "Sóng điện thoại yếu ở các buôn xa trung tâm xã.",
            "Ở thôn xa sóng điện thoại yếu, nhiều nhà không vào được mạng.",
            "Một số thôn xa sóng điện thoại còn yếu, lớp học phải dời về nhà văn hóa xã.",
        ),
        "Đã làm việc với các doanh nghiệp viễn thông; danh sách thôn, buôn sóng yếu được đưa vào đợt lắp trạm quý IV.",
    ),
    (
        "thiet-bi", "proposal", "so-khcn",
        (
            "Đề nghị hỗ trợ màn hình hoặc máy chiếu cho lớp học cộng đồng.",
            "Đề nghị hỗ trợ máy chiếu cho lớp học cộng đồng ở nhà văn hóa thôn.",
        ),
        "Các xã lập danh sách nhà văn hóa chưa có màn hình, gửi trước ngày 20 hằng tháng để cân đối từ nguồn xã hội hóa.",
    ),
    (
        "dinh-danh", "difficulty", "cong-an",
        (
            "Nhiều người dân chưa có tài khoản định danh điện tử mức 2.",
            "Người dân chưa có tài khoản định danh mức 2 còn nhiều, nhất là người già.",
            "Người lớn tuổi khó chụp khuôn mặt khi kích hoạt tài khoản định danh điện tử.",
        ),
        "Công an tỉnh bố trí tổ lưu động về từng xã; lịch đã gửi Công an xã, phường.",
    ),
    (
        "dinh-danh", "proposal", "cong-an",
        (
            "Đề nghị Công an tỉnh tổ chức thêm đợt cấp định danh lưu động.",
            "Đề nghị tổ chức thêm đợt cấp định danh lưu động tại xã vào cuối tuần.",
        ),
        "Đồng ý tổ chức thêm hai đợt vào thứ Bảy; xã thông báo để người dân đến.",
    ),
    (
        "kinh-phi", "proposal", "so-tai-chinh",
        (
            "Đề nghị hướng dẫn nguồn kinh phí bồi dưỡng thành viên tổ công nghệ số cộng đồng.",
            "Đề nghị bố trí kinh phí bồi dưỡng cho thành viên tổ công nghệ số cộng đồng.",
        ),
        "Xã, phường cân đối trong dự toán chi thường xuyên được giao; vượt khả năng thì có văn bản gửi Sở Tài chính.",
    ),
    (
        "nhan-luc", "difficulty", "tinh-doan",
        (
            "Thành viên tổ bận mùa vụ, mỗi tuần chỉ mở được một buổi.",
            "Đang mùa thu hoạch cà phê, thành viên tổ bận mùa vụ nên khó mở lớp.",
        ),
        "Tỉnh đoàn cử đoàn viên tình nguyện về hỗ trợ các xã đăng ký, bắt đầu từ tuần tới.",
    ),
    (
        "hoc-sinh", "proposal", "so-gddt",
        (
            "Đề nghị cho học sinh trung học hướng dẫn ông bà, cha mẹ được tính vào hoạt động trải nghiệm.",
            "Đề nghị tính việc học sinh hướng dẫn người nhà vào hoạt động trải nghiệm của trường.",
        ),
        "Đồng ý; các trường ghi nhận trong sổ theo dõi hoạt động trải nghiệm.",
    ),
    (
        "tai-lieu", "proposal", "so-khcn",
        (
            "Đề nghị có tài liệu in chữ to cho người lớn tuổi.",
            "Đề nghị in tài liệu chữ to để phát cho người lớn tuổi.",
        ),
        "Bản chữ to đã đưa lên mục tài liệu; xã in theo số lớp thực tế.",
    ),
    (
        "dan-toc", "difficulty", "so-dttg",
        (
            "Tài liệu chưa có tiếng Ê Đê, bà con lớn tuổi khó theo.",
            "Chưa có tài liệu bằng tiếng Ê Đê cho bà con lớn tuổi.",
        ),
        "Đang biên dịch năm bài cơ bản sang tiếng Ê Đê, dự kiến xong trong tháng 10.",
    ),
    (
        "phoi-hop", "proposal", "",
        (
            "Đề nghị thống nhất một mẫu báo cáo, không gửi thêm bản Excel.",
            "Đề nghị không yêu cầu xã gửi thêm bản Excel ngoài báo cáo trên hệ thống.",
        ),
        "Từ tháng 9 chỉ dùng báo cáo trên hệ thống; các sở không yêu cầu thêm bản Excel.",
    ),
    (
        "mua-vu", "difficulty", "",
        (
            "Mưa lớn, đường vào buôn bị chia cắt nên phải hoãn lớp.",
            "Mưa lớn kéo dài, nhiều lớp buổi tối phải hoãn.",
        ),
        "Các xã chủ động dời lịch; kết quả tuần này được tính vào tuần sau.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Raised:
    """One concern of the demo: by which commune (a number to choose by), when, and when it is answered, if it is."""

    key: str
    theme: str
    kind: str
    agency: str
    text: str
    commune: int
    on: dt.date
    answer: str
    answered_on: dt.date | None


def voices(seed: int, *, until: dt.date) -> Iterator[Raised]:
    """Week by week; what a week brings does not depend on the weeks before or on `until`."""
    for week in range(MOST_WEEKS):
        monday = FIRST_WEEK + dt.timedelta(weeks=week)
        die = Random(f"{seed}:voices:{week}")
        for number in range(die.randint(*A_WEEK)):
            theme, kind, agency, texts, answer = die.choice(_MATTERS)
            on = monday + dt.timedelta(die.randint(0, 4))
            wait = die.randint(2, 9)
            answered_on = on + dt.timedelta(wait) if die.random() > UNANSWERED else None
            one = Raised(
                f"{week}-{number}", theme, kind, agency, die.choice(texts), die.randrange(1_000_000), on, answer, answered_on
            )  # fmt: skip
            if on <= until:
                yield one
