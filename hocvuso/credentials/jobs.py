from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from django.db import transaction
from django.db.models import Max

from hocvuso.credentials.actions import certify_person, revoke_certificate
from hocvuso.credentials.models import Certificate, CertificationMark, RevocationReason
from hocvuso.credentials.queries import certification_rules, kinds_asked_for, sources_asked_for
from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import ledger_mark
from hocvuso.lib import clock
from hocvuso.people.models import Person

BY = ":certify"
A_TURN = 300  # rows


def certify_waiting() -> int:
    """Certify whoever meets a rule and has no certificate yet: those whose test ended in a crash, and those whom a new rule lets in.
    Whose pass was voided loses the certificate that stood on it.

    Looks only at ledger rows that have come since the last time, unless the rules have changed or one begins to hold; and at no more than
    a few hundred a turn, so that the rest of the timetable has its turn, too.
    """
    today = clock.today()
    in_force = [rule for rule in certification_rules() if rule.holds_for(next(iter(rule.groups), ""), on=today)]
    rules = hashlib.sha256(repr(in_force).encode()).hexdigest()
    seen = CertificationMark.objects.filter(rules=rules).values_list("seq", flat=True).first() or 0
    if (Evidence.objects.aggregate(last=Max("seq"))["last"] or 0) <= seen:
        return 0
    mark = ledger_mark()
    asked_for = Evidence.objects.filter(kind__in=kinds_asked_for(), source__in=sources_asked_for())
    rows = list(asked_for.filter(seq__gt=seen, seq__lte=mark).order_by("seq")[:A_TURN])
    _revoke_groundless({row.voids for row in rows if row.voids}, today=today)
    made = 0
    for person in Person.objects.filter(pk__in={row.subject for row in rows if not row.voids}).order_by("pk"):
        made += certify_person(person, by=BY, today=today) is not None
    with transaction.atomic():
        CertificationMark.objects.exclude(rules=rules).delete()
        reached = rows[-1].seq if len(rows) == A_TURN else mark
        CertificationMark.objects.update_or_create(rules=rules, defaults={"seq": reached})
    return made


def _revoke_groundless(voided: set[uuid.UUID], *, today: dt.date) -> None:
    """A person has voided the pass, with a reason; what was certified by it holds no more."""
    for certificate in Certificate.objects.filter(evidence__in=voided, revocation=None):
        revoke_certificate(certificate, reason=RevocationReason.RESULT, by=BY, today=today)
