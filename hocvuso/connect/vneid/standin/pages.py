"""The pages of the stand-in, in plain Vietnamese. They look like nobody's, so that nobody takes them for VNeID's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from hocvuso.connect.vneid.standin.provider import StandinCitizen
from hocvuso.connect.vneid.standin.receiver import Mood

_STYLE = """
*{box-sizing:border-box}
body{margin:0;background:#f1f1f4;color:#1d1d24;font:1.25rem/1.6 system-ui,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
body{overflow-wrap:break-word}
.note{margin:0;padding:.75rem 1rem;background:#4a2a6a;color:#fff;font-weight:700;text-align:center}
main{max-width:38rem;margin:0 auto;padding:1.25rem 1rem 3rem}
h1{margin:.5rem 0 1rem;font-size:1.75rem;line-height:1.3}
h2{font-size:1.375rem;margin:2rem 0 .5rem}
p,ul,form,fieldset{margin:0 0 1rem}
fieldset{border:0;padding:0}
legend{font-weight:700;margin-bottom:.5rem;padding:0}
button{display:block;width:100%;min-height:3.5rem;margin:0 0 .75rem;padding:.75rem 1rem;border:2px solid #4a2a6a;border-radius:.5rem}
button{background:#fff;color:#1d1d24;font:inherit;text-align:left;cursor:pointer}
button b{display:block;color:#3d2158}
button.no{text-align:center}
button.go{text-align:center;background:#4a2a6a;color:#fff;font-weight:700}
button:hover{background:#efe8f6}
button.go:hover{background:#351c4f}
.choice{display:flex;align-items:center;min-height:3rem;margin:0 0 .5rem}
.choice input{flex:none;width:1.5rem;height:1.5rem;margin:0 .75rem 0 0}
:focus-visible{outline:3px solid #1d1d24;outline-offset:2px}
"""
_MOODS = {
    Mood.WELL: "Trả lời bình thường",
    Mood.REFUSES: "Từ chối xác nhận",
    Mood.BREAKS: "Báo lỗi (500)",
    Mood.IS_SLOW: "Đã ghi nhưng trả lời quá chậm",
    Mood.LOSES_THE_REPLY: "Đã ghi nhưng câu trả lời bị mất",
}
NOTE = "Đây là trang giả lập VNeID, không phải VNeID thật."


def _page(title: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} – Trang giả lập VNeID</title>
<style>{_STYLE}</style>
</head>
<body>
<header><p class="note">{NOTE}</p></header>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""


def choose_citizen(citizens: Sequence[StandinCitizen], query: Mapping[str, str]) -> str:
    """Each citizen is a button. The request travels along in the form, so that the server keeps nothing for people who turn back."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in query.items()
    )
    buttons = "".join(
        f'<button name="nguoi" value="{escape(one.key)}"><b>{escape(one.name)}</b>{escape(one.about)}</button>'
        for one in citizens
    )
    return _page(
        "Bạn muốn vào với tên ai?",
        f"<p>Những người dưới đây không có thật. Bấm vào một tên là đồng ý cho Học Vụ Số biết họ tên, năm sinh, giới tính "
        f"và số định danh (giả) của người đó.</p><form method='post'>{hidden}{buttons}"
        f'<button class="no" name="nguoi" value="">Không đồng ý, quay lại</button></form>',
    )


def not_in_order(plain: str) -> str:
    return _page("Không đăng nhập được", f"<p>{escape(plain)}</p><p>Hãy quay lại Học Vụ Số và bấm vào lần nữa.</p>")


def front() -> str:
    return _page(
        "Trang giả lập VNeID",
        "<p>Bản mẫu của Học Vụ Số dùng trang này thay cho VNeID. Mọi người và mọi số ở đây đều không có thật.</p>"
        '<p><a href="/quan-tri">Chọn cách trang này trả lời các xác nhận</a></p>',
    )


def moods(mood: Mood, kept: Mapping[str, Mapping[str, str]]) -> str:
    choices = "".join(
        f'<p class="choice"><input type="radio" id="{one}" name="kieu" value="{one}"{" checked" if one is mood else ""}>'
        f'<label for="{one}">{text}</label></p>'
        for one, text in _MOODS.items()
    )
    rows = "".join(
        f"<li>{escape(answer['reference'])}, ngày {'/'.join(reversed(answer['confirmed_on'].split('-')))}</li>"
        for answer in kept.values()
    )
    return _page(
        "Trang này trả lời thế nào?",
        f"<form method='post'><fieldset><legend>Khi Học Vụ Số gửi một kết quả sang đây:</legend>{choices}</fieldset>"
        f'<button class="go">Ghi lại</button></form><h2>Đã xác nhận {len(kept)} kết quả</h2>'
        + (f"<ul>{rows}</ul>" if rows else "<p>Chưa có kết quả nào được gửi đến.</p>"),
    )
