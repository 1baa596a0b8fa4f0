from __future__ import annotations

import datetime as dt

import pytest

from hocvuso.concerns.models import Concern, ConcernState, ConcernStep
from hocvuso.concerns.queries import late_concerns, likely_same
from hocvuso.places.models import Unit
from hocvuso.simulate.concerns import make_concerns
from tests.simulate.test_actions import BY, FRIDAY, dak_lak

__all__ = ["dak_lak"]  # the province, as a fixture


@pytest.mark.django_db
def test_the_demo_has_dozens_over_the_weeks_some_of_them_late_and_again_changes_nothing(dak_lak: Unit) -> None:
    home = dak_lak.children.get(name="Xã Ea Kar")

    def make(today: dt.date) -> int:
        return make_concerns(dak_lak, home, seed=1, today=today, by=BY)

    made = make(FRIDAY)
    assert 36 <= made <= 80
    steps = ConcernStep.objects.count()
    assert 1 <= late_concerns(today=FRIDAY).count() <= 12
    assert Concern.objects.filter(state=ConcernState.ANSWERED).count() > made / 2
    assert Concern.objects.filter(state=ConcernState.MERGED).exists()
    assert likely_same(dak_lak)  # something is left to be merged
    assert (make(FRIDAY), ConcernStep.objects.count()) == (0, steps)
    assert make(FRIDAY + dt.timedelta(weeks=1)) in range(3, 6)
