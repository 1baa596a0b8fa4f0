from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.connect.baocao.files import workbook_of, zip_of
from hocvuso.connect.baocao.queries import Exchange, exchange_of, mapping_here
from hocvuso.connect.baocao.rules import Mapping, packets_of
from hocvuso.lib import clock
from hocvuso.people.rules import Right
from hocvuso.web.office.board_sheets import XLSX
from hocvuso.web.office.report_page import Asked, asked_report
from hocvuso.web.shared.rights import official


@official(Right.REPORTS)
def report_exchange(request: HttpRequest, plan: str, duty: str, place: str, due: str) -> HttpResponse:
    """What the files of a report hold, packet by packet, before somebody takes them to the province's reporting system."""
    asked = asked_report(request, plan, duty, place, due)
    found, here, day, mapping = asked.duty, asked.place, asked.due, mapping_here()
    made = _made(asked, mapping)
    context = {
        "duty": found,
        "plan": found.plan,
        "place": here,
        "due": day,
        "mapping": mapping,
        "tables": [(table, len(made.packets[table.packet.key])) for table in mapping.tables],
        "content": made.content,
        "edition": "" if asked.is_newest else asked.edition,
    }
    return render(request, "office/report_exchange.html", context)


@official(Right.REPORTS)
def report_exchange_file(request: HttpRequest, plan: str, duty: str, place: str, due: str, form: str) -> HttpResponse:
    """The packets as one zip of CSV files, or as one spreadsheet."""
    if form not in ("zip", "xlsx"):
        raise Http404
    asked = asked_report(request, plan, duty, place, due)
    found, here, day, mapping = asked.duty, asked.place, asked.due, mapping_here()
    made = _made(asked, mapping)
    write, kind = (zip_of, "application/zip") if form == "zip" else (workbook_of, XLSX)
    body = write(mapping, made.packets, simulated=made.content.simulated)
    name = f"{'mo-phong-' if made.content.simulated else ''}{found.key}-{here.code}-{day.isoformat()}.{form}"
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _made(asked: Asked, mapping: Mapping) -> Exchange:
    """Of the edition the account may see: whoever receives reports never gets one that is still being written."""
    return exchange_of(
        asked.duty, asked.place, due=asked.due, packets=packets_of(mapping), today=clock.today(), edition=asked.edition
    )
