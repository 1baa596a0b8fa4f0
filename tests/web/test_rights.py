"""Who sees what: each member of the cast at every door, and what must never be seen by anybody."""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.test import Client
from django.urls import resolve, reverse

from hocvuso.audit.models import Entry
from hocvuso.lib.errors import BadInput
from hocvuso.people.actions import NewPerson, end_role, enrol_persons
from hocvuso.people.models import Account, Person
from hocvuso.people.queries import visible_persons
from hocvuso.reports.models import Report
from hocvuso.tasks.models import TaskProgress
from tests.make.evidence import fact
from tests.make.people import TODAY, person, signed_in
from tests.make.places import Country

pytestmark = pytest.mark.django_db

PLAN = "dak-lak-100-ngay"
TARGET = reverse("target", args=[PLAN, "ii-4-nguoi-lon-duoc-tiep-can"])
SHARE_OUT = reverse("share_out", args=[PLAN, "ii-4-nguoi-lon-duoc-tiep-can"])
TASK = reverse("task", args=[PLAN, "iii-2-1-ban-chi-dao-va-to"])
EVERYBODY = {"hoa", "binh", "tuan", "dung", "mai", "ha"}  # the administrator opens accounts and sees no figure


def _report(place: str, name: str = "report") -> str:
    return reverse(name, args=[PLAN, "v1-hang-tuan", place, "2025-10-17"])


def _task(name: str, *more: str) -> str:
    return reverse(name, args=[PLAN, "iii-2-1-ban-chi-dao-va-to", *more])


def _page_of(name: str) -> str:
    return reverse("person", args=[Person.objects.get(name=name).pk])


# (what, address or name of a person, who finds it there). Everybody else gets the page that says: not found.
DOORS = [
    ("the overview", reverse("overview"), EVERYBODY),
    ("the plans", reverse("plan_list"), EVERYBODY),
    ("one plan", reverse("plan", args=[PLAN]), EVERYBODY),
    ("what its documents leave open", reverse("findings", args=[PLAN]), EVERYBODY),
    ("a target at home", TARGET, EVERYBODY),
    ("a target of Ea Kar", f"{TARGET}?noi=24373", {"hoa", "binh", "ha", "mai"}),
    ("a target of Ea Knốp", f"{TARGET}?noi=24400", {"tuan", "binh", "ha"}),
    ("a target of a village of Ea Kar", f"{TARGET}?noi=24373-01", {"hoa", "binh", "ha"}),
    ("a target of the department", f"{TARGET}?noi=o:66-so-khcn", {"dung", "binh", "ha"}),
    ("the province", reverse("place", args=["66"]), EVERYBODY),
    ("Ea Kar", reverse("place", args=["24373"]), {"hoa", "binh", "ha", "mai"}),
    ("Ea Knốp", reverse("place", args=["24400"]), {"tuan", "binh", "ha"}),
    ("a village of Ea Kar", reverse("place", args=["24373-01"]), {"hoa", "binh", "ha"}),
    ("a village of Ea Knốp", reverse("place", args=["24400-01"]), {"tuan", "binh", "ha"}),
    ("the school of Ea Kar", reverse("place", args=["o:24373-thpt"]), {"hoa", "mai", "binh", "ha"}),
    ("the department", reverse("place", args=["o:66-so-khcn"]), {"dung", "binh", "ha"}),
    ("the overview of Ea Knốp", f"{reverse('overview')}?noi=24400", {"tuan", "binh", "ha"}),
    ("the own board", f"{reverse('board', args=['66'])}", EVERYBODY),
    ("the board of Ea Kar", reverse("board", args=["24373"]), {"hoa", "binh", "ha", "mai"}),
    ("the board of Ea Knốp", reverse("board", args=["24400"]), {"tuan", "binh", "ha"}),
    ("the board of a village of Ea Knốp", reverse("board", args=["24400-01"]), {"tuan", "binh", "ha"}),
    ("the board of the department", reverse("board", args=["o:66-so-khcn"]), {"dung", "binh", "ha"}),
    ("the map of the province", reverse("board_map", args=["66"]), EVERYBODY),
    ("a figure of Ea Knốp in parts", reverse("breakdown", args=["24400", "adult_skill"]), {"tuan", "binh", "ha"}),
    ("a table of Ea Knốp", reverse("board_file", args=["24400", "chi-tieu", "csv"]), {"tuan", "binh", "ha"}),
    ("its parts as a file", reverse("breakdown_file", args=["24400", "adult_skill", "xlsx"]), {"tuan", "binh", "ha"}),
    ("bringing in counts", reverse("import_counts"), {"hoa", "tuan", "binh"}),
    ("sharing out a target of the province", f"{SHARE_OUT}?noi=66", {"binh"}),
    ("sharing out what Ea Kar was given", f"{SHARE_OUT}?noi=24373", {"hoa", "binh"}),
    ("sharing out what Ea Knốp was given", f"{SHARE_OUT}?noi=24400", {"tuan", "binh"}),
    ("tasks", reverse("task_list"), EVERYBODY),
    ("tasks of Ea Kar", f"{reverse('task_list')}?noi=24373", {"hoa", "binh", "ha"}),
    (
        "tasks of the province",
        f"{reverse('task_list')}?noi=66",
        {"binh", "ha"},
    ),  # not the line above: they tell of single offices
    ("the board of tasks of Ea Knốp", f"{reverse('task_board')}?noi=24400", {"tuan", "binh", "ha"}),
    ("the calendar of Ea Knốp", f"{reverse('task_calendar')}?noi=24400", {"tuan", "binh", "ha"}),
    ("what is late in the province", f"{reverse('late_tasks')}?noi=66", {"binh", "ha"}),
    ("what is late in Ea Knốp", f"{reverse('late_tasks')}?noi=24400", {"tuan", "binh", "ha"}),
    ("a task of Ea Kar", f"{TASK}?noi=24373", {"hoa", "binh", "ha"}),
    ("a task of Ea Knốp", f"{TASK}?noi=24400", {"tuan", "binh", "ha"}),
    ("one's own week", reverse("my_week"), EVERYBODY - {"ha"}),
    ("who answers in Ea Kar", f"{_task('task_owner')}?noi=24373", {"hoa"}),
    ("a step of Ea Kar", f"{_task('new_step')}?noi=24373", {"hoa"}),
    ("handing over in Ea Kar", f"{reverse('hand_over_tasks')}?noi=24373", {"hoa"}),
    ("confirming for the province", f"{_task('task_review', '24373')}?noi=66", {"binh"}),
    ("confirming for the agency that leads the plan", f"{_task('task_review', '24373')}?noi=o:66-so-khcn", {"dung"}),
    ("confirming for oneself", f"{_task('task_review', '24373')}?noi=24373", set()),
    ("reports", reverse("report_list"), {"hoa", "binh", "tuan", "dung"}),
    ("the report of Ea Kar", _report("24373"), {"hoa", "binh"}),
    ("the report of Ea Knốp", _report("24400"), {"tuan", "binh"}),
    ("the report of the department", _report("o:66-so-khcn"), {"dung", "binh"}),
    ("the report of the province", _report("66"), {"binh"}),
    ("the document of Ea Kar", _report("24373", "report_document"), {"hoa", "binh"}),
    ("the document of Ea Knốp", _report("24400", "report_document"), {"tuan", "binh"}),
    ("difficulties", reverse("concern_list"), EVERYBODY),
    ("difficulties by theme", reverse("concern_themes"), EVERYBODY),
    ("raising a difficulty", reverse("raise_concern"), EVERYBODY - {"ha"}),
    ("which say the same", reverse("concern_groups"), {"hoa", "tuan", "dung", "binh"}),
    ("names", reverse("people"), {"hoa", "tuan", "dung", "mai"}),
    ("a resident of Ea Kar", "Lan Niê", {"hoa"}),
    ("a resident of Ea Knốp", "Người xã bên", {"tuan"}),
    ("a pupil living and learning in Ea Kar", "Trò Êban", {"hoa", "mai"}),
    ("an official of the department who lives in Ea Knốp", "Cán bộ Sở", {"dung", "tuan"}),
    ("one's own rights", reverse("my_rights"), {*EVERYBODY, "an"}),
]


@pytest.mark.parametrize("who", ["hoa", "binh", "tuan", "dung", "mai", "ha", "an"])
def test_each_of_the_cast_finds_exactly_its_own_doors(office: dict[str, Account], who: str) -> None:
    client, wrong = signed_in(office[who]), []
    for what, where, welcome in DOORS:
        address = where if where.startswith("/") else _page_of(where)
        wanted, status = 200 if who in welcome else 404, client.get(address).status_code
        if status != wanted:
            wrong.append(f"{what}: {status}, not {wanted}")
    assert wrong == []


def test_whose_role_has_ended_finds_nothing(office: dict[str, Account]) -> None:
    client = signed_in(office["hoa"])
    assert client.get(reverse("people")).status_code == 200
    end_role(office["hoa"].roles.get(), by=":test", today=TODAY)
    found = [what for what, where, _ in DOORS if where.startswith("/") and client.get(where).status_code != 404]
    assert found == []
    assert list(visible_persons(office["hoa"], on=TODAY)) == []


def test_an_account_switched_off_is_sent_to_sign_in(office: dict[str, Account]) -> None:
    client = signed_in(office["hoa"])
    office["hoa"].is_active = False
    office["hoa"].save(update_fields=["is_active"])
    assert client.get(reverse("overview")).status_code == 302


def test_a_password_without_the_code_opens_nothing(office: dict[str, Account]) -> None:
    client = Client()
    client.force_login(office["hoa"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("people"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("sign_in"))


@pytest.mark.parametrize("who", ["ha", "binh"])
def test_who_steers_sees_figures_and_no_names(office: dict[str, Account], who: str) -> None:
    """The figure of a commune is there with its sources; whose evidence it is, is not."""
    client = signed_in(office[who])
    doors = [where for _, where, welcome in DOORS if where.startswith("/") and who in welcome]
    pages = [client.get(where).content.decode(errors="replace") for where in doors]
    target = client.get(f"{TARGET}?noi=24373").content.decode()
    assert "Con số này từ đâu ra" in target
    assert "Minh chứng mới nhất" not in target
    for name in Person.objects.values_list("name", flat=True):
        assert not any(name in page for page in pages), f"{name} is shown to {who}"


@pytest.mark.parametrize("who", ["hoa", "binh", "dung", "mai", "ha", "an"])
def test_no_page_offers_a_door_that_is_closed(office: dict[str, Account], who: str) -> None:
    """Every link on every kind of page the account meets leads somewhere; two of each kind are followed."""
    client, waiting, known, met = signed_in(office[who]), [reverse("my_rights")], set(), Counter[str]()
    closed = []
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        if answer.status_code != 200:
            closed.append(f"{answer.status_code} {address}")
        if "html" not in answer.headers["Content-Type"]:
            continue
        for link in re.findall(r'href="(/[^"#]*|\?[^"]*)"', answer.content.decode()):
            to = urljoin(address, link.replace("&amp;", "&"))
            kind = f"{resolve(urlsplit(to).path).url_name} {'noi=' in to}" if not to.startswith("/static/") else ""
            if kind and to not in known and met[kind] < 2:
                met[kind] += 1
                waiting.append(to)
            known.add(to)
    assert closed == []
    assert len(met) > (10 if who in {"hoa", "binh"} else 0)


def test_the_officer_sees_names_behind_her_own_figure_only(office: dict[str, Account]) -> None:
    client = signed_in(office["hoa"])
    assert "Lan Niê" in client.get(f"{TARGET}?noi=24373").content.decode()
    assert "Lan Niê" not in client.get(f"{TARGET}?noi=66").content.decode()


def test_the_department_officer_sees_his_own_office(office: dict[str, Account]) -> None:
    client = signed_in(office["dung"])
    listed = client.get(reverse("people")).content.decode()
    assert "Cán bộ Sở" in listed
    assert "Lan Niê" not in listed
    assert "Sở Khoa học và Công nghệ" in client.get(reverse("overview")).content.decode()


def test_a_search_reaches_no_neighbour(office: dict[str, Account]) -> None:
    found = signed_in(office["hoa"]).get(reverse("people"), {"ten": "nguoi xa ben"}).content.decode()
    assert "Không có ai khớp" in found
    assert "Người xã bên" not in found


# (who, what it tries to send, where). None of it may leave a row.
INTRUSIONS = [
    ("ha", {"state": "under_way"}, f"{TASK}?noi=24373"),
    ("tuan", {"state": "under_way"}, f"{TASK}?noi=24373"),
    ("mai", {"state": "under_way"}, f"{TASK}?noi=24373"),
    ("an", {"state": "under_way"}, f"{TASK}?noi=24373"),
    ("ha", {"viec": "luu", "seen": "0"}, f"{SHARE_OUT}?noi=66"),
    ("hoa", {"viec": "luu", "seen": "0"}, f"{SHARE_OUT}?noi=24400"),
    ("binh", {"viec": "thu-hoi", "seen": "0"}, f"{SHARE_OUT}?noi=24373"),
    ("tuan", {"difficulties": "Của xã bên", "version": "0"}, _report("24373")),
    ("ha", {"difficulties": "Của Ban Chỉ đạo", "version": "0"}, _report("66")),
    ("dung", {"difficulties": "Của Sở", "version": "0"}, _report("24373")),
]


def test_what_may_not_be_opened_may_not_be_sent_either(office: dict[str, Account]) -> None:
    before = Entry.objects.count()
    statuses = [signed_in(office[who]).post(where, data).status_code for who, data, where in INTRUSIONS]
    assert statuses == [404] * len(INTRUSIONS)
    assert (TaskProgress.objects.count(), Report.objects.count(), Entry.objects.count()) == (0, 0, before)


# --- the identity number -------------------------------------------------------------------------------------------------------

NUMBER = "066085012345"
WRITTEN = [NUMBER, "066 085 012 345", "066.085.012.345", "85012345"]


def test_an_identity_number_is_never_shown_stored_or_logged(
    office: dict[str, Account], land: Country, caplog: pytest.LogCaptureFixture, measure_dir: Path
) -> None:
    row = NewPerson(
        name="Có Số", birth_year=1985, sex="f", unit=land.villages[0], org=None, group="", source="danh-sach", source_ref="cs",
        identity_number=WRITTEN[1],
    )  # fmt: skip
    with caplog.at_level(logging.DEBUG):
        enrol_persons([row], by=office["hoa"].actor, today=TODAY)
        numbered = Person.objects.get(name="Có Số")
        fact(numbered, "info_contact")
        seen = []
        for who in ("hoa", "binh", "mai"):
            client = signed_in(office[who])
            doors = [where for _, where, welcome in DOORS if where.startswith("/") and who in welcome]
            seen += [client.get(where).content for where in (*doors, reverse("person", args=[numbered.pk]))]
        seen += [
            signed_in(office["hoa"]).get(reverse("people"), {"ten": asked}).content for asked in ("Có Số", "85012345")
        ]
    stored = [repr(list(model._default_manager.values_list())) for model in apps.get_models()]
    kept = [path.read_bytes() for path in measure_dir.rglob("*") if path.is_file()]
    assert any("Có Số".encode() in page for page in seen)  # the pages did show the person
    shown = [text.encode() for text in (*stored, caplog.text)] + seen + kept
    # The search box gives back what was typed into it, and nothing else does.
    assert not any(
        written.encode() in text for written in WRITTEN for text in shown[:-1] if b'value="85012345"' not in text
    )
    assert numbered.identity_match
    assert NUMBER.encode() not in bytes(numbered.identity_sealed or b"")


def test_two_people_with_one_number_are_refused_without_naming_it(land: Country) -> None:
    person("Trước", land.villages[0])
    rows = [
        NewPerson(name=name, birth_year=1985, sex="f", unit=land.villages[0], org=None, group="", source="danh-sach",
                  source_ref=name, identity_number=NUMBER)
        for name in ("Một", "Hai")
    ]  # fmt: skip
    with pytest.raises(BadInput) as refusal:
        enrol_persons(rows, by=":test", today=TODAY)
    assert "Dòng 2" in str(refusal.value)
    assert NUMBER not in str(refusal.value)
    assert Person.objects.count() == 1


def test_the_audit_names_fields_and_never_values(office: dict[str, Account]) -> None:
    client = signed_in(office["hoa"])
    client.post(
        f"{TASK}?noi=24373", {"state": "done", "document": "Quyết định số 12/QĐ-UBND", "note": "Nhờ bà Lan Niê"}
    )
    client.post(_report("24373"), {"difficulties": "Bà Lan Niê ở xa", "version": "0"})
    assert (TaskProgress.objects.count(), Report.objects.count()) == (1, 1)
    written = json.dumps(
        list(Entry.objects.values("actor", "verb", "object_type", "object_id", "fields")), ensure_ascii=False
    )
    assert "save_words" in written
    for value in ("Lan Niê", "12/QĐ-UBND"):
        assert value not in written
