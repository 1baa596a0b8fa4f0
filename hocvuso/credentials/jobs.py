from __future__ import annotations

import hashlib

from django.db import transaction
from django.db.models import Max

from hocvuso.credentials.actions import certify_person
from hocvuso.credentials.models import CertificationMark
from hocvuso.credentials.queries import certification_rules, kinds_asked_for, sources_asked_for
from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import ledger_mark
from hocvuso.lib import clock
from hocvuso.people.models import Person

BY = ":certify"


def certify_waiting() -> int:
    """Certify whoever meets a rule and has no certificate yet: those whose test ended in a crash, and those whom a new rule lets in.

    Looks only at ledger rows that have come since the last time, unless the rules have changed or one begins to hold.
    """
    today = clock.today()
    in_force = [rule for rule in certification_rules() if rule.holds_for(next(iter(rule.groups), ""), on=today)]
    rules = hashlib.sha256(repr(in_force).encode()).hexdigest()
    seen = CertificationMark.objects.filter(rules=rules).values_list("seq", flat=True).first() or 0
    if (Evidence.objects.aggregate(last=Max("seq"))["last"] or 0) <= seen:
        return 0
    mark = ledger_mark()
    passed = Evidence.objects.filter(seq__gt=seen, seq__lte=mark, kind__in=kinds_asked_for())
    subjects = passed.filter(source__in=sources_asked_for(), voids=None).values_list("subject", flat=True).distinct()
    made = 0
    for person in Person.objects.filter(pk__in=list(subjects)).order_by("pk"):
        made += certify_person(person, by=BY, today=today) is not None
    with transaction.atomic():
        CertificationMark.objects.exclude(rules=rules).delete()
        CertificationMark.objects.update_or_create(rules=rules, defaults={"seq": mark})
    return made
