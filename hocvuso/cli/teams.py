from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from hocvuso.cli.shared import ACTOR, DAY, print_table, start_django

if TYPE_CHECKING:
    from hocvuso.fieldwork.models import Team
    from hocvuso.people.models import Person


@click.group()
def teams() -> None:
    """Tổ công nghệ số cộng đồng và thành viên."""


@teams.command()
@click.argument("unit_code", metavar="UNIT")
@click.option("--name", required=True, help="Tên tổ, ví dụ “Tổ công nghệ số cộng đồng thôn 1”.")
@click.option("--document", required=True, help="Số quyết định.")
@click.option("--dated", required=True, type=DAY, help="Ngày quyết định, ví dụ 2025-08-01.")
def found(unit_code: str, name: str, document: str, dated: dt.date) -> None:
    """Lập tổ của một thôn, buôn, tổ dân phố theo quyết định. Chạy lại không đổi gì."""
    start_django()
    from hocvuso.fieldwork.actions import found_team
    from hocvuso.lib import clock
    from hocvuso.places.queries import unit_in_force

    unit = unit_in_force(unit_code, on=clock.today())
    team = found_team(unit, name=name, document=document, dated=dated, by=ACTOR, today=clock.today())
    click.echo(f"{unit.name}: {team.name}, theo {team.document} ngày {team.dated:%d/%m/%Y}.")


@teams.command()
@click.argument("unit_code", metavar="UNIT")
@click.argument("source")
@click.argument("source_ref")
@click.option("--leader", is_flag=True, help="Là tổ trưởng.")
@click.option("--from", "valid_from", type=DAY, help="Từ ngày; bỏ trống là hôm nay.")
def add(unit_code: str, source: str, source_ref: str, leader: bool, valid_from: dt.date | None) -> None:
    """Thêm thành viên: người được gọi bằng nguồn và mã nguồn trong danh sách người đã nạp. Chạy lại không đổi gì."""
    start_django()
    from hocvuso.fieldwork.actions import add_member
    from hocvuso.fieldwork.models import MemberRole
    from hocvuso.lib import clock

    team, person = _team(unit_code), _person(source, source_ref)
    role = MemberRole.LEADER if leader else MemberRole.MEMBER
    held = add_member(team, person, role=role, valid_from=valid_from or clock.today(), by=ACTOR)
    click.echo(f"{team.name}: {source_ref} là {MemberRole(held.role).label} từ ngày {held.valid_from:%d/%m/%Y}.")


@teams.command()
@click.argument("unit_code", metavar="UNIT")
@click.argument("source")
@click.argument("source_ref")
def end(unit_code: str, source: str, source_ref: str) -> None:
    """Cho thôi thành viên: ngày cuối là hôm qua; những gì đã ghi vẫn còn."""
    start_django()
    from hocvuso.fieldwork.actions import end_membership
    from hocvuso.lib import clock
    from hocvuso.lib.errors import UnknownName

    team, person = _team(unit_code), _person(source, source_ref)
    held = team.memberships.filter(person=person, valid_to=None).first()
    if held is None:
        raise UnknownName(f"{team.name}: {source_ref} không phải thành viên.")
    end_membership(held, by=ACTOR, today=clock.today())
    click.echo(f"{team.name}: {source_ref} thôi là thành viên từ hôm nay.")


@teams.command(name="list")
@click.argument("unit_code", metavar="UNIT")
def list_command(unit_code: str) -> None:
    """Các tổ trong một xã, phường (hoặc tỉnh) và số thành viên."""
    start_django()
    from django.db.models import Count, Q

    from hocvuso.fieldwork.models import Membership, Team
    from hocvuso.lib import clock
    from hocvuso.places.queries import unit_in_force

    today = clock.today()
    within = unit_in_force(unit_code, on=today)
    now = Q(memberships__in=Membership.objects.filter(Membership.in_force(today)))
    found = Team.objects.filter(Team.in_force(today), unit__path__startswith=within.path)
    rows = [
        (team.unit.code, team.name, team.document, team.members)
        for team in found.annotate(members=Count("memberships", filter=now))
        .select_related("unit")
        .order_by("unit__code")
    ]
    print_table(f"Tổ công nghệ số: {within.name}", ["Mã", "Tổ", "Quyết định", "Thành viên"], rows, right=(3,))


def _team(unit_code: str) -> Team:
    from hocvuso.fieldwork.models import Team
    from hocvuso.lib import clock
    from hocvuso.lib.errors import UnknownName
    from hocvuso.places.queries import unit_in_force

    unit = unit_in_force(unit_code, on=clock.today())
    team = Team.objects.filter(Team.in_force(clock.today()), unit=unit).first()
    if team is None:
        raise UnknownName(f"{unit.name} chưa có tổ; lập tổ bằng hocvuso teams found.")
    return team


def _person(source: str, source_ref: str) -> Person:
    from hocvuso.lib.errors import UnknownName
    from hocvuso.people.models import Person

    person = Person.objects.filter(source=source, source_ref=source_ref).first()
    if person is None:
        raise UnknownName(f"Không có người mang mã {source_ref} từ nguồn “{source}”.")
    return person
