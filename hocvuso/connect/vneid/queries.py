from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from hocvuso.credentials.models import Delivery, DeliveryState
from hocvuso.people.models import Person
from hocvuso.places.models import Unit


@dataclass(frozen=True, slots=True)
class DeliveryCount:
    state: DeliveryState
    count: int


def delivery_counts(unit: Unit) -> list[DeliveryCount]:
    """How many results of a unit's people are in which state, every state named. Counts only: they are for those who see no names."""
    found = Delivery.objects.filter(certificate__person__unit__path__startswith=unit.path)
    counted = dict(found.values_list("state").annotate(Count("pk")).order_by())
    return [DeliveryCount(state, counted.get(state.value, 0)) for state in DeliveryState]


def dead_deliveries(persons: QuerySet[Person]) -> QuerySet[Delivery]:
    """What could not be sent, of people the one who asks may see by name; the oldest first."""
    dead = Delivery.objects.filter(
        state=DeliveryState.DEAD, certificate__person__in=persons, certificate__revocation=None
    )
    return dead.select_related("certificate__person__unit").order_by("asked_at", "pk")
