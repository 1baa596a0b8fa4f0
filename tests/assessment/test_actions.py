from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hocvuso.assessment import actions
from hocvuso.assessment.actions import begin_attempt, store_response, submit_attempt
from hocvuso.assessment.models import Attempt, Response
from hocvuso.assessment.queries import own_attempt, sitting_of
from hocvuso.evidence.models import Evidence
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused, UnknownName
from hocvuso.people.models import Person
from tests.make.assessment import BLUEPRINT, loaded_bank, right_option, wrong_option
from tests.make.people import person
from tests.make.places import Country

pytestmark = pytest.mark.both
TODAY = dt.date(2025, 10, 17)
BY = "person:lan"


@pytest.fixture(autouse=True)
def trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "blueprint_named", lambda key: BLUEPRINT)


@pytest.fixture
def lan(land: Country) -> Person:
    loaded_bank()
    return person("Lan Niê", land.villages[0])


def _begin(who: Person, **more: Any) -> Attempt:
    return begin_attempt(who, BLUEPRINT, by=BY, now=clock.real_now(), **more)


def _answer(who: Person, attempt: Attempt, position: int, chosen: int, *, seq: int | None = None) -> None:
    store_response(
        attempt.pk, person=who, seq=seq or position + 1, position=position, chosen=chosen, now=clock.real_now()
    )


def _hand_in(who: Person, attempt: Attempt, *, today: dt.date = TODAY) -> Attempt:
    return submit_attempt(attempt, person=who, by=BY, now=clock.real_now(), today=today)


def _pass(who: Person, attempt: Attempt) -> Attempt:
    for position in range(BLUEPRINT.length):
        _answer(who, attempt, position, right_option(attempt, position))
    return _hand_in(who, attempt)


def test_beginning_twice_goes_on_with_the_same_test(lan: Person) -> None:
    first = _begin(lan)
    assert _begin(lan).pk == first.pk
    assert Attempt.objects.count() == 1


def test_two_people_get_two_forms(lan: Person, land: Country) -> None:
    forms = {_begin(person(f"Người {n}", land.villages[0])).form_name for n in range(6)}
    assert len(forms) > 1


def test_a_pass_is_one_row_of_evidence_with_level_framework_and_form(lan: Person) -> None:
    done = _pass(lan, _begin(lan))
    assert (done.right, done.is_passed, done.submitted_on) == (10, True, TODAY)
    row = Evidence.objects.get(subject=lan.pk)
    assert (row.kind, row.level, row.source, row.on, row.unit_id) == (
        "assessment_passed", "usable", "hoc-vu-so", TODAY, lan.unit_id,
    )  # fmt: skip
    assert row.detail == {"score": 100.0, "framework": "thu-1.0", "form": done.form_name}
    _hand_in(lan, done)
    assert Evidence.objects.count() == 1


def test_what_was_not_enough_is_no_evidence(lan: Person) -> None:
    attempt = _begin(lan)
    for position in range(6):
        _answer(lan, attempt, position, right_option(attempt, position))
    done = _hand_in(lan, attempt)
    assert (done.right, done.is_passed) == (6, False)
    assert not Evidence.objects.exists()


def test_the_same_answer_twice_is_one_row(lan: Person) -> None:
    attempt = _begin(lan)
    for _ in range(3):
        _answer(lan, attempt, 0, right_option(attempt, 0))
    assert Response.objects.count() == 1


def test_answers_out_of_order_count_by_their_numbers(lan: Person) -> None:
    attempt = _begin(lan)
    _answer(lan, attempt, 0, right_option(attempt, 0), seq=7)
    _answer(lan, attempt, 0, wrong_option(attempt, 0), seq=2)
    _answer(lan, attempt, 5, right_option(attempt, 5), seq=1)
    sitting = sitting_of(attempt)
    assert sitting.answers[0].chosen == right_option(attempt, 0)
    assert sitting.open_positions == [1, 2, 3, 4, 6, 7, 8, 9]
    assert sitting.seq == 8


def test_another_answer_under_the_same_number_is_kept_beside_the_first_and_shown(lan: Person) -> None:
    attempt = _begin(lan)
    _answer(lan, attempt, 0, right_option(attempt, 0), seq=1)
    _answer(lan, attempt, 0, wrong_option(attempt, 0), seq=1)
    sitting = sitting_of(attempt)
    assert Response.objects.count() == 2
    assert sitting.disputed == {0}
    assert sitting.answers[0].chosen == right_option(attempt, 0)
    _answer(lan, attempt, 0, wrong_option(attempt, 0), seq=sitting.seq)
    assert sitting_of(attempt).answers[0].chosen == wrong_option(attempt, 0)


def test_an_answer_cannot_be_changed_or_taken_away(lan: Person) -> None:
    attempt = _begin(lan)
    _answer(lan, attempt, 0, right_option(attempt, 0))
    for change in (lambda: Response.objects.update(chosen=0), lambda: Response.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_after_handing_in_an_answer_is_refused_and_the_score_stays(lan: Person) -> None:
    done = _hand_in(lan, _begin(lan))
    with pytest.raises(Refused, match="đã nộp"):
        _answer(lan, done, 0, right_option(done, 0))
    assert not Response.objects.exists()


@pytest.mark.parametrize(("seq", "position", "chosen"), [(1, 99, 0), (1, 0, 9), (0, 0, 0), (10**9, 0, 0)])
def test_an_answer_to_what_was_not_asked_is_refused(lan: Person, seq: int, position: int, chosen: int) -> None:
    attempt = _begin(lan)
    with pytest.raises(BadInput):
        store_response(attempt.pk, person=lan, seq=seq, position=position, chosen=chosen, now=clock.real_now())
    assert not Response.objects.exists()


def test_nobody_answers_or_sees_anothers_test(lan: Person, land: Country) -> None:
    attempt, tuan = _begin(lan), person("Tuấn", land.villages[2])
    with pytest.raises(UnknownName):
        _answer(tuan, attempt, 0, right_option(attempt, 0))
    with pytest.raises(UnknownName):
        store_response(uuid.uuid4(), person=lan, seq=1, position=0, chosen=0, now=clock.real_now())
    assert own_attempt(tuan, attempt.pk) is None


def test_who_did_not_pass_waits_a_day_and_then_gets_other_questions(lan: Person) -> None:
    now = clock.real_now()
    attempt = begin_attempt(lan, BLUEPRINT, by=BY, now=now, seed="một")
    submit_attempt(attempt, person=lan, by=BY, now=now, today=TODAY)
    with pytest.raises(Refused, match="Chưa đến giờ làm lại"):
        begin_attempt(lan, BLUEPRINT, by=BY, now=now + dt.timedelta(hours=23, minutes=59))
    again = begin_attempt(lan, BLUEPRINT, by=BY, now=now + dt.timedelta(hours=24), seed="hai")
    assert again.form_name != attempt.form_name


def test_who_passed_need_not_sit_again(lan: Person) -> None:
    _pass(lan, _begin(lan))
    with pytest.raises(Refused, match="đã đạt"):
        _begin(lan)


def test_a_failure_while_writing_the_evidence_leaves_the_test_open(
    lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = _begin(lan)
    for position in range(10):
        _answer(lan, attempt, position, right_option(attempt, position))

    def broken(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(actions, "record_evidence", broken)
    with pytest.raises(OSError, match="disk full"):
        _hand_in(lan, attempt)
    attempt.refresh_from_db()
    assert attempt.submitted_at is None
    monkeypatch.undo()
    assert len(sitting_of(attempt).answers) == 10
