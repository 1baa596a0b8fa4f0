"""Reminders before, escalation after: each once, to those it concerns, whatever day the machine looks. Time is moved, not waited for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings

from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.messages.models import Notice
from hocvuso.people.models import Account, RoleKind
from hocvuso.places.models import Organisation, OrganisationKind, Place
from hocvuso.plans.models import Plan, Task
from hocvuso.tasks.actions import appoint_owner, plan_step, raise_alerts, report_progress, review_progress
from hocvuso.tasks.jobs import remind_and_escalate
from hocvuso.tasks.models import Alert, AlertDay
from hocvuso.tasks.queries import late_by_place
from hocvuso.tasks.rules import TaskState, Tell, parse_task_rules, stages_due
from tests.make.people import account
from tests.make.places import Country, organisation
from tests.make.plans import duty, plan, task

TODAY = dt.date(2025, 10, 17)
DUE = dt.date(2025, 10, 25)
RULES = parse_task_rules(read_yaml(settings.DATA_DIR / "tasks.yaml"))


# --- rules ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "gap", "stages"),
    [
        (8, None, ()), (7, None, (-7,)), (5, None, (-7,)), (3, None, (-3,)), (1, None, (-1,)), (0, None, (-1,)), (-1, None, (1,)),
        (-2, None, (1,)), (-3, None, (1, 3)), (-90, None, (1, 3, 7)), (6, 7, ()), (3, 7, (-3,)), (0, 7, (-1,)),
    ],
)  # fmt: skip
def test_what_is_raised_by_a_day(left: int, gap: int | None, stages: tuple[int, ...]) -> None:
    assert stages_due(left, RULES, gap=gap) == stages


@pytest.mark.parametrize(
    "broken",
    [
        [], {"reminders": [7]}, {"reminders": [0], "escalation": [], "documents": []},
        {"reminders": ["x"], "escalation": [], "documents": []},
        {"reminders": [7], "escalation": [{"after": 1, "tell": "everybody"}], "documents": []},
        {"reminders": [7], "escalation": [{"after": 1, "tell": "place"}, {"after": 1, "tell": "lead"}], "documents": []},
        {"reminders": [7], "escalation": [], "documents": [{"key": "a", "title": "A"}]},
    ],
)  # fmt: skip
def test_broken_rules_are_refused(broken: Any) -> None:
    with pytest.raises(BadInput, match=r"tasks\.yaml"):
        parse_task_rules(broken)


def test_a_result_names_the_documents_that_may_show_it() -> None:
    assert [one.key for one in RULES.expected("Kế hoạch/ Công văn")] == ["ke-hoach", "cong-van"]
    assert RULES.expected("") == RULES.expected("Hoàn thành") == ()
    assert (RULES.tell(-7), RULES.tell(3), RULES.tell(7)) == (Tell.PLACE, Tell.LEAD, Tell.STEERING)


# --- over the days -------------------------------------------------------------------------------------------------------


@pytest.fixture
def cast(land: Country) -> dict[str, Account]:
    body = organisation("66-du", "Đảng ủy UBND tỉnh", OrganisationKind.AGENCY, land.ea_kar, land.province, "")
    kinds: dict[str, tuple[RoleKind, Place]] = {
        "hoa": (RoleKind.COMMUNE_OFFICER, land.ea_kar), "an": (RoleKind.COMMUNE_OFFICER, land.ea_kar),
        "tuan": (RoleKind.COMMUNE_OFFICER, land.ea_knop), "dung": (RoleKind.DEPARTMENT_OFFICER, land.department),
        "binh": (RoleKind.PROVINCE_OFFICER, land.province), "ha": (RoleKind.STEERING, land.province),
        "nga": (RoleKind.DEPARTMENT_OFFICER, body), "mai": (RoleKind.ORGANISATION_CONTACT, land.school),
    }  # fmt: skip
    return {name: account(name, kind, place) for name, (kind, place) in kinds.items()}


def run(day: dt.date) -> dict[str, list[str]]:
    """The notices that a business day's run brings, by account."""
    before = set(Notice.objects.values_list("pk", flat=True))
    with clock.standing_on(day):
        remind_and_escalate()
    found: dict[str, list[str]] = {}
    for notice in Notice.objects.exclude(pk__in=before).select_related("account").order_by("account__username", "pk"):
        found.setdefault(notice.account.username, []).append(notice.subject)
    return found


@pytest.mark.django_db
@pytest.mark.both
def test_a_task_is_reminded_of_and_escalates_step_by_step_until_it_is_done(
    land: Country, cast: dict[str, Account]
) -> None:
    what = plan(tasks=[task(title="Mở lớp", borne_by="communes", directing_body="Đảng ủy UBND tỉnh")]).tasks.get()
    appoint_owner(what, place=land.ea_kar, account=cast["hoa"], by=cast["hoa"].actor, today=TODAY)
    assert run(DUE - dt.timedelta(days=8)) == {}
    week = "Còn 7 ngày: Mở lớp"
    assert run(DUE - dt.timedelta(days=7)) == {"hoa": [week], "tuan": [week]}
    assert run(DUE - dt.timedelta(days=7)) == run(DUE - dt.timedelta(days=6)) == {}
    assert run(DUE - dt.timedelta(days=2)) == {"hoa": ["Còn 2 ngày: Mở lớp"], "tuan": ["Còn 2 ngày: Mở lớp"]}
    assert run(DUE) == {"hoa": ["Hạn hôm nay: Mở lớp"], "tuan": ["Hạn hôm nay: Mở lớp"]}
    report_progress(what, place=land.ea_knop, state=TaskState.DONE, document="05/QĐ", by="1", today=DUE)
    one = "Quá hạn 1 ngày: Mở lớp"
    assert run(DUE + dt.timedelta(days=1)) == {"an": [one], "hoa": [one]}  # the office, too
    assert run(DUE + dt.timedelta(days=3)) == {"dung": ["Quá hạn 3 ngày: Mở lớp"]}
    seven = ["Quá hạn 8 ngày: Mở lớp"]
    assert run(DUE + dt.timedelta(days=8)) == {
        "binh": seven,
        "ha": seven,
        "nga": seven,
    }  # the day before, nobody looked
    assert run(DUE + dt.timedelta(days=9)) == {}
    assert Notice.objects.get(account=cast["ha"]).body == "Chưa xong: Xã Ea Kar."
    (late,) = late_by_place(land.province, today=DUE + dt.timedelta(days=9))
    row = late.tasks[0]
    assert (late.place, row.days, row.owner) == (land.ea_kar, 9, cast["hoa"])
    assert [(a.stage, a.told, a.on - DUE) for a in row.alerts] == [
        (1, 2, dt.timedelta(1)), (3, 1, dt.timedelta(3)), (7, 3, dt.timedelta(8))
    ]  # fmt: skip
    report_progress(
        what, place=land.ea_kar, state=TaskState.DONE, document="06/QĐ", by="1", today=DUE + dt.timedelta(days=9)
    )
    assert late_by_place(land.province, today=DUE + dt.timedelta(days=9)) == []


@pytest.mark.django_db
def test_what_is_late_is_seen_at_the_place_and_above_it_only(land: Country, cast: dict[str, Account]) -> None:
    plan(tasks=[task(borne_by="communes", leads=["Sở Khoa học và Công nghệ"])])
    after = DUE + dt.timedelta(days=5)
    whole = {one.place for one in late_by_place(land.province, today=after)}
    assert whole == {land.department, land.ea_kar, land.ea_knop}
    assert [one.place for one in late_by_place(land.ea_kar, today=after)] == [land.ea_kar]
    assert {one.place for one in late_by_place(land.department, today=after)} == whole  # it leads the plan
    assert late_by_place(land.school, today=after) == []
    assert late_by_place(Organisation.objects.get(code="66-du"), today=after) == []
    Task.objects.update(directing_body="Đảng ủy UBND tỉnh")
    assert len(late_by_place(Organisation.objects.get(code="66-du"), today=after)) == 3


@pytest.mark.django_db
def test_the_committee_hears_once_of_many_late_places(land: Country, cast: dict[str, Account]) -> None:
    made = plan(tasks=[task(title="Mở lớp", borne_by="communes")])
    assert raise_alerts(made, today=DUE + dt.timedelta(days=7)) == 3 + 3  # hoa, an, tuan; dung, binh, ha
    assert Notice.objects.get(account=cast["ha"]).body == "Chưa xong: Xã Ea Kar, Xã Ea Knốp."
    assert raise_alerts(made, today=DUE + dt.timedelta(days=7)) == 0


@pytest.mark.django_db
def test_those_above_hear_of_a_place_that_is_late_after_the_others_and_the_trail_says_only_who_was_told(
    land: Country, cast: dict[str, Account]
) -> None:
    made = plan(tasks=[task(title="Mở lớp", borne_by="communes")])
    what, after = made.tasks.get(), DUE + dt.timedelta(days=3)
    report_progress(what, place=land.ea_knop, state=TaskState.DONE, document="05/QĐ", by="1", today=TODAY)
    raise_alerts(made, today=after)
    back: dict[str, Any] = {
        "bearer": land.ea_knop,
        "place": land.province,
        "state": TaskState.RETURNED,
        "note": "Thiếu",
    }
    review_progress(what, **back, by="2", today=after)
    raise_alerts(made, today=after)
    told = Notice.objects.filter(account=cast["dung"]).order_by("pk")
    assert [notice.body for notice in told] == ["Chưa xong: Xã Ea Kar.", "Chưa xong: Xã Ea Knốp."]
    assert Alert.objects.get(unit=land.ea_knop, stage=3).told == 1


@pytest.mark.django_db
def test_where_nobody_has_an_account_it_is_raised_when_somebody_has(land: Country) -> None:
    made = plan(tasks=[task(title="Mở lớp", borne_by="communes")])
    assert (raise_alerts(made, today=DUE + dt.timedelta(days=1)), Alert.objects.count()) == (0, 0)
    account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    assert (raise_alerts(made, today=DUE + dt.timedelta(days=2)), Alert.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_days_that_are_only_ours_and_reports_with_reminders_of_their_own_escalate_to_nobody(
    land: Country, cast: dict[str, Account]
) -> None:
    weekly = {"recurring": True, "text": "thứ Sáu hằng tuần"}
    made = plan(
        tasks=[
            task("thuong-xuyen", borne_by="communes", deadline={"recurring": True, "text": "Thường xuyên"}),
            task("bao-cao", kind="assignment", borne_by="communes_and_agencies", deadline=weekly),
            task("cho", borne_by="communes", deadline={"relative": True, "text": "Theo hướng dẫn"}),
        ],
        duties=[duty()],
    )
    assert [raise_alerts(made, today=day) for day in (TODAY, DUE, DUE + dt.timedelta(days=30))] == [0, 0, 0]


@pytest.mark.django_db
def test_what_was_sent_back_counts_as_late_again(land: Country, cast: dict[str, Account]) -> None:
    what = plan(tasks=[task(borne_by="communes")]).tasks.get()
    report_progress(what, place=land.ea_kar, state=TaskState.DONE, document="05/QĐ", by="1", today=DUE)
    back: dict[str, Any] = {
        "bearer": land.ea_kar,
        "place": land.department,
        "state": TaskState.RETURNED,
        "note": "Thiếu",
    }
    review_progress(what, **back, by="2", today=DUE + dt.timedelta(days=1))
    assert land.ea_kar in {one.place for one in late_by_place(land.province, today=DUE + dt.timedelta(days=2))}


@pytest.mark.django_db
def test_steps_are_reminded_of_and_the_day_is_closed_once(land: Country, cast: dict[str, Account]) -> None:
    what = plan(tasks=[task(borne_by="communes", deadline={})]).tasks.get()
    common: dict[str, Any] = {"place": land.ea_kar, "by": cast["hoa"].actor, "today": TODAY}
    plan_step(what, title="Rà soát", due=dt.date(2025, 10, 20), answers=cast["hoa"], **common)
    plan_step(what, title="Ở trường", due=dt.date(2025, 10, 20), answers=land.school, **common)
    Notice.objects.all().delete()
    assert run(TODAY) == {"hoa": ["Bước còn 3 ngày: Rà soát"], "mai": ["Bước còn 3 ngày: Ở trường"]}
    assert run(TODAY) == {}
    assert run(dt.date(2025, 10, 22))["hoa"] == ["Bước quá hạn 2 ngày: Rà soát"]
    assert AlertDay.objects.count() == 2


@pytest.mark.django_db
def test_no_title_stops_the_reminders_and_a_refused_plan_stops_no_other(
    land: Country, cast: dict[str, Account], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plan("mot", tasks=[task(title="Việc mot", borne_by="communes")])
    titles = ["Mở lớp qua www.lop.vn\u200b ngay", "Việc\u00ad hai"]
    plan("hai", tasks=[task(f"t{n}", title=title, borne_by="communes") for n, title in enumerate(titles)])

    def refusing(made: Plan, *, today: dt.date) -> int:
        if made.key == "mot":
            raise BadInput("Không được.")
        return raise_alerts(made, today=today)

    monkeypatch.setattr("hocvuso.tasks.jobs.raise_alerts", refusing)
    assert run(DUE)["tuan"] == ["Hạn hôm nay: Mở lớp qua … ngay", "Hạn hôm nay: Việc hai"]
    assert "plan mot" in caplog.text
    assert AlertDay.objects.count() == 1


@pytest.mark.django_db
def test_a_run_cut_short_between_two_plans_goes_on_where_it_was(
    land: Country, cast: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("mot", "hai"):
        plan(key, tasks=[task(title=f"Việc {key}", borne_by="communes")])

    def power_cut(made: Plan, *, today: dt.date) -> int:
        if made.key == "hai":
            raise SystemExit
        return raise_alerts(made, today=today)

    with monkeypatch.context() as cut:
        cut.setattr("hocvuso.tasks.jobs.raise_alerts", power_cut)
        with pytest.raises(SystemExit):
            run(DUE)
    assert {notice.subject for notice in Notice.objects.all()} == {"Hạn hôm nay: Việc mot"}
    assert run(DUE)["tuan"] == ["Hạn hôm nay: Việc hai"]
