"""The forms and templates in force here: those of the program, and the office's own in `HOCVUSO_HOME/templates`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from hocvuso.lib.errors import BadInput
from hocvuso.reports.documents.library import Library, load, shipped
from hocvuso.reports.documents.periodic import periodic_report
from hocvuso.reports.rules import ReportContent

SUFFIXES = (".docx", ".pdf", ".xlsx")


def own_templates() -> Path:
    """Where an office puts its own files: forms under `forms/`, templates beside it."""
    return Path(settings.HOME) / "templates"


def library_here() -> Library:
    """Read anew when one of the office's files has changed. Raises BadInput naming file and line of a fault."""
    folder = own_templates()
    marks = tuple(
        (path.relative_to(folder).as_posix(), path.stat().st_mtime_ns, path.stat().st_size)
        for path in sorted(folder.rglob("*.yaml"))
    )
    return _loaded(folder, marks) if marks else shipped()


def library_for_names() -> Library:
    """For pages that only name the issuer: a broken file of the office stops its documents (`written`), not everybody's work."""
    try:
        return library_here()
    except BadInput:
        return shipped()


@lru_cache(maxsize=2)
def _loaded(folder: Path, _marks: tuple[tuple[str, int, int], ...]) -> Library:
    return load(folder)


def written(content: ReportContent, suffix: str) -> bytes:
    """A report as a file: ".docx", ".pdf" or ".xlsx". The same content gives the same bytes."""
    if suffix == ".xlsx":
        from hocvuso.reports.documents.workbook import report_workbook

        return report_workbook(content, library=library_here())
    document = periodic_report(content, library=library_here())
    if suffix == ".pdf":
        from hocvuso.reports.documents.pdf_writer import pdf_of

        return pdf_of(document)
    import io

    from hocvuso.reports.documents.docx_writer import write_docx

    file = io.BytesIO()
    write_docx(document, to=file)
    return file.getvalue()
