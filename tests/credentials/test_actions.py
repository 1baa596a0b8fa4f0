"""Certifying, revoking, sending to VNeID: once each, whole or not at all."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hocvuso.audit.models import Entry
from hocvuso.credentials import actions, jobs
from hocvuso.credentials.actions import (
    accept_key,
    ask_confirmation,
    certify_person,
    erase_holder,
    mark_signing_key,
    note_delivery_attempt,
    retry_dead,
    revoke_certificate,
)
from hocvuso.credentials.codes import code_of, new_private_key, read_code
from hocvuso.credentials.jobs import certify_waiting
from hocvuso.credentials.models import Certificate, Delivery, Revocation, SigningKey
from hocvuso.credentials.queries import (
    certificate_with,
    certificates_of,
    confirmed_on,
    due_deliveries,
    is_revoked,
    public_keys,
    signed_with_a_lost_key,
    signer,
)
from hocvuso.evidence.actions import void_evidence
from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import ladder_of
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.people.models import Person
from tests.make.credentials import certified, passed_basics
from tests.make.people import person
from tests.make.places import Country

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TODAY = dt.date(2025, 10, 17)
NOW = dt.datetime(2025, 10, 17, 9, 0, tzinfo=clock.HANOI)
BY = ":test"


@pytest.fixture
def lan(land: Country) -> Person:
    return person("Lan Niê", land.villages[0])


def _rung(who: Person) -> str | None:
    return ladder_of([who.pk], on=TODAY).get(who.pk)


# --- certifying ------------------------------------------------------------------------------------------------------------------


def test_a_pass_becomes_a_certificate_once_with_evidence_and_audit(lan: Person) -> None:
    decided = passed_basics(lan)
    made = certify_person(lan, by=BY, today=TODAY)
    assert made is not None
    assert (made.name, made.level, made.issued_on, made.evidence) == ("Lan Niê", "usable", TODAY, decided.id)
    assert certify_person(lan, by=BY, today=TODAY) is None
    row = Evidence.objects.get(kind="certificate_issued")
    assert (row.subject, row.source, row.level, row.detail) == (
        lan.pk, "hoc-vu-so", "usable", {"certificate": made.pk},
    )  # fmt: skip
    assert _rung(lan) == "certified"
    assert Entry.objects.filter(verb="certify_person", object_id=made.pk).count() == 1
    assert list(certificates_of(lan)) == [made]


def test_the_code_on_the_certificate_says_what_the_certificate_says(lan: Person) -> None:
    Person.objects.filter(pk=lan.pk).update(name=unicodedata.normalize("NFD", "Lan Niê"))
    lan.refresh_from_db()
    made = certified(lan)
    claim = read_code(code_of(bytes(made.cose)), public_keys())
    assert (claim.id, claim.name, claim.framework, claim.issued_on) == (made.pk, "Lan Niê", "nam-ky-nang 1.0", TODAY)
    assert (claim.status_index, claim.issuer, claim.simulated) == (made.status_index, "Hệ thống Học Vụ Số", False)


def test_nothing_is_certified_without_its_evidence(lan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine stops between the certificate and its evidence: neither is there, and the timetable makes up for both."""
    passed_basics(lan)

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(actions, "record_evidence", killed)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            certify_person(lan, by=BY, today=TODAY)
    assert not Certificate.objects.exists()
    assert not Evidence.objects.filter(kind="certificate_issued").exists()
    assert certify_waiting() == 1
    assert _rung(lan) == "certified"


def test_a_voided_pass_certifies_nobody(lan: Person) -> None:
    void_evidence(passed_basics(lan), by=BY, reason="ghi nhầm người")
    assert certify_person(lan, by=BY, today=TODAY) is None


def test_a_simulated_pass_certifies_nobody(lan: Person) -> None:
    passed_basics(lan, source="mo-phong")
    assert certify_waiting() == 0
    assert certify_person(lan, by=BY, today=TODAY) is None


def test_a_simulated_person_gets_a_certificate_that_says_so(lan: Person) -> None:
    Person.objects.filter(pk=lan.pk).update(source="mo-phong")
    lan.refresh_from_db()
    made = certified(lan)
    assert made.simulated
    assert read_code(code_of(bytes(made.cose)), public_keys()).simulated


def test_the_timetable_looks_at_new_rows_only(lan: Person, django_assert_max_num_queries: Any) -> None:
    passed_basics(lan)
    assert [certify_waiting(), certify_waiting()] == [1, 0]  # the second reads what the first has written itself
    with django_assert_max_num_queries(2):
        assert certify_waiting() == 0
    other = person("Người khác", lan.unit)
    passed_basics(other)
    assert certify_waiting() == 1
    assert Certificate.objects.count() == 2


def test_many_waiting_are_certified_turn_by_turn(lan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "A_TURN", 2)
    for number in range(5):
        passed_basics(person(f"Người {number}", lan.unit))
    assert [certify_waiting() for _ in range(4)] == [2, 2, 1, 0]


# --- revoking --------------------------------------------------------------------------------------------------------------------


def test_a_revoked_certificate_counts_no_more_and_takes_a_new_pass(lan: Person) -> None:
    made = certified(lan)
    revoke_certificate(made, reason="result", by=BY)
    known = certificate_with(made.pk)
    assert known is not None
    assert is_revoked(known)
    assert _rung(lan) == "assessed"
    assert certify_person(lan, by=BY, today=TODAY) is None
    passed_basics(lan)
    again = certify_person(lan, by=BY, today=TODAY)
    assert again is not None
    assert again.pk != made.pk


def test_revoking_needs_a_reason_and_happens_once(lan: Person) -> None:
    made = certified(lan)
    with pytest.raises(BadInput, match="lý do"):
        revoke_certificate(made, reason="vì thích", by=BY)
    revoke_certificate(made, reason="mistake", by=BY)
    with pytest.raises(Refused, match="đã được thu hồi"):
        revoke_certificate(made, reason="mistake", by=BY)
    assert Revocation.objects.get().on == TODAY


def test_a_certificate_does_not_outlive_its_pass(lan: Person) -> None:
    made = certified(lan)
    certify_waiting()
    void_evidence(Evidence.objects.get(id=made.evidence), by=BY, reason="thi hộ")
    assert certify_waiting() == 0
    assert Revocation.objects.get(certificate=made).reason == "result"
    assert _rung(lan) is None
    assert certify_waiting() == 0


def test_a_revocation_is_not_taken_back(lan: Person) -> None:
    revoke_certificate(certified(lan), reason="mistake", by=BY)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM credentials_revocation")


def test_an_erased_person_is_nowhere_on_the_certificate(lan: Person) -> None:
    made = certified(lan)
    assert erase_holder(lan, by=BY) == 1
    made.refresh_from_db()
    assert (made.name, bytes(made.cose), made.person) == ("", b"", None)
    lan.delete()
    assert certificate_with(made.pk) is not None


# --- VNeID -----------------------------------------------------------------------------------------------------------------------


def test_asked_twice_it_is_sent_once(lan: Person) -> None:
    made = certified(lan)
    first = ask_confirmation(made, by=BY, now=NOW)
    assert ask_confirmation(made, by=BY, now=NOW + dt.timedelta(hours=1)).pk == first.pk
    assert due_deliveries(NOW) == [first]
    assert due_deliveries(NOW - dt.timedelta(seconds=1)) == []


def test_only_vneids_answer_makes_confirmed_and_only_once(lan: Person) -> None:
    delivery = ask_confirmation(certified(lan), by=BY, now=NOW)
    assert _rung(lan) == "certified"
    for _ in range(2):
        note_delivery_attempt(delivery, outcome="ok", reference="VN-1", replied_on=TODAY, now=NOW, by=BY)
    row = Evidence.objects.get(kind="vneid_confirmed")
    assert (row.source, row.detail, row.on) == ("vneid", {"reference": "VN-1"}, TODAY)
    assert _rung(lan) == "confirmed"
    assert due_deliveries(NOW + dt.timedelta(days=9)) == []
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("confirmed", 1)
    known = certificate_with(delivery.certificate_id)
    assert known is not None
    assert confirmed_on(known) == TODAY


def test_in_the_demo_the_answer_is_marked_as_simulated(lan: Person, settings: Any) -> None:
    settings.DEMO = True
    delivery = ask_confirmation(certified(lan), by=BY, now=NOW)
    note_delivery_attempt(
        delivery, outcome="ok", reference="MP-1", replied_on=TODAY + dt.timedelta(days=400), now=NOW, by=BY
    )
    row = Evidence.objects.get(kind="vneid_confirmed")
    assert (row.source, row.on) == ("mo-phong-vneid", TODAY)


def test_an_answer_without_a_reference_confirms_nothing(lan: Person) -> None:
    delivery = ask_confirmation(certified(lan), by=BY, now=NOW)
    with pytest.raises(BadInput):
        note_delivery_attempt(delivery, outcome="ok", reference="", now=NOW, by=BY)
    assert _rung(lan) == "certified"


def test_no_answer_waits_longer_each_time_and_ends_dead_until_somebody_sends_it_again(lan: Person) -> None:
    delivery, now, waits = ask_confirmation(certified(lan), by=BY, now=NOW), NOW, []
    for _ in range(8):
        delivery = note_delivery_attempt(delivery, outcome="retry", error="timeout", now=now, by=BY)
        waits.append((delivery.next_try - now).total_seconds() / 60)
        now = delivery.next_try
    assert [int(wait) for wait in waits[:2]] == [1, 5]
    assert sorted(waits[:7]) == waits[:7]
    assert (delivery.state, delivery.last_error) == ("dead", "timeout")
    assert due_deliveries(now + dt.timedelta(days=30)) == []
    again = retry_dead(delivery, by=BY, now=now)
    assert due_deliveries(now) == [again]
    with pytest.raises(Refused):
        retry_dead(again, by=BY, now=now)


def test_a_refusal_stands(lan: Person) -> None:
    delivery = ask_confirmation(certified(lan), by=BY, now=NOW)
    note_delivery_attempt(delivery, outcome="refused", error="unknown-person", now=NOW, by=BY)
    note_delivery_attempt(delivery, outcome="ok", reference="VN-2", now=NOW, by=BY)
    assert Delivery.objects.get().state == "refused"
    assert _rung(lan) == "certified"


def test_a_revoked_certificate_is_not_sent(lan: Person) -> None:
    made = certified(lan)
    ask_confirmation(made, by=BY, now=NOW)
    revoke_certificate(made, reason="mistake", by=BY)
    assert due_deliveries(NOW) == []
    with pytest.raises(Refused):
        ask_confirmation(Certificate.objects.get(), by=BY, now=NOW)


# --- keys ------------------------------------------------------------------------------------------------------------------------


def test_another_key_is_refused_until_it_is_accepted_and_old_papers_stay_good(lan: Person, settings: Any) -> None:
    made = certified(lan)
    assert not signed_with_a_lost_key()
    settings.CERTIFICATE_KEY = new_private_key().encode()
    signer.cache_clear()
    try:
        assert signed_with_a_lost_key()
        with pytest.raises(Refused, match="accept-key"):
            mark_signing_key()
        accept_key(by=BY)
        assert not signed_with_a_lost_key()
        other = certified(person("Người khác", lan.unit))
        assert other.key_id != made.key_id
        for certificate in (made, other):
            assert read_code(code_of(bytes(certificate.cose)), public_keys()).id == certificate.pk
        assert SigningKey.objects.get(pk=made.key_id).retired_at is not None
    finally:
        signer.cache_clear()
