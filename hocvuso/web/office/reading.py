"""The reader with the catalogue of metrics in its hand: for the page that takes a document in, and for the timetable."""

from __future__ import annotations

from django.conf import settings

from hocvuso.lib.yamlfile import read_yaml
from hocvuso.plans.drafts.actions import read_waiting_drafts
from hocvuso.plans.reader.model import Draft


def read_document(data: bytes, name: str) -> Draft:
    from hocvuso.plans.reader.read import read_plan

    return read_plan(data, name=name, catalogue=read_yaml(settings.DATA_DIR / "metrics.yaml")["metrics"])


def read_waiting_documents() -> int:
    """A job of the timetable: long documents that were sent in."""
    return read_waiting_drafts(read=read_document)
