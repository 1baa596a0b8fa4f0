"""The page of the stand-in, in plain Vietnamese: what would have been sent, and how it should behave."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hocvuso.connect.notify.standin.app import Shown

NOTE = "Đây là trang giả lập Zalo và SMS: không có tin nào được gửi đi thật."
MOODS = {
    "tot": "Nhận tin bình thường",
    "tu-choi": "Từ chối (số không dùng Zalo, số bị chặn)",
    "loi": "Báo lỗi (500)",
    "quen-khoa": "Không nhận khóa truy cập một lần (Zalo)",
}
_STYLE = """
*{box-sizing:border-box}
body{margin:0;background:#f1f1f4;color:#1d1d24;font:1.125rem/1.6 system-ui,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
body{overflow-wrap:anywhere}
.note{margin:0;padding:.75rem 1rem;background:#4a2a6a;color:#fff;font-weight:700;text-align:center}
main{max-width:42rem;margin:0 auto;padding:1.25rem 1rem 3rem}
h1{margin:.5rem 0 1rem;font-size:1.75rem;line-height:1.3}
h2{font-size:1.375rem;margin:2rem 0 .5rem}
p,ul,form,fieldset{margin:0 0 1rem}
fieldset{border:0;padding:0}
legend{font-weight:700;margin-bottom:.5rem;padding:0}
button{min-height:3rem;padding:.5rem 1.5rem;border:2px solid #4a2a6a;border-radius:.5rem;background:#4a2a6a;color:#fff}
button{font:inherit;font-weight:700}
.choice{display:flex;align-items:center;min-height:3rem;margin:0 0 .25rem}
.choice input{flex:none;width:1.5rem;height:1.5rem;margin:0 .75rem 0 0}
ul{padding:0;list-style:none}
li{margin:0 0 .75rem;padding:.75rem 1rem;border:1px solid #c9c4d2;border-radius:.5rem;background:#fff}
li p{margin:.25rem 0 0;white-space:pre-line}
:focus-visible{outline:3px solid #1d1d24;outline-offset:2px}
"""


def front(mood: str, seen: Sequence[Shown]) -> str:
    """`seen` the newest first."""
    choices = "".join(
        f'<p class="choice"><input type="radio" name="kieu" id="{key}" value="{key}"{" checked" if key == mood else ""}>'
        f'<label for="{key}">{escape(words)}</label></p>'
        for key, words in MOODS.items()
    )
    rows = "".join(
        f"<li><b>{escape(one.channel)}</b> đến số {escape(one.number)}, {escape(one.at)}<p>{escape(one.text)}</p></li>"
        for one in seen
    )
    listed = f"<ul>{rows}</ul>" if rows else "<p>Chưa có tin nào.</p>"
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trang giả lập Zalo và SMS</title>
<style>{_STYLE}</style>
</head>
<body>
<header><p class="note">{NOTE}</p></header>
<main>
<h1>Những tin lẽ ra đã gửi</h1>
{listed}
<h2>Cách trả lời</h2>
<form method="post" action="/"><fieldset><legend>Với các tin sắp tới</legend>
{choices}</fieldset>
<p><button>Đặt</button></p></form>
</main>
</body>
</html>
"""
