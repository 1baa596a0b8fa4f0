from __future__ import annotations

import datetime as dt

from django.db import transaction

from hocvuso.people.models import Account
from hocvuso.places.models import Place
from hocvuso.plans.models import Duty
from hocvuso.reports.actions.shared import presence_key
from hocvuso.reports.models import Presence
from hocvuso.reports.rules import WORDS

FORGOTTEN_AFTER = dt.timedelta(minutes=5)


@transaction.atomic
def note_presence(
    duty: Duty, *, place: Place, due: dt.date, account: Account, section: str, now: dt.datetime
) -> list[Presence]:
    """Say that somebody has the report open for writing, and hear who else has. `now` is the machine's time.

    No audit: this is nobody's act, and it is forgotten within minutes.
    """
    key = presence_key(duty, place, due)
    Presence.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
    Presence.objects.update_or_create(
        key=key, account=account, defaults={"section": section if section in WORDS else "", "seen_at": now}
    )
    return list(Presence.objects.filter(key=key).exclude(account=account).select_related("account").order_by("pk"))
