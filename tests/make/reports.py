"""Reports taken through their life by the real actions. Who acts is the test's business only where rights are tried."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hocvuso.places.models import Place
from hocvuso.plans.models import Duty
from hocvuso.reports.actions import (
    Paper,
    accept_report,
    number_report,
    replace_report,
    save_words,
    send_back_report,
    send_report,
    sign_report,
    submit_report,
)
from hocvuso.reports.queries import life_of
from tests.make.plans import duty, plan

BY = ":test"
TODAY = dt.date(2025, 10, 17)
PDF = Paper(b"%PDF-1.7 da ky", "bao-cao-da-ky.pdf")
PATH = ("submitted", "signed", "numbered", "sent", "accepted")


def weekly_duty(**more: Any) -> Duty:
    """A weekly report of communes and agencies to the department."""
    return plan(duties=[duty(**more)]).duties.select_related("plan__unit").get()


def words(what: Duty, place: Place, *, due: dt.date = TODAY, **texts: str) -> int:
    """Words saved over whatever is there; the version they made."""
    return save_words(what, place=place, due=due, by=BY, version=life_of(what, place, due=due).version, **texts).version


def taken_to(
    state: str, what: Duty, place: Place, *, due: dt.date = TODAY, today: dt.date = TODAY, number: int = 1, by: str = BY
) -> None:
    """From a draft to a state: one after the other of `PATH`, or "sent_back" or "replaced", which begin with what was sent."""
    who: dict[str, Any] = {"place": place, "due": due, "by": by, "today": today}
    version = life_of(what, place, due=due).version
    for act in PATH[: PATH.index(state) + 1] if state in PATH else PATH[:4]:
        if act == "submitted":
            submit_report(what, version=version, **who)
        elif act == "signed":
            sign_report(what, signer="Nguyễn Văn Chủ", office="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", **who)
        elif act == "numbered":
            number_report(what, number=str(number), dated=today, **who)
        elif act == "sent":
            send_report(what, **who)
        else:
            accept_report(what, edition=life_of(what, place, due=due).edition, **who)
    if state in ("sent_back", "replaced"):
        edition = life_of(what, place, due=due).edition
        send_back_report(what, remarks="Thiếu số buôn.", edition=edition, **who)
    if state == "replaced":
        replace_report(what, remarks="", **who)
