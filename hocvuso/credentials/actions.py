from __future__ import annotations

import datetime as dt
import secrets
import uuid

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.credentials.codes import Claim, public_pem
from hocvuso.credentials.models import (
    Certificate,
    Delivery,
    DeliveryState,
    Revocation,
    RevocationReason,
    SigningKey,
)
from hocvuso.credentials.queries import is_revoked, next_certificate, signed_with_a_lost_key, signer
from hocvuso.credentials.rules import ATTEMPTS, Rule, length_of_list, new_public_id, wait_before
from hocvuso.evidence.actions import fact_about, record_evidence, void_evidence
from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import catalogue, not_voided
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.text import nfc
from hocvuso.messages.actions import send_message
from hocvuso.people.models import Person

SOURCE = "hoc-vu-so"


@transaction.atomic
def certify_person(person: Person, *, by: str, today: dt.date) -> Certificate | None:
    """The certificate of the first rule that is met and not yet held, with its evidence; None when there is none. Again changes nothing."""
    Person.objects.select_for_update().get(pk=person.pk)  # two at once: the second finds what the first has made
    met = next_certificate(person, today=today)
    if met is None:
        return None
    rule, decided = met
    certificate = _issue(person, rule, evidence=decided.id, today=today)
    fact = fact_about(
        person, "certificate_issued", on=today, source=SOURCE, source_ref=_ref(certificate), level=rule.level,
        detail={"certificate": certificate.pk},
    )  # fmt: skip
    record_evidence([fact], by=by, today=today)
    record_act("certify_person", by=by, object_type="certificate", object_id=certificate.pk, fields=[rule.key])
    send_message(
        person, kind="certificate", by=by, subject=_("Bạn đã có giấy xác nhận"),
        body=_("Bạn đã đạt: %(title)s. Mở mục “Giấy xác nhận của tôi” để xem, tải về và gửi kết quả sang VNeID.")
        % {"title": rule.title},
    )  # fmt: skip
    return certificate


def _issue(person: Person, rule: Rule, *, evidence: uuid.UUID, today: dt.date) -> Certificate:
    key = mark_signing_key()
    source = catalogue().sources.get(person.source)
    made = Certificate(
        id=_unused_id(), person=person, name=nfc(person.name), rule=rule.key, title=rule.title, level=rule.level,
        framework=rule.framework, framework_version=rule.framework_version, issued_on=today, issuer=rule.issuer, evidence=evidence,
        simulated=settings.DEMO or bool(source and source.simulated), key=key, status_index=_unused_index(),
        recorded_at=clock.real_now(),
    )  # fmt: skip
    made.cose = signer().cose(_claim(made))
    made.save(force_insert=True)
    return made


def _claim(certificate: Certificate) -> Claim:
    return Claim(
        id=certificate.pk, name=certificate.name, level=certificate.level,
        framework=f"{certificate.framework} {certificate.framework_version}", issued_on=certificate.issued_on,
        issuer=certificate.issuer, status_index=certificate.status_index, simulated=certificate.simulated,
    )  # fmt: skip


def _unused_id() -> str:
    while Certificate.objects.filter(pk=(made := new_public_id())).exists():
        pass
    return made


def _unused_index() -> int:
    """Anywhere in the list: an index that told the order would tell who was certified beside whom."""
    length = length_of_list(Certificate.objects.count() + 1)
    while Certificate.objects.filter(status_index=(index := secrets.randbelow(length))).exists():
        pass
    return index


def _ref(certificate: Certificate) -> str:
    return f"certificate:{certificate.pk}"


@transaction.atomic
def revoke_certificate(
    certificate: Certificate, *, reason: RevocationReason | str, by: str, today: dt.date | None = None
) -> Revocation:
    """From now on it says revoked, and its evidence counts no more. What VNeID has confirmed is VNeID's to take back."""
    if reason not in RevocationReason.values:
        raise BadInput(_("Hãy chọn lý do thu hồi."))
    Certificate.objects.select_for_update().get(pk=certificate.pk)
    if Revocation.objects.filter(certificate=certificate).exists():
        raise Refused(_("Giấy xác nhận này đã được thu hồi trước đó."))
    made = Revocation.objects.create(
        certificate=certificate, reason=reason, on=today or clock.today(), by=by, recorded_at=clock.real_now()
    )
    counted = not_voided(Evidence.objects.filter(source=SOURCE, source_ref=_ref(certificate))).first()
    if counted:
        void_evidence(counted, by=by, reason=f"{reason}")
    record_act("revoke_certificate", by=by, object_type="certificate", object_id=certificate.pk, fields=[str(reason)])
    return made


@transaction.atomic
def erase_holder(person: Person, *, by: str) -> int:
    """Take a person out of their certificates: name, code, tie. Paper already printed cannot be called back, so the id still answers."""
    held = list(Certificate.objects.filter(person=person))
    for certificate in held:
        certificate.name, certificate.cose, certificate.person = "", b"", None
        certificate.save(update_fields=["name", "cose", "person"])
        record_act("erase_holder", by=by, object_type="certificate", object_id=certificate.pk, fields=["name", "cose"])
    return len(held)


# --- confirmation on VNeID -------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_confirmation(certificate: Certificate, *, by: str, now: dt.datetime) -> Delivery:
    """The holder wants it sent to VNeID. Asked twice, it is sent once."""
    if is_revoked(certificate):
        raise Refused(_("Giấy xác nhận này đã được thu hồi nên không gửi được."))
    delivery, new = Delivery.objects.get_or_create(
        certificate=certificate, defaults={"next_try": now, "asked_at": now, "updated_at": now}
    )
    if new:
        record_act("ask_confirmation", by=by, object_type="certificate", object_id=certificate.pk)
    return delivery


@transaction.atomic
def note_delivery_attempt(
    delivery: Delivery,
    *,
    outcome: str,
    now: dt.datetime,
    by: str,
    error: str = "",
    reference: str = "",
    replied_on: dt.date | None = None,
) -> Delivery:
    """What came of one try: "ok" (VNeID has confirmed: that is evidence), "refused", or "retry" (no answer to rely on: later again).

    An answer that has been noted stands; the same one again changes nothing.
    """
    row = Delivery.objects.select_for_update(of=("self",)).select_related("certificate__person").get(pk=delivery.pk)
    if row.state in {DeliveryState.CONFIRMED, DeliveryState.REFUSED}:
        return row
    row.attempts += 1
    row.last_error, row.updated_at = error[:40], now
    match outcome:
        case "ok":
            _confirm(row, reference=reference, replied_on=replied_on, now=now, by=by)
        case "refused":
            row.state, row.replied_on = DeliveryState.REFUSED, replied_on or _day(now)
        case "retry":
            row.state = DeliveryState.DEAD if row.attempts >= ATTEMPTS else DeliveryState.SENT
            row.next_try = now + wait_before(row.attempts, row.pk)
        case _:
            raise BadInput(f"Không có kết quả gửi “{outcome}”.")
    row.save()
    if row.state != DeliveryState.SENT:
        record_act("note_delivery", by=by, object_type="certificate", object_id=row.certificate_id, fields=[row.state])
    return row


def _confirm(row: Delivery, *, reference: str, replied_on: dt.date | None, now: dt.datetime, by: str) -> None:
    if not reference:
        raise BadInput(_("Trả lời của VNeID không có mã tham chiếu: không ghi là đã xác nhận."))
    today = _day(now)
    row.state, row.reference, row.replied_on = DeliveryState.CONFIRMED, reference[:80], replied_on or today
    person = row.certificate.person
    if person is None:
        return
    fact = fact_about(
        person, "vneid_confirmed", source="mo-phong-vneid" if settings.DEMO else "vneid", source_ref=f"delivery:{row.pk}",
        # Their calendar may be a day ahead of ours; the ledger takes no day to come.
        on=min(row.replied_on, today), level=row.certificate.level, detail={"reference": row.reference},
    )  # fmt: skip
    record_evidence([fact], by=by, today=today)


@transaction.atomic
def retry_dead(delivery: Delivery, *, by: str, now: dt.datetime) -> Delivery:
    """Somebody looked into it: try again from the beginning, under the same id."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if row.state != DeliveryState.DEAD:
        raise Refused(_("Chỉ gửi lại được khi đã thử nhiều lần mà không gửi được."))
    row.state, row.attempts, row.next_try, row.updated_at = DeliveryState.WAITING, 0, now, now
    row.save()
    record_act("retry_dead", by=by, object_type="certificate", object_id=row.certificate_id)
    return row


def _day(now: dt.datetime) -> dt.date:
    return now.astimezone(clock.HANOI).date()


# --- keys ------------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def mark_signing_key() -> SigningKey:
    """Remember the public half of the key we sign with. Another one than before is refused by the start, unless it was accepted."""
    key = SigningKey.objects.filter(pk=signer().kid).first()
    if key is None:
        if signed_with_a_lost_key():
            raise Refused(_("Khóa ký giấy xác nhận đã đổi mà chưa được nhận: chạy `hocvuso credentials accept-key`."))
        key = _add_key()
    return key


@transaction.atomic
def accept_key(*, by: str) -> SigningKey:
    """Sign with the key we were given from now on; what older keys have signed stays good and is checked by their public halves."""
    SigningKey.objects.exclude(pk=signer().kid).filter(retired_at=None).update(retired_at=clock.real_now())
    key = SigningKey.objects.filter(pk=signer().kid).first() or _add_key()
    if key.retired_at:
        key.retired_at = None
        key.save(update_fields=["retired_at"])
    record_act("accept_key", by=by, object_type="signing_key", object_id=key.kid)
    return key


def _add_key() -> SigningKey:
    made = {"algorithm": "ES256", "public_key": public_pem(signer().public), "made_at": clock.real_now()}
    return SigningKey.objects.get_or_create(kid=signer().kid, defaults=made)[0]
