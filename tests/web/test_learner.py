"""The learner's door: lessons anybody may read, a test a question a page, what is recorded of oneself."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hocvuso.assessment.models import Attempt, Response
from hocvuso.credentials.models import Certificate
from hocvuso.evidence.models import Evidence
from hocvuso.items.actions import load_bank, read_bank
from hocvuso.learning.models import LessonProgress
from hocvuso.learning.queries import course_named
from hocvuso.people.models import Person
from tests.make.assessment import right_option, wrong_option
from tests.make.people import person, visiting
from tests.make.places import Country

pytestmark = pytest.mark.django_db
COURSE = TEST = "nam-ky-nang"
PACK = course_named(COURSE)
FIRST = PACK.lessons[0]
ALL_STEPS = [(lesson.key, n + 1) for lesson in PACK.lessons for n in range(len(lesson.steps))]


@pytest.fixture
def lan(land: Country) -> Person:
    load_bank(read_bank(settings.DATA_DIR / "items" / "nam-ky-nang.yaml"), by=":test")
    return person("Lan Niê", land.villages[0])


def _step(step: int, lesson: str = FIRST.key, name: str = "lesson_step") -> str:
    return reverse(name, args=[COURSE, lesson, step])


def _begin(client: Client) -> Attempt:
    assert client.post(reverse("test_start", args=[TEST])).status_code == 302
    return Attempt.objects.latest("started_at")


def _send(client: Client, attempt: Attempt, number: int, chosen: Any, seq: Any = None) -> Any:
    address = reverse("test_question", args=[attempt.pk, number])
    return client.post(address, {"seq": number if seq is None else seq, "chosen": chosen})


# --- lessons -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lesson", "step"), ALL_STEPS)
def test_anybody_reads_every_screen_of_every_lesson(lesson: str, step: int) -> None:
    answer = Client().get(_step(step, lesson))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert f"Trang {step} trong" in html
    assert "VariableDoesNotExist" not in html
    if step < len(PACK.lessons[0].steps):
        assert _step(step + 1, lesson) in html or PACK.lesson(lesson) is None


@pytest.mark.parametrize("address", ["/hoc/bai/khong/co/1/", _step(99), _step(0), f"/hoc/bai/{COURSE}/khong-co/1/"])
def test_a_lesson_that_is_not_there_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_check_is_judged_at_once_and_stored_nowhere(lan: Person) -> None:
    number, step = next((n + 1, step) for n, step in enumerate(FIRST.steps) if step.check)
    assert step.check is not None
    right = next(n for n, option in enumerate(step.check.options) if option.right)
    client = Client()
    assert "Đúng rồi." in client.get(_step(number), {"chon": right}).content.decode()
    wrong = client.get(_step(number), {"chon": (right + 1) % 3}).content.decode()
    assert "Chưa đúng." in wrong
    assert step.check.options[(right + 1) % 3].why in wrong
    assert "Hãy chọn một câu" in client.get(_step(number), {"chon": ""}).content.decode()
    assert "Hãy chọn một câu" in client.get(_step(number), {"chon": "9"}).content.decode()
    assert not Evidence.objects.exists()


def test_going_on_is_remembered_for_whoever_signed_in_and_the_course_becomes_evidence(lan: Person) -> None:
    client = visiting(lan)
    for lesson in PACK.lessons:
        for step in range(1, len(lesson.steps) + 1):
            assert client.get(_step(step, lesson.key)).status_code == 200
            answer = client.post(_step(step, lesson.key, "lesson_go_on"))
        assert answer.headers["Location"] == reverse("lesson_done", args=[COURSE, lesson.key])
    assert LessonProgress.objects.filter(person=lan.pk, finished_on__isnull=False).count() == 5
    assert Evidence.objects.get(subject=lan.pk).kind == "course_completed"
    assert (
        "Đến bài kiểm tra" in client.get(reverse("lesson_done", args=[COURSE, PACK.lessons[-1].key])).content.decode()
    )


def test_who_jumps_ahead_is_led_back_to_where_they_were(lan: Person) -> None:
    client = visiting(lan)
    assert client.get(_step(6)).headers["Location"] == _step(1)
    client.post(_step(5, name="lesson_go_on"))
    assert not LessonProgress.objects.filter(steps_done__gt=0).exists()


def test_the_form_of_a_cached_screen_carries_each_visitors_own_token(lan: Person, land: Country) -> None:
    pages = []
    for who in (lan, person("Tuấn", land.villages[2])):
        client = Client(enforce_csrf_checks=True)
        client.cookies = visiting(who).cookies
        html = client.get(_step(1)).content.decode()
        tokens = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', html))
        assert len(tokens) == 1
        assert f'value="{_step(1)}"' in html  # where the language switch leads back to
        answer = client.post(_step(1, name="lesson_go_on"), {"csrfmiddlewaretoken": tokens.pop()})
        assert answer.headers["Location"] == _step(2)
        pages.append(html)
    assert LessonProgress.objects.filter(steps_done=1).count() == 2


def test_a_screen_is_read_with_two_questions_to_the_database(lan: Person) -> None:
    client = visiting(lan)
    client.post(_step(1, name="lesson_go_on"))
    client.get(_step(2))
    with CaptureQueriesContext(connection) as asked:
        client.get(_step(2))
    assert len(asked) <= 3, [
        query["sql"] for query in asked
    ]  # session, progress, and (in tests only) whether data is simulated


# --- the test ----------------------------------------------------------------------------------------------------------------


def test_she_sits_the_test_passes_and_is_certified(lan: Person) -> None:
    client = visiting(lan)
    attempt = _begin(client)
    for number in range(1, 21):
        page = client.get(reverse("test_question", args=[attempt.pk, number])).content.decode()
        assert f"Câu {number} trong 20" in page
        assert f'name="seq" value="{number}"' in page
        answer = _send(client, attempt, number, right_option(attempt, number - 1))
    assert answer.headers["Location"] == reverse("test_review", args=[attempt.pk])
    assert "Bạn đã trả lời hết các câu." in client.get(answer.headers["Location"]).content.decode()
    done = client.post(reverse("test_submit", args=[attempt.pk]), follow=True)
    assert "Đúng 20 trong 20 câu." in done.content.decode()
    assert set(Evidence.objects.values_list("kind", flat=True)) == {"assessment_passed", "certificate_issued"}
    assert Certificate.objects.get().person_id == lan.pk
    client.post(reverse("test_submit", args=[attempt.pk]))
    assert (Evidence.objects.count(), Certificate.objects.count()) == (2, 1)


def test_who_did_not_pass_sees_why_and_when_to_come_again(lan: Person) -> None:
    client = visiting(lan)
    attempt = _begin(client)
    _send(client, attempt, 1, wrong_option(attempt, 0))
    review = client.get(reverse("test_review", args=[attempt.pk])).content.decode()
    assert "Còn 19 câu chưa trả lời." in review
    done = client.post(reverse("test_submit", args=[attempt.pk]), follow=True).content.decode()
    assert "Lần này chưa đạt" in done
    assert done.count("Chưa trả lời") == 19
    assert "Được làm lại từ" in done
    assert not Evidence.objects.exists()
    start = client.get(reverse("test_start", args=[TEST])).content.decode()
    assert "Bắt đầu" not in start
    assert client.post(reverse("test_start", args=[TEST])).status_code == 400


def test_explanations_are_shown_only_after_handing_in(lan: Person) -> None:
    client = visiting(lan)
    attempt = _begin(client)
    assert client.get(reverse("test_result", args=[attempt.pk])).status_code == 302
    assert "explanation" not in client.get(reverse("test_question", args=[attempt.pk, 1])).content.decode()
    client.post(reverse("test_submit", args=[attempt.pk]))
    assert client.get(reverse("test_question", args=[attempt.pk, 1])).status_code == 302
    assert _send(client, attempt, 1, right_option(attempt, 0)).status_code == 400
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "seq"), [("", 1), ("x", 1), ("9", 1), ("0", ""), ("0", "x"), ("0", "0"), ("²", 1), ("0", 10**12)]
)
def test_an_answer_that_is_none_changes_nothing_and_says_so(lan: Person, chosen: Any, seq: Any) -> None:
    client = visiting(lan)
    attempt = _begin(client)
    answer = _send(client, attempt, 1, chosen, seq)
    assert answer.status_code == 400
    assert "chọn" in answer.content.decode()
    assert not Response.objects.exists()


def test_anothers_test_is_not_found(lan: Person, land: Country) -> None:
    attempt = _begin(visiting(lan))
    stranger = visiting(person("Tuấn", land.villages[2]))
    for address in (
        reverse("test_question", args=[attempt.pk, 1]),
        reverse("test_review", args=[attempt.pk]),
        reverse("test_result", args=[attempt.pk]),
    ):
        assert stranger.get(address).status_code == 404
    assert _send(stranger, attempt, 1, right_option(attempt, 0)).status_code == 404
    assert stranger.post(reverse("test_submit", args=[attempt.pk])).status_code == 404
    assert stranger.get(reverse("test_review", args=[uuid.uuid4()])).status_code == 404
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


def test_two_answers_at_once_are_kept_and_she_is_asked(lan: Person) -> None:
    client = visiting(lan)
    attempt = _begin(client)
    _send(client, attempt, 1, right_option(attempt, 0), seq=1)
    _send(client, attempt, 1, wrong_option(attempt, 0), seq=1)
    assert Response.objects.count() == 2
    assert "hai câu trả lời khác nhau" in client.get(reverse("test_question", args=[attempt.pk, 1])).content.decode()


# --- who is here ---------------------------------------------------------------------------------------------------------------


def test_her_record_shows_what_is_known_and_never_the_identity_number(lan: Person) -> None:
    html = visiting(lan).get(reverse("my_record")).content.decode()
    assert "Lan Niê" in html
    assert "Chưa có gì" in html
    assert not re.search(r"\b\d{12}\b", html)


def test_leaving_wipes_what_was_shown(lan: Person) -> None:
    client = visiting(lan)
    assert "no-store" in client.get(reverse("my_record")).headers["Cache-Control"]
    answer = client.post(reverse("learner_sign_out"))
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert client.get(reverse("my_record")).status_code == 302


def test_a_visit_whose_person_is_gone_begins_anew(lan: Person) -> None:
    client = visiting(lan)
    Person.objects.filter(pk=lan.pk).delete()
    assert client.get(reverse("learner_home")).status_code == 200
    assert client.get(reverse("my_record")).status_code == 302
    assert client.post(_step(1, name="lesson_go_on")).status_code == 302
    assert not LessonProgress.objects.exists()


def test_a_shared_phone_forgets_soon(lan: Person) -> None:
    from hocvuso.web.shared.visitor import begin_visit

    class Request:
        session = Client().session

    for shared, minutes in ((True, settings.SHARED_PHONE_MINUTES), (False, settings.LEARNER_SESSION_MINUTES)):
        begin_visit(Request, lan, shared=shared)  # type: ignore[arg-type]
        assert dt.timedelta(seconds=Request.session.get_expiry_age()) == dt.timedelta(minutes=minutes)
