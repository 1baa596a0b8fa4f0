"""A file's bytes to lines, paragraphs and tables, in the order of the document. Nothing is put right here; `repair` does that."""

from __future__ import annotations

from hocvuso.lib.errors import BadInput
from hocvuso.plans.reader.load.source import Source

LARGEST = 120_000_000  # bytes of a file; a scan of a long plan has some 50 million
KINDS = "Đọc được tệp .docx, .pdf, .html và .txt."


def load(data: bytes, *, name: str) -> Source:
    """The kind is told by the first bytes, and by the name where they do not tell. Refuses with `BadInput`."""
    demand_size(len(data), name=name)
    if not data.strip():
        raise BadInput(f"Tệp {name} trống.")
    source = _load(data, name)
    if not source.has_text:
        raise BadInput(f"Tệp {name} không có chữ nào đọc được. Nếu là bản quét, hãy nhận dạng chữ (OCR) trước.")
    return source


def demand_size(size: int, *, name: str) -> None:
    if size > LARGEST:
        raise BadInput(f"Tệp {name} quá lớn ({size // 1_000_000} MB, tối đa {LARGEST // 1_000_000} MB).")


def _load(data: bytes, name: str) -> Source:
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if data[:1024].lstrip().startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        from hocvuso.plans.reader.load.pdf import load_pdf

        return load_pdf(data, name=name)
    if data.startswith(b"PK") or ending == "docx":
        from hocvuso.plans.reader.load.docx import load_docx

        return load_docx(data, name=name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(
            f"Tệp {name} là Word đời cũ (.doc) hoặc Word có mật khẩu; hãy mở bằng Word, bỏ mật khẩu và lưu thành .docx. {KINDS}"
        )
    if ending == "pdf":
        raise BadInput(f"Tệp {name} không phải là PDF, hoặc đã hỏng.")
    if ending in ("html", "htm") or b"<html" in data[:2048].lower():
        from hocvuso.plans.reader.load.html import load_html

        return load_html(data, name=name)
    if ending in ("txt", "text", ""):
        from hocvuso.plans.reader.load.text import load_text

        return load_text(data, name=name)
    raise BadInput(f"Không đọc loại tệp .{ending}. {KINDS}")
