from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db.models import QuerySet

from hocvuso.credentials.codes import Signer, jwk_of, read_public_key
from hocvuso.credentials.models import Certificate, Delivery, DeliveryState, Revocation, SigningKey
from hocvuso.credentials.rules import Known, Rule, clean_public_id, length_of_list, parse_rules, pass_for
from hocvuso.credentials.statuslist import encoded_list, signed_json, status_credential
from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import catalogue, not_voided
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.people.models import Person


@cache
def certification_rules() -> tuple[Rule, ...]:
    return parse_rules(read_yaml(settings.DATA_DIR / "certification.yaml"), known=catalogue())


@cache
def signer() -> Signer:
    return Signer(settings.CERTIFICATE_KEY)


def public_keys() -> Mapping[str, ec.EllipticCurvePublicKey]:
    """Every key certificates were ever signed with, by its kid."""
    return {key.kid: read_public_key(key.public_key) for key in SigningKey.objects.all()}


def key_set() -> dict[str, list[dict[str, str]]]:
    """The same as a JWK set (RFC 7517), for verifiers elsewhere."""
    return {
        "keys": [jwk_of(key) | {"kid": kid, "alg": "ES256", "use": "sig"} for kid, key in sorted(public_keys().items())]
    }


@dataclass(frozen=True, slots=True)
class ListState:
    """Everything the status list depends on; equal states give the same list."""

    as_of: (
        dt.datetime
    )  # to the hour: the list is signed anew once an hour, so that a verifier can tell how old its copy is
    length: int
    revoked: int
    kid: str
    address: str

    @property
    def etag(self) -> str:
        return f'"{self.as_of:%Y%m%dT%H%M}-{self.length}-{self.revoked}-{self.kid}"'


def list_state(now: dt.datetime, *, address: str) -> ListState:
    """Two counts: asked for at every request. Revocations are never taken back, so their number tells one state from another."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    length = length_of_list(Certificate.objects.count())
    return ListState(hour, length, Revocation.objects.count(), signer().kid, address)


@lru_cache(maxsize=2)
def signed_status_list(state: ListState) -> str:
    revoked = Revocation.objects.values_list("certificate__status_index", flat=True)
    encoded = encoded_list(revoked, length=state.length)
    said = status_credential(encoded, address=state.address, issuer=settings.PUBLIC_URL, as_of=state.as_of)
    return signed_json(said, signer())


def signed_with_a_lost_key() -> bool:
    """True when there are certificates, and the key we were given is not one we signed with and not one somebody accepted."""
    return Certificate.objects.exists() and not SigningKey.objects.filter(pk=signer().kid, retired_at=None).exists()


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """Newest first, revoked ones among them."""
    return (
        Certificate.objects.filter(person=person)
        .select_related("revocation", "delivery")
        .order_by("-issued_on", "-recorded_at")
    )


def latest_certificates(limit: int) -> list[Certificate]:
    known = Certificate.objects.select_related("revocation", "delivery")
    return list(known.order_by("-recorded_at", "pk")[:limit])


def certificate_with(public_id: str) -> Certificate | None:
    """As typed from a paper: O for 0 and small letters are understood."""
    known = Certificate.objects.select_related("revocation", "delivery", "person")
    return known.filter(pk=clean_public_id(public_id)).first()


def is_revoked(certificate: Certificate) -> bool:
    return hasattr(certificate, "revocation")


def delivery_of(certificate: Certificate) -> Delivery | None:
    return certificate.delivery if hasattr(certificate, "delivery") else None


def confirmed_on(certificate: Certificate) -> dt.date | None:
    """The day VNeID replied that it has confirmed; nothing else counts as confirmed."""
    delivery = delivery_of(certificate)
    return delivery.replied_on if delivery and delivery.state == DeliveryState.CONFIRMED else None


def due_deliveries(now: dt.datetime, limit: int = 20) -> list[Delivery]:
    """What is to be sent now, longest waiting first. A revoked certificate is not sent any more, nor one whose holder was erased."""
    due = Delivery.objects.filter(
        state__in=[DeliveryState.WAITING, DeliveryState.SENT],
        next_try__lte=now,
        certificate__revocation=None,
        certificate__person__isnull=False,
    )
    return list(due.select_related("certificate__person").order_by("next_try", "pk")[:limit])


def next_certificate(person: Person, *, today: dt.date) -> tuple[Rule, Known] | None:
    """The first rule somebody meets and holds no certificate of, with the pass that decides. A pass serves a rule once, also when that
    certificate was revoked: then it takes a new pass."""
    rows = not_voided(Evidence.objects.filter(subject=person.pk, subject_type="person", kind__in=kinds_asked_for()))
    facts = [known for row in rows.order_by("seq") if (known := _known(row))]
    if not facts:
        return None
    issued = list(certificates_of(person))
    for rule in certification_rules():
        of_rule = [certificate for certificate in issued if certificate.rule == rule.key]
        if any(not is_revoked(certificate) for certificate in of_rule):
            continue
        used = {certificate.evidence for certificate in of_rule}
        fresh = [fact for fact in facts if fact.id not in used]
        decided = pass_for(rule, fresh, group=person.group, on=today)
        if decided:
            return rule, decided
    return None


def kinds_asked_for() -> list[str]:
    return sorted({wanted.kind for rule in certification_rules() for wanted in rule.requires})


def sources_asked_for() -> list[str]:
    return sorted({source for rule in certification_rules() for wanted in rule.requires for source in wanted.sources})


def _known(row: Evidence) -> Known | None:
    try:
        score = float(row.detail.get("score", 0))
    except (TypeError, ValueError):
        return None
    framework = str(row.detail.get("framework", ""))
    return Known(row.id, row.kind, row.on, row.level, framework, score, row.source)
