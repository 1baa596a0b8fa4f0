from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hocvuso.cli.shared import ACTOR, all_or_nothing, dry_run, say_loaded, start_django

if TYPE_CHECKING:
    from hocvuso.evidence.files import StatedLine

FILE = click.argument("file", type=click.Path(path_type=Path))
SOURCE = click.option("--source", required=True, help="Khóa nguồn trong evidence_kinds.yaml, ví dụ: to-cong-nghe-so.")


@click.group()
def evidence() -> None:
    """Minh chứng và số tổng hợp: nạp, hủy."""


@evidence.command()
@FILE
@SOURCE
@dry_run
def load(file: Path, source: str, dry_run: bool) -> None:
    """Nạp minh chứng từ CSV: ref,kind,subject_type,subject,on,level,skill,detail (và unit nếu là hộ). Nạp lại không đổi gì."""
    start_django()
    from hocvuso.evidence.files import load_evidence
    from hocvuso.lib import clock

    with all_or_nothing(dry_run=dry_run):
        recorded = load_evidence(file, source=source, by=ACTOR, today=clock.today())
    say_loaded("minh chứng", new=recorded.new, known=recorded.known, dry_run=dry_run)


@evidence.command()
@FILE
@SOURCE
@dry_run
def state(file: Path, source: str, dry_run: bool) -> None:
    """Nạp số tổng hợp, lũy kế đến một ngày, từ CSV: ref,metric,place_type,place,on,count,document. Nạp lại không đổi gì."""
    start_django()
    from hocvuso.evidence.files import load_statements, read_statements
    from hocvuso.lib import clock
    from hocvuso.measure.queries import metrics

    today = clock.today()
    with all_or_nothing(dry_run=dry_run):
        read = read_statements(file, source=source, metrics=metrics().by_key, today=today)
        recorded = load_statements(read, by=ACTOR, today=today)
    for one, there_are in _more_than_there_are(read):
        click.echo(
            f"Lưu ý: {one.line.file}, dòng {one.line.number}: {one.statement.count} nhiều hơn số dân"
            f" hoặc số nơi đã biết ({there_are}); vẫn nhận.",
            err=True,
        )
    say_loaded("số tổng hợp", new=recorded.new, known=recorded.known, dry_run=dry_run)


def _more_than_there_are(read: Sequence[StatedLine]) -> list[tuple[StatedLine, int]]:
    """Lines that state more than the denominator of their metric, where it is known: kept as said, and shown."""
    from hocvuso.measure.actions import refresh_measure
    from hocvuso.measure.queries import figures, metrics
    from hocvuso.measure.rules import Ask

    found = []
    by_day: dict[dt.date, list[StatedLine]] = {}
    for one in read:
        base = metrics()[one.statement.metric].base
        if base is not None and not base.metric:  # another metric's figure is no headcount
            by_day.setdefault(one.statement.on, []).append(one)
    if by_day:
        refresh_measure()  # the headcounts as they are now
    for day, lines in by_day.items():
        places = {one.statement.place.code: one.statement.place for one in lines}
        known = figures(list(places.values()), sorted({Ask(one.statement.metric) for one in lines}, key=str), on=day)
        for one in lines:
            population = known[one.statement.place.code, Ask(one.statement.metric)].population
            if population is not None and one.statement.count > population.count:
                found.append((one, population.count))
    return sorted(found, key=lambda pair: pair[0].line.number)


@evidence.command()
@click.argument("ref")
@SOURCE
@click.option("--reason", required=True, help="Vì sao hủy.")
def void(ref: str, source: str, reason: str) -> None:
    """Hủy một minh chứng theo mã của nguồn; dòng cũ vẫn còn để tra cứu."""
    start_django()
    from hocvuso.evidence.actions import void_evidence
    from hocvuso.evidence.files import evidence_sent

    void_evidence(evidence_sent(source, ref), by=ACTOR, reason=reason)
    click.echo("Đã hủy. Số liệu tự tính lại khi hệ thống đang chạy; muốn ngay: hocvuso measure refresh.")
