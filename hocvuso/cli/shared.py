"""What the verbs share: starting Django, reading days, printing tables and JSON, a progress bar."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

ACTOR = ":cli"  # how the audit names somebody with a shell on the server


class Day(click.ParamType[dt.date]):
    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} không phải ngày; viết dạng 2025-10-17.", param, ctx)


DAY = Day()
as_json = click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")


def start_django(*, check: bool = True) -> None:
    """Load settings and models. Refuses to go on without migrations, triggers or the right key unless `check` is off."""
    import django

    django.setup()
    if check:
        from hocvuso.config.ready import demand_ready

        demand_ready()


dry_run = click.option("--dry-run", is_flag=True, help="Chỉ thử: kiểm tra cả tệp, nói sẽ có gì mới, không ghi gì.")


@contextmanager
def all_or_nothing(*, dry_run: bool) -> Iterator[None]:
    """One transaction; a trial does everything the real load does and is then rolled back."""
    from django.db import transaction

    with transaction.atomic():
        yield
        if dry_run:
            transaction.set_rollback(True)


def say_loaded(what: str, *, new: int, known: int, dry_run: bool, counts: bool = True) -> None:
    """`counts`: what was loaded changes figures, which the timetable makes anew."""
    said = "Chạy thử, chưa ghi gì: sẽ có" if dry_run else "Đã ghi:"
    click.echo(f"{said} {new} {what} mới, {known} đã có từ trước (giữ nguyên).")
    if new and counts and not dry_run:
        click.echo("Số liệu tự tính lại khi hệ thống đang chạy; muốn ngay: hocvuso measure refresh.")


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value)


def print_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[int] = ()
) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", header_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(table)


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Gives a function (what, done, in all); the bar goes to standard error and only shows on a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total)
            progress.update(tasks[what], completed=done, total=total)

        yield show
