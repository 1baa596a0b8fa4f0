from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from hocvuso.fieldwork.actions import cancel_class, plan_class
from hocvuso.lib import clock
from hocvuso.lib.clock import HANOI
from tests.make.fieldwork import team
from tests.make.people import person, visiting
from tests.make.places import Country

pytestmark = pytest.mark.django_db
# 19:00 in Hà Nội is the day before in UTC until 7 o'clock: the page tells the evening as it is there.
EVENING = dt.datetime(2025, 10, 21, 19, 30, tzinfo=HANOI)


def test_classes_to_come_are_told_to_everybody_and_to_neighbours_first(land: Country) -> None:
    minh = person("Minh", land.villages[0])
    planned = plan_class(
        team(land.villages[0], minh), skill="an-toan", starts_at=EVENING, place="Nhà cộng đồng", by=":test", now=clock.now()
    )  # fmt: skip
    shown = Client().get("/").content.decode()
    for words in ("Buổi học sắp tới", "19:30, thứ Ba 21/10/2025", "Nhà cộng đồng", "Thôn 1, Xã Ea Kar"):
        assert words in shown
    assert "Buổi học gần nhà" in visiting(minh).get("/hoc/").content.decode()
    assert "Buổi học gần nhà" not in visiting(person("Tuấn", land.villages[2])).get("/hoc/").content.decode()
    cancel_class(planned, by=":test")
    assert "Nhà cộng đồng" not in Client().get("/").content.decode()


def test_the_front_page_opens_on_an_empty_system(db: None) -> None:
    answer = Client().get("/")
    assert answer.status_code == 200
    assert "Vào học" in answer.content.decode()
