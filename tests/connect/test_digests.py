"""Digests: one letter a working day at the set hour, only what is new, never twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hocvuso.connect.notify.jobs import make_digests, send_dispatches
from hocvuso.connect.notify.transport import using
from hocvuso.lib import clock
from hocvuso.messages.actions import choose_notice_way, make_digest, mark_notice_read
from hocvuso.messages.jobs import tidy_notices
from hocvuso.messages.models import Digest, Dispatch, DispatchState, Notice
from hocvuso.people.actions import close_account
from hocvuso.people.models import Account, RoleKind
from tests.make.messages import BY, Outbox, notice
from tests.make.notify import at
from tests.make.people import account
from tests.make.places import Country

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY, SATURDAY = dt.date(2025, 10, 13), dt.date(2025, 10, 17), dt.date(2025, 10, 18)
Moment = Callable[..., None]


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Moment]:
    """Both clocks stand there: the hour in Hà Nội on this day."""
    opened: list[Any] = []

    def stand(hour: int, minute: int = 0, *, day: dt.date = FRIDAY) -> None:
        at(monkeypatch, hour, minute, day=day)
        opened.append(clock.standing_on(day))
        opened[-1].__enter__()

    yield stand
    for one in reversed(opened):
        one.__exit__(None, None, None)


@pytest.fixture
def outbox(settings: Any) -> Iterator[Outbox]:
    settings.SMTP_HOST, settings.SMTP_FROM = "127.0.0.1", "hoc-vu-so@daklak.example"
    made = Outbox()
    with using(made):
        yield made


@pytest.fixture
def hoa(land: Country) -> Account:
    return account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)


def choose(who: Account, way: str, *, at_once: bool = False) -> Account:
    choose_notice_way(who, way, address="hoa@daklak.example", is_agreed=True, is_told_at_once=at_once, by=who.actor)
    return who


def killed(*given: Any, **named: Any) -> None:
    raise KeyboardInterrupt


@pytest.mark.both
def test_one_letter_a_day_at_the_set_hour_with_what_is_new_and_unread(
    hoa: Account, outbox: Outbox, moment: Moment
) -> None:
    moment(6, 30)
    choose(hoa, "daily")
    notice(hoa, "Báo cáo tuần đến hạn", page="/dieu-hanh/bao-cao/")
    mark_notice_read(notice(hoa, "Đã xem rồi"), by=hoa.actor)
    assert make_digests() == 0, "it is not seven yet"
    moment(7, 5)
    notice(hoa, "Đến sau bảy giờ")
    assert [make_digests(), make_digests()] == [1, 0]
    assert [send_dispatches(), send_dispatches()] == [1, 0]
    [letter] = outbox.letters
    text = letter.get_content()
    assert letter["To"] == "hoa@daklak.example"
    assert letter["Subject"] == "1 việc mới trong Học Vụ Số, ngày 17/10/2025"
    assert "- Báo cáo tuần đến hạn" in text
    assert "Cách nhận thông báo" in text
    for other in ("Đã xem", "Đến sau", "/dieu-hanh", "http"):
        assert other not in text
    moment(7, 1, day=dt.date(2025, 10, 20))
    assert make_digests() == 1, "on Monday the letter holds what came on Friday after seven"
    moment(7, 1, day=dt.date(2025, 10, 21))
    assert make_digests() == 0, "nothing new, no letter"


def test_no_letter_on_days_off_and_none_to_whoever_chose_none_or_left(
    hoa: Account, land: Country, outbox: Outbox, moment: Moment
) -> None:
    moment(6, day=SATURDAY)
    notice(choose(hoa, "daily", at_once=True), kind="returned")
    moment(9, day=SATURDAY)
    assert make_digests() == 0
    moment(9, day=dt.date(2025, 10, 20))
    choose(hoa, "in_app")
    assert make_digests() == 0
    choose(hoa, "daily")
    close_account(hoa, by=BY)
    assert make_digests() == 0


def test_a_week_in_one_letter_on_its_first_working_day(hoa: Account, outbox: Outbox, moment: Moment) -> None:
    moment(8, day=MONDAY)
    choose(hoa, "weekly")
    notice(hoa, "Trong tuần")
    moment(8, day=FRIDAY)
    assert make_digests() == 0
    moment(8, day=dt.date(2025, 10, 20))
    assert [make_digests(), make_digests()] == [1, 0]
    assert Digest.objects.get().key == "weekly:2025-10-20"


def test_what_is_urgent_comes_at_once_and_at_most_once_an_hour(hoa: Account, outbox: Outbox, moment: Moment) -> None:
    moment(14)
    choose(hoa, "daily", at_once=True)
    notice(hoa, "Không gấp")
    notice(hoa, "Báo cáo bị trả lại", kind="returned")
    assert make_digests() == 1
    moment(14, 30)
    notice(hoa, "Lại bị trả lại", kind="returned")
    assert make_digests() == 0
    moment(15, 1)
    assert make_digests() == 1
    assert ["Không gấp" in one.body for one in Digest.objects.order_by("pk")] == [False, False]
    moment(22)
    notice(hoa, "Ban đêm", kind="returned")
    assert make_digests() == 0


@pytest.mark.both
def test_a_kill_between_sending_and_noting_sends_the_same_letter_and_no_other(
    hoa: Account, outbox: Outbox, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment(6)
    notice(choose(hoa, "daily"))
    moment(8)
    make_digests()
    with monkeypatch.context() as patch:
        patch.setattr("hocvuso.connect.notify.jobs.note_dispatch_sent", killed)
        with pytest.raises(KeyboardInterrupt):
            send_dispatches()
    assert [make_digests(), send_dispatches()] == [0, 1]
    first, second = outbox.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_content() == second.get_content()


def test_a_kill_while_a_digest_is_written_leaves_its_notices_for_the_next(
    hoa: Account, outbox: Outbox, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment(6)
    notice(choose(hoa, "daily"))
    moment(8)
    with monkeypatch.context() as patch:
        patch.setattr("hocvuso.messages.actions.record_act", killed)
        with pytest.raises(KeyboardInterrupt):
            make_digests()
    assert (Digest.objects.count(), Dispatch.objects.count(), Notice.objects.get().digested_at) == (0, 0, None)
    assert make_digests() == 1


def test_a_day_that_is_fixed_as_in_the_demo_has_its_letter_too(hoa: Account, outbox: Outbox, settings: Any) -> None:
    """There the machine's time is a year and more away from the business day."""
    settings.DIGEST_HOUR = 0
    notice(choose(hoa, "daily"))
    Notice.objects.update(created_at=clock.real_now() - dt.timedelta(days=1))
    assert make_digests() == 1


def test_without_a_mail_server_nothing_is_written_and_nothing_piles_up(hoa: Account, moment: Moment) -> None:
    moment(6)
    notice(choose(hoa, "daily"))
    moment(8)
    assert make_digests() == 0
    assert Notice.objects.get().digested_at is None


def test_a_letter_on_its_way_to_whoever_stopped_it_is_not_sent(hoa: Account, outbox: Outbox, moment: Moment) -> None:
    moment(8)
    notice(choose(hoa, "daily"))
    assert make_digest(hoa, key="daily:2025-10-17", on=FRIDAY, most=5) is not None
    choose(hoa, "in_app")
    assert send_dispatches() == 0
    assert (Dispatch.objects.get().state, Dispatch.objects.get().last_error) == (DispatchState.DEAD, "withdrawn")


def test_what_was_read_long_ago_goes_and_what_nobody_read_stays(hoa: Account, moment: Moment) -> None:
    moment(8, day=dt.date(2025, 7, 1))
    old, unread = notice(hoa, "Cũ, đã đọc"), notice(hoa, "Cũ, chưa đọc")
    mark_notice_read(old, by=hoa.actor)
    make_digest(hoa, key="daily:2025-07-01", on=dt.date(2025, 7, 1), most=5)
    moment(8, day=FRIDAY)
    recent = notice(hoa, "Mới đọc")
    mark_notice_read(recent, by=hoa.actor)
    assert tidy_notices() == 1
    assert set(Notice.objects.values_list("pk", flat=True)) == {unread.pk, recent.pk}
    assert Digest.objects.exists(), "its letter still waits"
    Dispatch.objects.update(state=DispatchState.SENT)
    tidy_notices()
    assert not Digest.objects.exists()
