from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from hocvuso.cli import hocvuso, run


@dataclass(frozen=True)
class Said:
    out: str
    err: str
    code: int


Say = Callable[..., Said]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """The console command as somebody types it: what it prints, and its exit code."""

    def typed(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["hocvuso", *map(str, words)])
        capsys.readouterr()
        try:
            run(hocvuso)
            code = 0
        except SystemExit as leave:
            code = int(leave.code or 0)
        printed = capsys.readouterr()
        return Said(printed.out, printed.err, code)

    return typed
