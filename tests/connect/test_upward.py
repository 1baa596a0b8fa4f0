"""A province sends its figures to the level above: once, in pieces, over a line that is cut, and only in its own name."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hocvuso.audit.models import Entry
from hocvuso.connect.upward import jobs
from hocvuso.connect.upward.jobs import push_figures, push_unit
from hocvuso.evidence.rules import Grade
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, NotReady, Refused
from hocvuso.measure.actions import refresh_measure
from hocvuso.measure.models import Sender
from hocvuso.measure.queries import figures, metrics
from hocvuso.measure.queries.boards import breakdowns, weekly_by_commune
from hocvuso.measure.rules import Ask, Figure
from hocvuso.measure.upward.actions import accept_sender, end_sender
from hocvuso.measure.upward.content import packages_of
from hocvuso.measure.upward.queries import sent_here, sent_within
from hocvuso.measure.upward.rules import Manifest, Package, public_key_of
from hocvuso.places.models import Level, Unit
from hocvuso.places.rules import Group
from tests.make.evidence import fact, passed, unit_fact
from tests.make.kept import kept
from tests.make.measure import figure_at, stated
from tests.make.people import person
from tests.make.places import Country, population, unit
from tests.make.upward import ABOVE, KEY, OTHER_KEY, accepted, line, signed

TODAY = dt.date(2025, 10, 17)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("measure_dir")]
MANIFEST = reverse("receive_manifest")


@pytest.fixture(autouse=True)
def homes(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.UPWARD_KEY, settings.RECEIVED_DIR = KEY, tmp_path / "received"
    monkeypatch.setattr(jobs, "PAUSES", ())


@pytest.fixture
def moved(land: Country, measure_dir: Path) -> Country:
    """Something of everything: people of two months and two communes, an office, a school, the province itself, totals."""
    kept("moved", lambda: _move(land), folder=measure_dir)
    return land


def _move(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 10)
    population(land.ea_knop, Group.ADULTS, 40)
    for number, village in enumerate((0, 1, 2, 3)):
        who = person(f"Người {number}", land.villages[village])
        fact(who, "info_contact", on=dt.date(2025, 9 + number % 2, 5 + number))
        passed(who, on=dt.date(2025, 10, 16), level="proficient" if number else "usable")
    for place in (land.province, land.ea_kar):
        unit_fact(place, "committee_founded", on=dt.date(2025, 8, 1))
    stated(land.ea_kar, "adult_confirmed", 7, source="cong-an-tinh")
    stated(land.province, "adult_reached", 30)
    stated(land.villages[2], "adult_reached", 4)
    refresh_measure()


def everything(land: Country) -> dict[Any, Any]:
    """All counts there are, of all metrics, at every place the level above knows."""
    places = [land.nation, land.province, land.ea_kar, land.ea_knop]
    levels = [Ask(key, "proficient") for key, metric in metrics().by_key.items() if metric.by_level]
    asks = [*(Ask(key) for key in metrics().by_key), *levels]
    return {key: _counts(figure) for key, figure in figures(places, asks, on=TODAY).items()}


def _counts(figure: Figure) -> tuple[Any, ...]:
    base = figure.population and (figure.population.count, figure.population.on)
    return (*(figure.count(grade) for grade in Grade), base)


def contents(land: Country) -> tuple[Manifest, dict[str, Package]]:
    refresh_measure()
    return packages_of(land.province, on=TODAY)


def post(path: str, purpose: str, body: bytes, *, key: bytes = KEY) -> Any:
    return Client().post(path, body, content_type="application/octet-stream", headers=signed(purpose, body, key=key))


def send(manifest: Manifest, *, key: bytes = KEY) -> Any:
    return post(MANIFEST, "manifest", manifest.body, key=key)


def send_package(name: str, body: bytes) -> Any:
    return post(reverse("receive_package", args=[name]), f"package:{name}", body)


# --- what is sent ----------------------------------------------------------------------------------------------------------


def test_the_level_above_shows_the_same_figures_as_the_province(moved: Country) -> None:
    refresh_measure()
    before = everything(moved)
    accepted(moved.province)
    with line() as way:
        pushed = push_unit(moved.province, to=ABOVE)
    assert (pushed.state, pushed.sent, way.packages) == ("in_force", pushed.packages, pushed.packages)
    assert everything(moved) == before
    assert figure_at(moved.nation, "adult_reached").proven == 4


def test_nothing_of_a_village_a_day_of_one_an_organisation_or_a_person_is_sent(moved: Country) -> None:
    _manifest, packages = contents(moved)
    rows = [line.split(",") for package in packages.values() for line in package.text.decode().splitlines()]
    assert {row[0] for row in rows} == {"66", "24373", "24400"}
    weeks = [dt.date.fromisoformat(row[8]) for row in rows if len(row) == 11]
    assert weeks
    assert {week.isoweekday() for week in weeks} == {1}
    assert "Người" not in "".join(package.text.decode() for package in packages.values())


def test_the_same_again_sends_no_package_and_changes_nothing(moved: Country) -> None:
    accepted(moved.province)
    with line():
        push_unit(moved.province, to=ABOVE)
        before, entries = sent_here(), Entry.objects.count()
        with line() as way:
            pushed = push_unit(moved.province, to=ABOVE)
    assert (pushed.state, pushed.sent, way.asked) == ("known", 0, [f"{MANIFEST}"])
    assert (sent_here(), Entry.objects.count()) == (before, entries)


def test_only_the_month_that_changed_travels_again(moved: Country) -> None:
    accepted(moved.province)
    with line():
        first = push_unit(moved.province, to=ABOVE)
        fact(person("Mới", moved.villages[0]), "info_contact", on=TODAY)
        second = push_unit(moved.province, to=ABOVE)
    assert second.sent == 1 < first.sent
    assert figure_at(moved.nation, "adult_reached").proven == 5


def test_a_new_day_without_news_is_a_new_day_all_the_same(moved: Country) -> None:
    accepted(moved.province)
    with line():
        push_unit(moved.province, to=ABOVE)
        with clock.standing_on(TODAY + dt.timedelta(days=1)):
            assert push_unit(moved.province, to=ABOVE).state == "in_force"
    assert sent_here()["66"].on == TODAY + dt.timedelta(days=1)


# --- a line that is cut ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [0, 1, 2, 3])
def test_a_line_cut_anywhere_goes_on_where_it_was(moved: Country, cut: int) -> None:
    refresh_measure()
    before = everything(moved)
    accepted(moved.province)
    with line(cut=cut), pytest.raises(NotReady, match="Chạy lại lệnh"):
        push_unit(moved.province, to=ABOVE)
    assert sent_here() == {}
    with line() as way:
        pushed = push_unit(moved.province, to=ABOVE)
    assert way.packages == pushed.packages - max(0, cut - 1)
    assert everything(moved) == before


def test_a_cut_before_the_last_word_leaves_the_old_figures_in_force(moved: Country) -> None:
    accepted(moved.province)
    with line() as way:
        push_unit(moved.province, to=ABOVE)
    fact(person("Mới", moved.villages[0]), "info_contact", on=TODAY)
    with line(cut=2), pytest.raises(NotReady, match="chưa dùng"):
        push_unit(moved.province, to=ABOVE)
    assert figure_at(moved.nation, "adult_reached").proven == 4
    with line() as way:
        push_unit(moved.province, to=ABOVE)
    assert way.packages == 0
    assert figure_at(moved.nation, "adult_reached").proven == 5


def test_packages_that_are_named_no_more_are_forgotten(moved: Country, settings: Any) -> None:
    accepted(moved.province)
    with line():
        for number in range(5):
            fact(person(f"Mới {number}", moved.villages[0]), "info_contact", on=TODAY)
            pushed = push_unit(moved.province, to=ABOVE)
    home = settings.RECEIVED_DIR / "66"
    assert len(list((home / "packages").iterdir())) == pushed.packages
    assert len([path for path in home.iterdir() if path.is_dir()]) == 3 + 1


# --- who may send what -------------------------------------------------------------------------------------------------------


def test_a_sender_nobody_accepted_is_refused(moved: Country) -> None:
    with line(), pytest.raises(Refused, match="chưa biết khóa này"):
        push_unit(moved.province, to=ABOVE)


def test_a_sender_that_was_ended_is_refused_and_what_it_sent_stays(moved: Country) -> None:
    sender = accepted(moved.province)
    with line():
        push_unit(moved.province, to=ABOVE)
        end_sender(sender, by=":test")
        with pytest.raises(Refused, match="chưa biết khóa này"):
            push_unit(moved.province, to=ABOVE)
    assert list(sent_here()) == ["66"]


def test_a_wrong_signature_is_refused(moved: Country) -> None:
    accepted(moved.province)
    manifest, _packages = contents(moved)
    headers = signed("manifest", manifest.body) | {
        "Hocvuso-Signature": signed("manifest", manifest.body, key=OTHER_KEY)["Hocvuso-Signature"]
    }
    answer = Client().post(MANIFEST, manifest.body, content_type="application/octet-stream", headers=headers)
    assert (answer.status_code, "Chữ ký không đúng" in answer.json()["error"]) == (401, True)


def test_a_byte_changed_on_the_way_is_refused_and_the_figures_stay(moved: Country) -> None:
    accepted(moved.province)
    with (
        line(change=lambda body: body[:40] + bytes([body[40] ^ 1]) + body[41:]),
        pytest.raises(Refused, match="Chữ ký không đúng"),
    ):
        push_unit(moved.province, to=ABOVE)
    assert sent_here() == {}


def test_a_package_whose_sender_signed_another_content_is_refused(moved: Country) -> None:
    accepted(moved.province)
    manifest, packages = contents(moved)
    send(manifest)
    name, package = next(iter(packages.items()))
    for body in (package.body[:-4], next(iter(reversed(packages.values()))).body):
        answer = send_package(name, body)
        assert (answer.status_code, "hỏng" in answer.json()["error"]) == (400, True)


def test_a_province_speaks_for_itself_only(moved: Country) -> None:
    gia_lai = unit("52", "Tỉnh Gia Lai", Level.PROVINCE, "tỉnh", moved.nation)
    accepted(gia_lai)
    with line(), pytest.raises(Refused, match=r"chỉ được gửi số liệu của Tỉnh Gia Lai \(mã 52\)"):
        push_unit(moved.province, to=ABOVE)
    manifest, packages = contents(moved)
    assert send(replace(manifest, unit="52")).status_code == 200
    name, package = next(iter(packages.items()))
    answer = send_package(name, package.body)
    assert (answer.status_code, "không phải một xã" in answer.json()["error"]) == (409, True)


def test_an_older_manifest_is_no_news(moved: Country) -> None:
    accepted(moved.province)
    old, _packages = contents(moved)
    fact(person("Mới", moved.villages[0]), "info_contact", on=TODAY)
    with line():
        push_unit(moved.province, to=ABOVE)
    answer = send(old)
    assert (answer.status_code, "cũ hơn" in answer.json()["error"]) == (409, True)
    assert figure_at(moved.nation, "adult_reached").proven == 5


def test_an_older_manifest_does_not_push_aside_one_that_is_on_its_way(moved: Country) -> None:
    accepted(moved.province)
    old, _packages = contents(moved)
    fact(person("Mới", moved.villages[0]), "info_contact", on=TODAY)
    new, _packages = contents(moved)
    assert send(new).json()["state"] == "wanted"
    assert send(old).status_code == 409


def test_a_manifest_from_a_clock_that_runs_ahead_is_refused(moved: Country) -> None:
    accepted(moved.province)
    manifest, _packages = contents(moved)
    answer = send(replace(manifest, made_at=manifest.made_at + dt.timedelta(hours=1)))
    assert (answer.status_code, "đồng hồ" in answer.json()["error"]) == (409, True)


def test_a_package_without_its_manifest_and_one_that_is_too_large_are_refused(moved: Country) -> None:
    accepted(moved.province)
    _manifest, packages = contents(moved)
    name, package = next(iter(packages.items()))
    assert send_package(name, package.body).status_code == 409
    answer = send_package(name, b"x" * 1_600_000)
    assert (answer.status_code, answer.json()["error"]) == (413, "Gói tin quá lớn; chưa nhận gì.")


def test_what_is_no_manifest_is_refused_in_words(moved: Country) -> None:
    accepted(moved.province)
    answer = post(MANIFEST, "manifest", b"{}")
    assert (answer.status_code, answer.json()["error"]) == (400, "Bản kê số liệu không đọc được.")


def test_one_key_is_for_one_sender_and_one_unit_has_one(moved: Country) -> None:
    accepted(moved.province)
    gia_lai = unit("52", "Tỉnh Gia Lai", Level.PROVINCE, "tỉnh", moved.nation)
    with pytest.raises(Refused, match="một nơi gửi khác"):
        accepted(gia_lai, name="gia-lai")
    with pytest.raises(Refused, match="đã có nơi gửi"):
        accepted(moved.province, name="dak-lak-2", key=OTHER_KEY)
    with pytest.raises(BadInput, match="không phải cấp tỉnh"):
        accepted(moved.ea_kar, name="ea-kar", key=OTHER_KEY)
    accept_sender("dak-lak", unit=moved.province, key=public_key_of(OTHER_KEY), by=":test")
    assert Sender.objects.get().public_key == public_key_of(OTHER_KEY)


# --- beside the own figures --------------------------------------------------------------------------------------------------


def test_what_a_province_sent_stands_for_the_whole_of_it_and_nobody_is_counted_twice(moved: Country) -> None:
    gia_lai = unit("52", "Tỉnh Gia Lai", Level.PROVINCE, "tỉnh", moved.nation)
    pleiku = unit("23563", "Phường Pleiku", Level.COMMUNE, "phường", gia_lai)
    accepted(moved.province)
    with line():
        push_unit(moved.province, to=ABOVE)
    fact(person("Ghi ở trung ương", moved.villages[0]), "info_contact", on=TODAY)
    fact(person("Người Gia Lai", pleiku), "info_contact", on=TODAY)
    assert figure_at(moved.province, "adult_reached").proven == 4
    assert figure_at(moved.ea_kar, "adult_reached").proven == 2
    assert figure_at(gia_lai, "adult_reached").proven == 1
    assert figure_at(moved.nation, "adult_reached").proven == 4 + 1
    assert [(place.code, sent is not None) for place, sent in sent_within(moved.nation)] == [
        ("52", False),
        ("66", True),
    ]


def test_a_week_counts_from_its_last_day_on_or_from_the_day_of_the_figures(moved: Country) -> None:
    accepted(moved.province)
    with line():
        push_unit(moved.province, to=ABOVE)
    # Of the week Monday 15/9 to Sunday 21/9 nothing; two of 1–7/9 (the 5th, the 7th).
    assert figure_at(moved.nation, "adult_reached", on=dt.date(2025, 9, 6)).proven == 0
    assert figure_at(moved.nation, "adult_reached", on=dt.date(2025, 9, 7)).proven == 2
    assert figure_at(moved.nation, "adult_skill").proven == 4, "of this week, whose last day is to come"


def test_what_was_simulated_stays_so_where_it_arrives_and_nowhere_else(moved: Country) -> None:
    gia_lai = unit("52", "Tỉnh Gia Lai", Level.PROVINCE, "tỉnh", moved.nation)
    accepted(moved.province)
    fact(person("Mô phỏng", moved.villages[0]), "info_contact", on=TODAY, source="mo-phong")
    with line():
        push_unit(moved.province, to=ABOVE)
    assert sent_here()["66"].simulated
    assert figure_at(moved.province, "youth_vn_domain").simulated
    assert figure_at(moved.nation, "youth_vn_domain").simulated
    assert not figure_at(gia_lai, "youth_vn_domain").simulated
    assert "dữ liệu mô phỏng" in Client().get("/").content.decode().lower()


def test_what_was_sent_is_broken_down_and_shown_week_by_week_like_the_own(moved: Country) -> None:
    refresh_measure()
    given = (moved.nation, Ask("adult_reached"))
    weekly = {"first": dt.date(2025, 8, 1), "last": TODAY}
    before = breakdowns(*given, on=TODAY), weekly_by_commune(moved.nation, "adult_reached", **weekly)
    assert sum(before[1].values()) == 4
    accepted(moved.province)
    with line():
        push_unit(moved.province, to=ABOVE)
    assert (breakdowns(*given, on=TODAY), weekly_by_commune(moved.nation, "adult_reached", **weekly)) == before


# --- by itself ---------------------------------------------------------------------------------------------------------------


def test_the_timetable_sends_where_the_settings_say_and_else_nothing(moved: Country, settings: Any) -> None:
    assert push_figures() is None
    accepted(moved.province)
    settings.UPWARD_URL, settings.UPWARD_UNIT = ABOVE, "66"
    with line():
        pushed = push_figures()
    assert pushed is not None
    assert pushed.state == "in_force"


def test_without_a_key_nothing_is_sent(moved: Country, settings: Any) -> None:
    settings.UPWARD_KEY = b""
    with pytest.raises(NotReady, match="HOCVUSO_UPWARD_KEY"):
        push_unit(moved.province, to=ABOVE)


def test_the_audit_says_who_sent_and_was_accepted_and_names_no_key(moved: Country) -> None:
    accepted(moved.province)
    with line():
        push_unit(moved.province, to=ABOVE)
    found = Entry.objects.filter(verb__in=["accept_sender", "receive_figures"]).order_by("pk")
    assert [(one.actor, one.verb, one.object_id) for one in found] == [
        (":test", "accept_sender", "dak-lak"),
        (":sender:dak-lak", "receive_figures", "66"),
    ]
    assert public_key_of(KEY) not in json.dumps([one.fields for one in found])


def test_a_unit_that_is_not_there_is_named() -> None:
    assert Unit.objects.count() == 0
    assert sent_here() == {}
