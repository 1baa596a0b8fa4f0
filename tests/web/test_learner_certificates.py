"""The learner's own certificates: seen by nobody else, on paper with both codes, and sent to VNeID when they say so."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
import segno
import zxingcpp
from django.test import Client
from django.urls import reverse
from PIL import Image

from hocvuso.credentials.actions import note_delivery_attempt, revoke_certificate
from hocvuso.credentials.codes import read_code
from hocvuso.credentials.drawings import certificate_pdf, certificate_picture, offline_code, qr_svg, short_link
from hocvuso.credentials.models import Certificate, Delivery
from hocvuso.credentials.queries import public_keys
from hocvuso.lib import clock
from hocvuso.people.models import Person
from tests.make.credentials import certified
from tests.make.people import person, visiting
from tests.make.places import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(land: Country) -> Person:
    made = person("Nguyễn Trần Hoàng Phương Thủy Tiên", land.villages[0])
    Person.objects.filter(pk=made.pk).update(identity_match="ab" * 32)
    made.refresh_from_db()
    return made


@pytest.fixture
def paper(lan: Person) -> Certificate:
    return certified(lan)


def _address(paper: Certificate) -> str:
    return reverse("learner_certificate", args=[paper.pk])


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_somebody_without_a_certificate_reads_how_to_get_one(lan: Person) -> None:
    assert "Bạn chưa có giấy xác nhận" in _text(visiting(lan), reverse("certificate_list"))


def test_the_list_leads_to_the_certificate(lan: Person, paper: Certificate) -> None:
    text = _text(visiting(lan), reverse("certificate_list"))
    assert _address(paper) in text
    assert "Chưa được xác nhận trên VNeID" in text


def test_nobody_opens_the_certificate_of_another(paper: Certificate, land: Country) -> None:
    neighbour = visiting(person("Người bên cạnh", land.villages[0]))
    for name in ("learner_certificate", "certificate_paper"):
        assert neighbour.get(reverse(name, args=[paper.pk])).status_code == 404
    assert neighbour.post(_address(paper)).status_code == 404
    assert not Delivery.objects.exists()


def test_the_last_step_says_what_is_sent_and_sends_once(lan: Person, paper: Certificate) -> None:
    client = visiting(lan)
    assert "số định danh của bạn, kết quả (khung kỹ năng và mức đạt), ngày cấp và mã của giấy này" in _text(
        client, _address(paper)
    )
    for _ in range(2):
        assert client.post(_address(paper)).status_code == 302
    delivery = Delivery.objects.get()
    text = _text(client, _address(paper))
    assert "Đang gửi" in text
    assert "Gửi kết quả sang VNeID</button>" not in text
    note_delivery_attempt(
        delivery, outcome="ok", reference="VN-1", replied_on=clock.today(), now=clock.now(), by=":test"
    )
    assert "VNeID đã xác nhận ngày 17/10/2025" in _text(client, _address(paper))


@pytest.mark.parametrize(
    ("outcome", "tries", "said"),
    [("refused", 1, "VNeID không nhận"), ("retry", 1, "Đang gửi"), ("retry", 8, "bên VNeID không trả lời")],
)
def test_what_became_of_it_is_said_in_plain_words(
    lan: Person, paper: Certificate, outcome: str, tries: int, said: str
) -> None:
    client = visiting(lan)
    client.post(_address(paper))
    for _ in range(tries):
        note_delivery_attempt(Delivery.objects.get(), outcome=outcome, now=clock.now(), by=":test")
    assert said in _text(client, _address(paper))


def test_without_an_identity_number_nothing_is_sent_and_the_page_says_why(lan: Person, paper: Certificate) -> None:
    Person.objects.filter(pk=lan.pk).update(identity_match=None)
    client = visiting(lan)
    assert "chưa có số định danh" in _text(client, _address(paper))
    client.post(_address(paper))
    assert not Delivery.objects.exists()


def test_a_revoked_certificate_tells_its_holder_why_and_offers_no_paper(lan: Person, paper: Certificate) -> None:
    revoke_certificate(paper, reason="result", by=":test")
    client = visiting(lan)
    text = _text(client, _address(paper))
    assert "đã bị thu hồi ngày 17/10/2025, lý do: kết quả đánh giá không còn giá trị" in text
    assert "Tải về" not in text
    assert client.get(reverse("certificate_paper", args=[paper.pk])).status_code == 404


# --- the two codes -----------------------------------------------------------------------------------------------------------------


def _scanned(text: str) -> str:
    """What a plain scanner reads off the code as we draw it."""
    drawn = BytesIO()
    segno.make_qr(text).save(drawn, kind="png", scale=4, border=4)
    (found,) = zxingcpp.read_barcodes(Image.open(drawn).convert("L"))
    return str(found.text)


def _modules(svg: str) -> str:
    found = re.search(r' d="([^"]+)"', svg)
    assert found is not None
    return found[1]


def test_a_plain_scanner_reads_both_codes_as_they_stand_in_the_page(lan: Person, paper: Certificate) -> None:
    text = _text(visiting(lan), _address(paper))
    for code in (short_link(paper), offline_code(paper)):
        assert _scanned(code) == code
        assert _modules(qr_svg(code)) in text
    assert short_link(paper) == f"http://127.0.0.1:8000/c/{paper.pk}"
    assert read_code(_scanned(offline_code(paper)), public_keys()).name == "Nguyễn Trần Hoàng Phương Thủy Tiên"
    assert int(segno.make_qr(offline_code(paper)).version) <= 10


def test_the_paper_is_one_pdf_the_same_each_time(lan: Person, paper: Certificate) -> None:
    answer = visiting(lan).get(reverse("certificate_paper", args=[paper.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.content == certificate_pdf(paper)
    assert 10_000 < len(answer.content) < 100_000


def test_a_plain_scanner_reads_both_codes_off_the_paper(paper: Certificate) -> None:
    sheet = Image.open(BytesIO(certificate_picture(paper, dots_an_inch=110))).convert("L")
    assert {str(found.text) for found in zxingcpp.read_barcodes(sheet)} == {short_link(paper), offline_code(paper)}


def test_in_english_the_result_is_english_and_the_name_as_it_is(lan: Person, paper: Certificate) -> None:
    client = visiting(lan)
    client.cookies["hvs_language"] = "en"
    text = _text(client, _address(paper))
    for said in ("Able to use the five basic digital skills", lan.name, "Send the result to VNeID"):
        assert said in text


def test_a_name_is_never_read_as_markup(paper: Certificate) -> None:
    paper.name = '#panic("x") $a$ "quoted" \\ <b> [x] *y*'
    assert certificate_pdf(paper).startswith(b"%PDF-")
