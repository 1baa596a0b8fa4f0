"""A message as a letter (RFC 5322), pure."""

from __future__ import annotations

import datetime as dt
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from hocvuso.lib.errors import BadInput

SENDER = "Học Vụ Số"
FOOT = "Thư này được gửi tự động, xin không trả lời. Học Vụ Số không bao giờ hỏi mã OTP, mật khẩu hay ảnh căn cước."


def letter(
    *, sender: str, to: str, subject: str, body: str, stop: str, reference: str, at: dt.datetime
) -> EmailMessage:
    """`reference` makes the Message-ID: the same message sent again after a crash is the same letter to a mail program.

    `stop` says where letters are stopped; it is no link.

    A line break in an address or a subject would begin another header, and is refused.
    """
    if any(not text.isprintable() for text in (sender, to, subject)):
        raise BadInput("Địa chỉ hoặc tiêu đề thư có ký tự không được phép.")
    local, _, domain = sender.rpartition("@")
    made = EmailMessage()
    made["From"] = Address(SENDER, local, domain)
    made["To"] = to
    made["Subject"] = subject
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{reference}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic answer to an automatic letter
    made["Content-Language"] = "vi"
    made.set_content(f"{body.rstrip()}\n\n-- \n{FOOT}\n{stop}\n")
    return made
