from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.attachments.models import Attachment
from hocvuso.attachments.rules import LARGEST, LONGEST_NAME, fits, is_plain_name, kind_of
from hocvuso.attachments.store import keep_file
from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput


@transaction.atomic
def add_attachment(data: bytes, *, name: str, by: str) -> Attachment:
    """Keep a file and its row. Called inside the transaction of what points to it: without that the bytes lie there, and nobody sees them.

    Raises `BadInput` for a type that is not taken, a file too large or empty, a name with a folder in it; nothing is kept then.
    """
    if not is_plain_name(name):
        raise BadInput(
            _("Tên tệp phải là tên trơn, dài đến %(most)s ký tự, không có dấu / hay \\ và không bắt đầu bằng dấu chấm.")
            % {"most": LONGEST_NAME}
        )
    if not data:
        raise BadInput(_("Tệp “%(name)s” trống.") % {"name": name})
    if len(data) > LARGEST:
        raise BadInput(
            _("Tệp “%(name)s” quá nặng; chỉ nhận tệp đến %(most)s MB.") % {"name": name, "most": LARGEST // 1_000_000}
        )
    kind = kind_of(data)
    if kind is None:
        raise BadInput(_("Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx) không có macro, ảnh PNG hoặc JPEG."))
    if not fits(name, kind):
        raise BadInput(
            _("Tên tệp “%(name)s” không khớp với nội dung: bên trong là tệp .%(kind)s.") % {"name": name, "kind": kind}
        )
    made = Attachment.objects.create(
        sha256=keep_file(data), name=name.strip(), kind=kind, size=len(data), by=by, recorded_at=clock.real_now()
    )
    record_act("add_attachment", by=by, object_type="attachment", object_id=made.pk, fields=[kind])
    return made
