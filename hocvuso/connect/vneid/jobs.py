from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.db import transaction

from hocvuso.connect.vneid.confirmations import Outcome, send_confirmation
from hocvuso.credentials.actions import note_delivery_attempt
from hocvuso.credentials.models import Delivery, DeliveryState
from hocvuso.credentials.queries import due_deliveries
from hocvuso.lib import clock
from hocvuso.messages.actions import send_message
from hocvuso.people.queries import vault

log = logging.getLogger(__name__)
BY = ":vneid"
AT_ONCE = 20
# What a person reads once it is decided. Content, so it stays Vietnamese.
WORDS = {
    DeliveryState.CONFIRMED.value: (
        "VNeID đã xác nhận kết quả của bạn",
        (
            "Ngày {day}, VNeID đã xác nhận kết quả của bạn (giấy xác nhận số {certificate}). Mã tham chiếu: {reference}.\n\n"
            "Bạn không phải làm gì thêm."
        ),
    ),
    DeliveryState.REFUSED.value: (
        "VNeID chưa nhận kết quả của bạn",
        (
            "VNeID không nhận giấy xác nhận số {certificate} mà bạn đã gửi. Giấy xác nhận của bạn vẫn có giá trị.\n\n"
            "Hãy hỏi cán bộ xã, phường. Không ai cần mã OTP hay mật khẩu của bạn để làm việc này."
        ),
    ),
}


def deliver_confirmations() -> int:
    """Send the confirmations that are due; gives back how many VNeID confirmed. Without its address in the settings they wait.

    Each one is sent and noted by itself. A kill in between sends it again under the same id, and the answer is the same. Where nobody is
    there, the rest of the round waits for the next.
    """
    due = due_deliveries(_now(), AT_ONCE) if settings.VNEID_CONFIRM_URL else []
    confirmed = 0
    for delivery in due:
        outcome = _send(delivery)
        _note(delivery, outcome)
        confirmed += outcome.kind == "ok"
        if outcome.is_down:
            log.warning("confirmations wait: %s", outcome.error)
            break
    return confirmed


def _send(delivery: Delivery) -> Outcome:
    person = delivery.certificate.person
    if person is None or not person.identity_sealed:
        return Outcome("refused", "no_number", replied_on=clock.today())
    return send_confirmation(_body(delivery, vault().open(bytes(person.identity_sealed))), today=clock.today())


@transaction.atomic
def _note(delivery: Delivery, outcome: Outcome) -> None:
    """Keep what came of it, and tell the person once it is decided: both or neither."""
    noted = note_delivery_attempt(
        delivery, outcome=outcome.kind, error=outcome.error, reference=outcome.reference, replied_on=outcome.replied_on,
        now=_now(), by=BY,
    )  # fmt: skip
    person, words = noted.certificate.person, WORDS.get(noted.state)
    if person is not None and words is not None:
        subject, body = words
        day = f"{noted.replied_on:%d/%m/%Y}" if noted.replied_on else ""
        text = body.format(day=day, certificate=noted.certificate_id, reference=noted.reference)
        send_message(person, kind="confirmation", subject=subject, body=text, by=BY)


def _body(delivery: Delivery, number: str) -> dict[str, Any]:
    """All that VNeID is told. The number is opened for this one request, and goes nowhere else."""
    certificate = delivery.certificate
    return {
        "delivery": str(delivery.pk),
        "identity_number": number,
        "certificate": certificate.pk,
        "level": certificate.level,
        "framework": f"{certificate.framework}-{certificate.framework_version}",
        "issued_on": certificate.issued_on.isoformat(),
    }


def _now() -> dt.datetime:
    """Asked for on the business day, tried again by the machine's clock: in a demo whose day is fixed, the later of the two moves on."""
    return max(clock.now(), clock.real_now())
