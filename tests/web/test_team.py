"""The team's door with a line and without JavaScript; and what it never says to a stranger."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hocvuso.evidence.models import Evidence
from hocvuso.fieldwork.models import ClassSession, PlannedClass
from hocvuso.fieldwork.queries import unmatched_names
from hocvuso.lib import clock
from hocvuso.lib.ids import new_id
from hocvuso.people.models import RoleKind
from hocvuso.sync.models import RawEvent
from tests.make.fieldwork import Phone, Village, team, told, village
from tests.make.people import account, person, signed_in, visiting
from tests.make.places import Country
from tests.web.test_language import in_english, left_over

pytestmark = pytest.mark.django_db
NAMES = {"tiếng việt"}  # the language's own name
HOME, RECORD, PLAN, FILE = (reverse(name) for name in ("team_home", "record_class", "plan_class", "send_file"))


@pytest.fixture
def home(land: Country) -> Village:
    return village(land)


def _form(home: Village, *came: object, **more: object) -> dict[str, object]:
    return {
        "id": str(new_id()), "team": str(home.team.pk), "skill": "an-toan", "on": "2025-10-16", "place": "Nhà văn hóa",
        "came": [str(one.pk) for one in came], "names": "", **more,  # type: ignore[attr-defined]
    }  # fmt: skip


def test_a_member_finds_the_own_team_and_how_far_the_village_is(home: Village) -> None:
    page = visiting(home.minh).get(HOME).content.decode()
    assert home.team.name in page
    assert reverse("record_class") in page
    assert "<dd>0</dd>" in page


def test_a_class_is_recorded_by_a_plain_form(home: Village) -> None:
    client = visiting(home.minh)
    page = client.get(RECORD).content.decode()
    assert 'value="2025-10-17"' in page
    assert page.count('type="radio"') == 5
    assert "Lan Niê" in page
    answer = client.post(RECORD, _form(home, home.lan, names="Bà Hai\n\nÔng Tư"), follow=True)
    assert "Đã ghi buổi học: 1 người. 2 tên chờ đối chiếu." in answer.content.decode()
    session = ClassSession.objects.get()
    assert (session.on, session.held_by, session.attendances.count()) == (dt.date(2025, 10, 16), home.minh, 3)
    row = Evidence.objects.get(kind="skill_guided")
    assert (row.subject, row.by) == (home.lan.pk, f"person:{home.minh.pk}")


def test_the_button_pressed_twice_saves_once(home: Village) -> None:
    client, form = visiting(home.minh), _form(home, home.lan)
    client.post(RECORD, form)
    client.post(RECORD, form)
    assert ClassSession.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"skill": ""}, "Hãy chọn kỹ năng đã dạy."),
        ({"on": "2025-10-18"}, "chưa đến"),
        ({"on": "hôm qua"}, "Hãy ghi ngày học"),
        ({"came": []}, "Hãy đánh dấu người đã đến"),
        ({"id": "x"}, "UUID"),
    ],
)
def test_a_form_that_lacks_something_comes_back_with_what_was_written(
    home: Village, change: dict[str, object], why: str
) -> None:
    answer = visiting(home.minh).post(RECORD, _form(home, home.lan, **change))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert why in page
    assert "Nhà văn hóa" in page
    assert ("checked" in page) == (change != {"came": [], "skill": ""})
    assert not ClassSession.objects.exists()


def test_somebody_of_another_village_cannot_be_ticked(home: Village, land: Country) -> None:
    other = person("Người xã bên", land.villages[2])
    assert visiting(home.minh).post(RECORD, _form(home, other)).status_code == 400
    assert not ClassSession.objects.exists()


def test_a_member_of_another_team_records_nothing_for_this_one(home: Village, land: Country) -> None:
    tuan = person("Tuấn", land.villages[2])
    team(land.villages[2], tuan)
    client = visiting(tuan)
    assert client.post(RECORD, _form(home, home.lan)).status_code == 400
    page = client.get(RECORD).content.decode()
    assert "Lan Niê" not in page
    assert str(home.team.pk) not in page


def test_a_class_to_come_is_told_and_taken_back(home: Village, land: Country) -> None:
    client = visiting(home.minh)
    form = {
        "team": str(home.team.pk),
        "skill": "an-toan",
        "on": "2025-10-20",
        "at": "19:00",
        "place": "Đình",
        "note": "",
    }
    page = client.post(PLAN, form, follow=True).content.decode()
    assert "Đã báo lịch." in page
    assert "19:00" in page
    planned = PlannedClass.objects.get()
    stranger = person("Tuấn", land.villages[2])
    team(land.villages[2], stranger)
    address = reverse("cancel_class", args=[planned.pk])
    assert visiting(stranger).post(address).status_code == 404
    assert "Đã bỏ buổi học khỏi lịch." in client.post(address, follow=True).content.decode()


def test_anybody_finds_a_class_told_beforehand_by_the_communes_name(home: Village) -> None:
    form = {"team": str(home.team.pk), "skill": "an-toan", "on": "2025-10-20", "at": "19:00", "place": "Đình Trung"}
    visiting(home.minh).post(PLAN, form)
    listed = reverse("class_list")
    assert listed in Client().get(reverse("front_page")).content.decode()
    for asked, there in (("", True), ("ea kar", True), ("Ea Knốp", False), ("%", False), ("\0", True)):
        page = Client().get(listed, {"xa": asked}).content.decode()
        assert ("Đình Trung" in page) == there, asked
        assert home.minh.name not in page
    assert left_over(in_english(Client()).get(listed).content) == []


@pytest.mark.parametrize("change", [{"at": ""}, {"place": ""}, {"on": "2025-10-01"}, {"skill": "x"}])
def test_a_class_to_come_that_makes_no_sense_is_refused(home: Village, change: dict[str, str]) -> None:
    form = {"team": str(home.team.pk), "skill": "an-toan", "on": "2025-10-20", "at": "19:00", "place": "Đình", **change}
    assert visiting(home.minh).post(PLAN, form).status_code == 400
    assert not PlannedClass.objects.exists()


def test_what_another_phone_saved_to_a_file_is_sent_and_stays_its_authors(home: Village, land: Country) -> None:
    hanh = person("Hạnh", land.villages[1])
    team(land.villages[1], hanh)
    phone = Phone(clock.real_now())
    visiting(home.minh).post("/api/dong-bo/", {**phone.request({}), "events": []}, content_type="application/json")
    phone.note(told(home, home.lan))
    client, text = visiting(hanh), json.dumps({"batches": [phone.request()]})
    for said in ("Đã nhận 1 việc từ tệp.", "đã có đủ những việc trong tệp này từ trước"):
        answer = client.post(FILE, {"file": SimpleUploadedFile("a.json", text.encode())}, follow=True)
        assert said in answer.content.decode()
    assert ClassSession.objects.get().held_by == home.minh


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"batches": []}', '{"batches": [1]}', "\0\xff"])
def test_a_file_that_is_none_of_ours_is_refused(home: Village, text: str) -> None:
    file = SimpleUploadedFile("a.json", text.encode("latin-1"))
    answer = visiting(home.minh).post(FILE, {"file": file})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not RawEvent.objects.exists()


def test_the_teams_pages_are_english_for_who_chose_it(home: Village, land: Country) -> None:
    client, hoa = in_english(visiting(home.minh)), signed_in(account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar))
    client.post(RECORD, _form(home, home.lan, names="Bà Hai"))
    client.post(
        PLAN, {"team": str(home.team.pk), "skill": "an-toan", "on": "2025-10-20", "at": "19:00", "place": "Đình"}
    )
    refused = _form(home, skill="", on="x")
    note = reverse("match_name", args=[unmatched_names().get().pk])
    pages = [client.get(address) for address in (HOME, RECORD, PLAN, FILE, reverse("team_signed_out"))]
    pages += [
        in_english(client).post(RECORD, refused),
        *(in_english(hoa).get(one) for one in (reverse("team_review"), note)),
    ]
    assert [left for page in pages for left in left_over(page.content) if left[0] not in NAMES] == []


# --- what a phone keeps ----------------------------------------------------------------------------------------------------------


def test_the_shell_is_the_same_for_everybody_and_names_nobody(home: Village) -> None:
    address = reverse("offline_shell")
    shell, nobody = (client.get(address).content.decode() for client in (visiting(home.minh), Client()))
    assert shell == nobody
    assert "csrf" not in shell.replace("data-word", "")
    assert home.team.name not in shell


def test_the_worker_keeps_the_shell_and_what_it_is_made_of(home: Village) -> None:
    answer = Client().get(reverse("team_service_worker"))
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/javascript")
    shell = Client().get(reverse("offline_shell")).content.decode()
    for part in re.findall(r'(?:href|src)="(/static/[^"]+)"', shell):
        assert part in text, part
    assert reverse("offline_shell") in text
    assert HOME.rstrip("/") + '/"' not in text  # never the member's own page


def test_signing_out_with_something_unsent_leaves_it_on_the_phone(home: Village) -> None:
    client = visiting(home.minh)
    client.cookies["hvs_waiting"] = "1"
    answer = client.post(reverse("learner_sign_out"))
    assert (answer.headers["Location"], answer.headers["Clear-Site-Data"]) == (reverse("team_signed_out"), '"cache"')
    assert client.get(HOME).status_code == 302
    assert 'id="forget-lists"' in client.get(reverse("team_signed_out")).content.decode()


def test_signing_out_with_nothing_unsent_wipes_the_phone(home: Village) -> None:
    answer = visiting(home.minh).post(reverse("learner_sign_out"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
