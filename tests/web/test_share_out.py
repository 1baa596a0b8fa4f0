"""The page where a target is shared out: filled by headcount, tried, kept whole, and seen by those it concerns only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from hocvuso.measure.actions import refresh_measure
from hocvuso.people.models import Account
from hocvuso.places.rules import Group
from hocvuso.plans.models import Allotment
from tests.make.kept import kept
from tests.make.people import signed_in
from tests.make.places import Country, population
from tests.make.plans import plan, target
from tests.web.test_language import in_english, left_over

pytestmark = pytest.mark.django_db

PLAN = "dak-lak-100-ngay"
COUNT = reverse("share_out", args=[PLAN, "ii-8-nguoi-dan-chu-ky-so"])  # 5,000 people with a digital signature
SHARE = reverse("share_out", args=[PLAN, "ii-4-nguoi-lon-duoc-tiep-can"])  # 60 % of adults reached
OFFICIALS = reverse("share_out", args=[PLAN, "ii-2-can-bo-duoc-tap-huan"])


@pytest.fixture
def counted(office: dict[str, Account], land: Country, measure_dir: Path) -> None:
    kept("counted", lambda: _count(land), folder=measure_dir)


def _count(land: Country) -> None:
    population(land.villages[0], Group.RESIDENTS_15, 700)
    population(land.villages[2], Group.RESIDENTS_15, 300)
    refresh_measure()


def fields(page: str) -> dict[str, str]:
    """What stands in the form, as a browser would send it."""
    found = dict(re.findall(r'<input class="amount"[^>]* name="([^"]+)" value="([^"]*)"', page))
    return {**found, "seen": re.findall(r'name="seen" value="(\d+)"', page)[0]}


def fill(client: Client, where: str, noi: str = "66", **given: str) -> dict[str, str]:
    return {**fields(client.get(where, {"noi": noi}).content.decode()), **{f"p:{k[1:]}": v for k, v in given.items()}}


def send(client: Client, where: str, data: dict[str, str], *, what: str = "luu", noi: str = "66") -> tuple[int, str]:
    answer = client.post(f"{where}?noi={noi}", {**data, "viec": what})
    return answer.status_code, answer.content.decode()


def goals(client: Client, where: str, noi: str) -> str:
    page = client.get(where.removesuffix("giao/"), {"noi": noi}).content.decode()
    found = re.search(r"<dt>Mức giao</dt><dd>(.*?)</dd>", page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).replace("\u00a0", " ").split())


def test_a_count_is_filled_in_by_headcount_and_kept(office: dict[str, Account], counted: None) -> None:
    client = signed_in(office["binh"])
    page = client.get(COUNT, {"noi": "66", "so-nguoi": "1"}).content.decode()
    filled = fields(page)
    assert (filled["p:24373"], filled["p:24400"]) == ("3.500", "1.500")
    assert Allotment.objects.count() == 0  # shown, not kept
    assert send(client, COUNT, filled)[0] == 302
    assert goals(client, COUNT, "24373") == "3.500 người"
    assert goals(signed_in(office["tuan"]), COUNT, "24400") == "1.500 người"
    assert goals(client, COUNT, "66") == "5.000 người"


def test_the_commune_passes_its_part_on_to_its_villages(office: dict[str, Account], counted: None) -> None:
    province, commune = signed_in(office["binh"]), signed_in(office["hoa"])
    assert "chưa được giao cho nơi này" in commune.get(COUNT).content.decode()
    send(province, COUNT, fill(province, COUNT, _24373="5000"))
    data = fill(commune, COUNT, "24373", **{"_24373-01": "4.000", "_24373-02": "1.000"})
    assert send(commune, COUNT, data, noi="24373")[0] == 302
    assert goals(commune, COUNT, "24373-01") == "4.000 người"


def test_parts_that_do_not_add_up_come_back_as_typed_and_nothing_is_kept(
    office: dict[str, Account], counted: None
) -> None:
    client = signed_in(office["binh"])
    status, page = send(client, COUNT, fill(client, COUNT, _24373="3000", _24400="1.999"))
    assert status == 400
    assert "đang thiếu 1" in page
    assert (fields(page)["p:24373"], fields(page)["p:24400"]) == ("3000", "1.999")
    assert Allotment.objects.count() == 0


def test_a_field_that_cannot_be_read_is_named_and_keeps_its_words(office: dict[str, Account], counted: None) -> None:
    client = signed_in(office["binh"])
    status, page = send(client, COUNT, fill(client, COUNT, _24373='ba nghìn"><b>', _24400="1500"))
    assert status == 400
    assert "viết số nguyên" in page
    assert 'aria-invalid="true"' in page
    assert "ba nghìn&quot;&gt;&lt;b&gt;" in page
    assert Allotment.objects.count() == 0


def test_trying_shows_the_sum_and_keeps_nothing(office: dict[str, Account], counted: None) -> None:
    client = signed_in(office["binh"])
    status, page = send(client, COUNT, fill(client, COUNT, _24373="3000", _24400="2500"), what="thu")
    assert status == 200
    assert "5.500 (thừa 500)" in page
    assert Allotment.objects.count() == 0


def test_percentages_are_weighed_by_the_adults_of_each_commune(office: dict[str, Account]) -> None:
    """Three adults in Ea Kar and five in Ea Knốp: 80 and 48 make exactly 60."""
    client = signed_in(office["binh"])
    status, page = send(client, SHARE, fill(client, SHARE, _24373="80", _24400="45"))
    assert status == 400
    assert "thấp hơn mức 60" in page
    assert send(client, SHARE, fill(client, SHARE, _24373="80", _24400="48"))[0] == 302
    assert goals(client, SHARE, "24400") == "48 %"
    assert goals(client, SHARE, "24373-01") == "80 %"


def test_an_officials_target_may_go_to_communes_or_to_offices(office: dict[str, Account]) -> None:
    client = signed_in(office["binh"])
    page = client.get(OFFICIALS, {"noi": "66", "cach": "organisations"}).content.decode()
    assert "Cơ quan, trường, doanh nghiệp" in page
    data = {**fields(page), "p:o:66-so-khcn": "80", "p:o:24373-ubnd": "80"}
    assert client.post(f"{OFFICIALS}?noi=66&cach=organisations", {**data, "viec": "luu"}).status_code == 302
    assert goals(signed_in(office["dung"]), OFFICIALS, "o:66-so-khcn") == "80 %"


def test_taking_back_and_what_was_before_stay_to_be_seen(office: dict[str, Account], counted: None) -> None:
    client = signed_in(office["binh"])
    send(client, COUNT, fill(client, COUNT, _24373="5000"))
    assert send(client, COUNT, fill(client, COUNT), what="thu-hoi")[0] == 302
    page = client.get(COUNT, {"noi": "66"}).content.decode()
    assert "Xã Ea Kar: thu hồi" in page
    assert "Xã Ea Kar: 5.000" in page
    assert goals(client, COUNT, "24373") == "chưa giao cho nơi này"


def test_somebody_elses_sharing_out_is_not_written_over(office: dict[str, Account], counted: None) -> None:
    client = signed_in(office["binh"])
    old = fill(client, COUNT, _24373="2500", _24400="2500")
    send(client, COUNT, fill(client, COUNT, _24373="5000"))
    for seen in (old["seen"], "abc", ""):
        status, page = send(client, COUNT, {**old, "seen": seen})
        assert status == 400
        assert "Có người khác vừa chia lại" in page
    assert goals(client, COUNT, "24373") == "5.000 người"


@pytest.mark.parametrize(
    ("who", "noi", "reads", "writes"),
    [
        ("binh", "66", True, True),
        ("binh", "24373", True, False),  # reads down the line, gives in her own name only
        ("hoa", "24373", True, True),
        ("hoa", "66", False, False),  # not what the neighbours were given
        ("hoa", "24400", False, False),
        ("tuan", "24373", False, False),
        ("dung", "66", False, False),
        ("mai", "24373", False, False),
        ("ha", "66", False, False),
        ("an", "66", False, False),
    ],
)
def test_each_officer_sees_the_own_part_only(
    office: dict[str, Account], who: str, noi: str, reads: bool, writes: bool
) -> None:
    client = signed_in(office[who])
    answer = client.get(SHARE, {"noi": noi})
    assert answer.status_code == (200 if reads else 404)
    assert ('name="viec"' in answer.content.decode()) is writes
    sent = client.post(f"{SHARE}?noi={noi}", {"viec": "luu", "seen": "0"})
    assert sent.status_code == (400 if writes else 404)
    assert Allotment.objects.count() == 0


def test_what_is_not_divided_has_no_such_page(office: dict[str, Account]) -> None:
    client = signed_in(office["binh"])
    each = reverse("share_out", args=[PLAN, "ii-9-ho-kinh-doanh-ten-mien"])
    assert client.get(each, {"noi": "66"}).status_code == 404
    assert client.get(SHARE, {"noi": "o:66-so-khcn"}).status_code == 404
    plan("xa", unit="24373", targets=[target(value=60)])
    ward = reverse("share_out", args=["xa", "mot"])
    assert client.get(ward, {"noi": "66"}).status_code == 404  # a ward's promise is not its province's to divide
    assert signed_in(office["hoa"]).get(ward, {"noi": "24373"}).status_code == 200


def test_the_targets_page_leads_there_for_those_who_may(office: dict[str, Account]) -> None:
    link = SHARE + "?noi=66"
    for who, leads in (("binh", True), ("ha", False), ("hoa", False)):
        page = signed_in(office[who]).get(SHARE.removesuffix("giao/"), {"noi": "66"}).content.decode()
        assert (link in page) is leads, who


def test_refusals_and_the_history_are_in_english_for_who_chose_it(office: dict[str, Account], counted: None) -> None:
    client = in_english(signed_in(office["binh"]))
    send(client, COUNT, fill(client, COUNT, _24373="5000"))
    for given in ({"_24373": "4000"}, {"_24373": "x"}, {"_24373": "6000"}):
        status, page = send(client, COUNT, fill(client, COUNT, **given))
        assert (status, left_over(page.encode())) == (400, [])
