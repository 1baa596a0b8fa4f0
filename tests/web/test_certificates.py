"""Checking a certificate: genuine, revoked, unknown; what a verifier keeps; and that nothing but name and result is told."""

from __future__ import annotations

import json
import re
from typing import Any

import cbor2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.urls import reverse

from hocvuso.credentials.actions import ask_confirmation, erase_holder, note_delivery_attempt, revoke_certificate
from hocvuso.credentials.codes import base64url_bytes
from hocvuso.credentials.models import Certificate
from hocvuso.credentials.queries import public_keys
from hocvuso.credentials.statuslist import is_set
from hocvuso.lib import clock
from hocvuso.people.models import Person
from tests.make.credentials import certified
from tests.make.people import person
from tests.make.places import Country

pytestmark = pytest.mark.django_db
BY = ":test"


@pytest.fixture
def lan(land: Country) -> Person:
    return person("Lan Niê", land.villages[0], born=1957)


@pytest.fixture
def paper(lan: Person) -> Certificate:
    return certified(lan)


def _page(public_id: str, status: int = 200) -> str:
    answer = Client().get(reverse("check_certificate", args=[public_id]))
    assert answer.status_code == status
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == (
        "private, no-cache",
        "noindex, nofollow",
    )
    return answer.content.decode()


def test_the_page_of_a_genuine_certificate_says_what_it_proves_and_what_not(paper: Certificate, land: Country) -> None:
    text = _page(paper.pk)
    for said in ("có thật", "Lan Niê", "Sử dụng được năm kỹ năng số cơ bản", "17/10/2025", "Hệ thống Học Vụ Số"):
        assert said in text
    assert "chưa phải xác nhận trên VNeID" in text
    assert "không cho biết người đang cầm giấy" in text
    assert 'content="noindex' in text
    for untold in ("1957", land.villages[0].name, "Ea Kar", "mô phỏng"):
        assert untold not in text


def test_an_id_typed_by_hand_is_understood(paper: Certificate) -> None:
    assert "có thật" in _page(f"{paper.pk[:5]}-{paper.pk[5:]}".lower())


def test_after_vneids_answer_the_page_gives_its_day(paper: Certificate) -> None:
    delivery = ask_confirmation(paper, by=BY, now=clock.now())
    assert "chưa phải xác nhận trên VNeID" in _page(paper.pk)
    note_delivery_attempt(delivery, outcome="ok", reference="VN-1", replied_on=clock.today(), now=clock.now(), by=BY)
    assert "Đã được xác nhận trên VNeID ngày 17/10/2025" in _page(paper.pk)


def test_a_revoked_certificate_says_so_with_day_and_reason_and_no_name(paper: Certificate) -> None:
    revoke_certificate(paper, reason="mistake", by=BY)
    text = _page(paper.pk)
    assert "đã bị thu hồi" in text
    assert "Thu hồi ngày 17/10/2025, lý do: cấp nhầm" in text
    assert "có thật" not in text
    assert "Lan Niê" not in text


@pytest.mark.parametrize("public_id", ["7Q3M9XK2DA", "khong-co", "x" * 300])
def test_an_unknown_id_says_so(db: None, public_id: str) -> None:
    text = _page(public_id, 404)
    assert "Không có giấy xác nhận mang mã này" in text
    assert f"“{public_id[:20]}”" in text


def test_an_erased_holder_has_no_name_on_the_page(paper: Certificate, lan: Person) -> None:
    erase_holder(lan, by=BY)
    text = _page(paper.pk)
    assert "có thật" in text
    assert "Lan" not in text
    assert "Tên đã được xóa" in text


def test_simulated_certificates_say_so(lan: Person) -> None:
    Person.objects.filter(pk=lan.pk).update(source="mo-phong")
    lan.refresh_from_db()
    assert "DỮ LIỆU MÔ PHỎNG" in _page(certified(lan).pk)


# --- what a verifier keeps ---------------------------------------------------------------------------------------------------------


def _status() -> tuple[Any, Any]:
    answer = Client().get(reverse("certificate_status"))
    return answer, json.loads(answer.content)


def _is_signed(jws: dict[str, str], key: ec.EllipticCurvePublicKey) -> bool:
    raw = base64url_bytes(jws["signature"])
    signature = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    try:
        key.verify(signature, f"{jws['protected']}.{jws['payload']}".encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def test_the_status_list_is_signed_and_marks_the_revoked(paper: Certificate, lan: Person) -> None:
    _, jws = _status()
    key = public_keys()[json.loads(base64url_bytes(jws["protected"]))["kid"]]
    assert _is_signed(jws, key)
    said = json.loads(base64url_bytes(jws["payload"]))
    assert said["credentialSubject"]["statusPurpose"] == "revocation"
    assert not is_set(said["credentialSubject"]["encodedList"], paper.status_index)
    revoke_certificate(paper, reason="asked", by=BY)
    _, after = _status()
    assert is_set(json.loads(base64url_bytes(after["payload"]))["credentialSubject"]["encodedList"], paper.status_index)
    assert not _is_signed({**after, "payload": jws["payload"]}, key)


def test_the_status_list_is_not_sent_again_when_nothing_changed(paper: Certificate) -> None:
    answer, _ = _status()
    etag = answer.headers["ETag"]
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = Client().get(reverse("certificate_status"), headers={"if-none-match": etag})
    assert again.status_code == 304
    revoke_certificate(paper, reason="asked", by=BY)
    assert Client().get(reverse("certificate_status"), headers={"if-none-match": etag}).status_code == 200


def test_the_keys_are_public_halves_only(paper: Certificate) -> None:
    keys = json.loads(Client().get(reverse("certificate_keys")).content)["keys"]
    assert [key["kid"] for key in keys] == [paper.key_id]
    assert set(keys[0]) == {"kty", "crv", "x", "y", "kid", "alg", "use"}


def test_no_identity_number_nor_hash_of_one_is_in_the_code(lan: Person) -> None:
    number = "066157001234"
    Person.objects.filter(pk=lan.pk).update(identity_match="ab" * 32)
    lan.refresh_from_db()
    payload = cbor2.loads(cbor2.loads(bytes(certified(lan).cose)).value[2])
    assert set(payload) <= set(range(1, 9))
    assert not {number, "ab" * 32, str(lan.pk)} & {str(value) for value in payload.values()}


# --- the verifier page -------------------------------------------------------------------------------------------------------------


def test_the_verifier_page_has_no_script_of_its_own_and_names_no_other_host(db: None) -> None:
    text = Client().get(reverse("verifier")).content.decode()
    assert re.findall(r"<script(?![^>]*src=)", text) == []
    assert re.findall(r"""(?:src|href)=["']https?:""", text) == []
    assert "<noscript>" in text


def test_the_worker_names_every_file_it_keeps_and_they_are_there(db: None, client: Client) -> None:
    answer = client.get(reverse("verifier_worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    kept = json.loads(re.search(r"self\.KEPT = (.*);", answer.content.decode())[1])  # type: ignore[index]
    assert kept["fresh"] == ["/xac-minh/", "/giay-xac-nhan/khoa.json", "/giay-xac-nhan/trang-thai.json"]
    for address in (*kept["fresh"], *kept["files"]):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.getvalue()
